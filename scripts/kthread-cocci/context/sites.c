// SPDX-License-Identifier: GPL-2.0-only
/* Finding and judging the sites; see sites.h. */
#include "context/sites.h"

#include <inttypes.h>
#include <string.h>

#include "context/scope.h"

const char *const verdict_words[VERDICTS] = {
	"kthread", "mixed", "user", "boot", "safe", "unreached",
};

static const char other_branch[] = "kernel threads take the other branch";

const char *const strength_words[] = { "direct", "typed", "name" };

enum context verdict_context(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_KTHREAD:
	case VERDICT_MIXED:
		return CONTEXT_KTHREAD;
	case VERDICT_USER:
		return CONTEXT_USER;
	case VERDICT_BOOT:
		return CONTEXT_BOOT;
	case VERDICT_SAFE:
		return CONTEXT_SAFE;
	default:
		return CONTEXTS;
	}
}

static bool has_word(const struct body *body, uint32_t first, uint32_t end,
		     const char *word)
{
	name_t name = name_of(word);

	for (uint32_t i = first; i < end; i++)
		if (body_is_name(body, i) && body->toks.tok[i].name == name)
			return true;
	return false;
}

/* The number of the parameter that gives the lookup its root, or -1. */
static int root_parameter(struct model *model, uint32_t file,
			  const struct lookup *lookup)
{
	const GArray *definitions = resolve(model, file, lookup->name);

	for (guint i = 0; i < definitions->len; i++) {
		const struct definition *definition =
			&g_array_index(definitions, struct definition, i);
		int number = body_parameter(body_of(model, definition->file,
						    definition->region),
					    name_of(lookup->root));

		if (number >= 0)
			return number;
	}
	return -1;
}

/* A static function of this file that happens to have the lookup's name. */
static bool is_another(struct model *model, const struct place *place,
		       name_t name)
{
	const GArray *definitions = resolve(model, place->file, name);
	const struct definition *first = definitions->len ?
		&g_array_index(definitions, struct definition, 0) : NULL;

	return first && first->file == place->file &&
	       first->region->kind == REGION_FUNCTION &&
	       first->region->flags & REGION_STATIC;
}

/*
 * Does the call at token @i stand behind "tsk_is_kthread(current) ? f(...) :",
 * so that kernel threads take the other branch?
 */
static bool is_other_branch(const struct body *body, uint32_t i)
{
	uint32_t open;

	if (i < body->first + 8 || body_kind(body, i - 1) != ':' ||
	    body_kind(body, i - 2) != ')')
		return false;
	open = body_match(body, i - 2);
	if (open == NO_MATCH || open < body->first + 6 ||
	    !body_is_name(body, open - 1) || body_kind(body, open - 2) != '?')
		return false;
	return body_kind(body, open - 3) == ')' &&
	       has_word(body, open - 4, open - 3, "current") &&
	       body_kind(body, open - 5) == '(' &&
	       has_word(body, open - 6, open - 5, "tsk_is_kthread");
}

/* Is the local variable set to NULL anywhere in the function? */
static bool may_be_null(const struct body *body, name_t name)
{
	name_t null = name_of("NULL");

	for (uint32_t i = body->first; i + 2 < body->toks.count; i++)
		if (body_is_name(body, i) && body->toks.tok[i].name == name &&
		    body_kind(body, i + 1) == '=' &&
		    body_is_name(body, i + 2) &&
		    body->toks.tok[i + 2].name == null)
			return true;
	return false;
}

/*
 * Does the call at token @i start from current->fs?  Sets *@safe where an
 * explicit root says no.  Returns false where it is no lookup at all.
 */
static bool is_lookup(struct model *model, const struct body *body, uint32_t i,
		      const struct lookup *lookup, const char **safe)
{
	uint32_t open = i + 1, first, end;
	int number;

	*safe = NULL;
	if (lookup->is_init) {
		*safe = "it starts in init's filesystem state";
		return true;
	}
	if (scope_holds(model, body, i)) {
		*safe = "it is in the scope of scoped_with_init_fs()";
		return true;
	}
	if (body_match(body, open) != NO_MATCH &&
	    has_word(body, open, body_match(body, open), "LOOKUP_IN_INIT")) {
		*safe = "it has LOOKUP_IN_INIT";
		return true;
	}
	if (is_other_branch(body, i)) {
		*safe = other_branch;
		return true;
	}
	if (lookup->needs)
		return body_match(body, open) != NO_MATCH &&
		       has_word(body, open, body_match(body, open),
				lookup->needs);
	number = lookup->root ? root_parameter(model, body->file, lookup) : -1;
	if (number < 0 || !body_argument(body, open, number, &first, &end))
		return true;
	if (end == first + 1 && body_is_name(body, first) &&
	    body->toks.tok[first].name == name_of("NULL"))
		return true;
	if (has_word(body, first, end, "current") ||
	    has_word(body, first, end, "init_task"))
		return true;
	if (end == first + 1 && body_is_name(body, first) &&
	    may_be_null(body, body->toks.tok[first].name))
		return true;
	*safe = "it is given the root to start from";
	return true;
}

/* Is it a file of the kernel that a module is built against? */
static bool is_of_kernel(const struct index *index, uint32_t file)
{
	return index->tree->kernel &&
	       tree_kernel_path(index->tree, index->paths[file]);
}

static void add_site(struct sites *sites, const struct lookup *lookup,
		     const struct place *place)
{
	struct model *model = sites->model;
	const struct tables *tables = sites->graph->tables;
	const struct region *region = index_region(model->index, place->file,
						   place->offset);
	const struct lookup *owner;
	struct site site = {
		.file = place->file, .offset = place->offset,
		.lookup = lookup,
	};
	struct body *body;
	uint32_t i;

	if (!region || region->kind == REGION_STATEMENT ||
	    is_host_file(model, place->file) ||
	    is_another(model, place, lookup->name))
		return;
	/* Interfaces are built of others: that is not what we look for. */
	if (region->name == name_of("init_root"))
		return;
	owner = tables_lookup(tables, region->name);
	if (owner && !owner->is_helper)
		return;
	/* Of a module's kernel only what tells whether a helper is safe. */
	if (!owner && is_of_kernel(model->index, place->file))
		return;
	body = body_of(model, place->file, region);
	i = body_token(body, place->offset);
	if (i == NO_MATCH || body_variable(body, lookup->name) ||
	    body_kind(body, i + 1) != '(')
		return;
	if (!is_lookup(model, body, i, lookup, &site.safe))
		return;
	site.line = model_line(model, place->file, place->offset);
	site.owner = graph_function(sites->graph, place->file, region);
	site.guard = guard_of(body, i);
	site.task = guard_task(body, i);
	g_array_append_val(sites->list, site);
}

static int compare_sites(gconstpointer a, gconstpointer b)
{
	const struct site *x = a, *y = b;

	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static struct chain_query query_of(const struct sites *sites,
				   const struct site *site,
				   enum context context)
{
	return (struct chain_query){
		.graph = sites->graph, .node = site->owner,
		.guard = site->guard, .context = context,
		.limit = sites->limit,
	};
}

GPtrArray *site_chains(const struct sites *sites, const struct site *site,
		       enum context context, GArray *cuts)
{
	struct chain_query query = query_of(sites, site, context);

	query.all = true;
	return chains_find(&query, cuts);
}

/* The best chain; sites of one function and guard share it. */
static const struct chain *best_chain(struct sites *sites,
				      const struct site *site,
				      enum context context)
{
	struct chain_query query = query_of(sites, site, context);
	char *key = g_strdup_printf("%u %d %d %d %" PRIx64, site->owner->id,
				    (int)context, (int)site->guard.kind,
				    site->guard.parameter, site->guard.value);
	GPtrArray *chains = g_hash_table_lookup(sites->chains, key);

	if (chains) {
		g_free(key);
	} else {
		chains = chains_find(&query, NULL);
		g_hash_table_insert(sites->chains, key, chains);
	}
	return chains->len ? chains->pdata[0] : NULL;
}

static void judge(struct sites *sites, struct site *site)
{
	const struct chain **chain = site->chain;

	if (site->safe) {
		site->verdict = VERDICT_SAFE;
		return;
	}
	if (site->task != TASK_USER)
		chain[CONTEXT_KTHREAD] = best_chain(sites, site,
						    CONTEXT_KTHREAD);
	if (site->task != TASK_KTHREAD)
		chain[CONTEXT_USER] = best_chain(sites, site, CONTEXT_USER);
	if (chain[CONTEXT_KTHREAD]) {
		site->verdict = chain[CONTEXT_USER] ? VERDICT_MIXED :
			VERDICT_KTHREAD;
	} else if (chain[CONTEXT_USER]) {
		site->verdict = VERDICT_USER;
	} else {
		chain[CONTEXT_BOOT] = best_chain(sites, site, CONTEXT_BOOT);
		chain[CONTEXT_SAFE] = best_chain(sites, site, CONTEXT_SAFE);
		site->verdict = chain[CONTEXT_BOOT] ? VERDICT_BOOT :
			chain[CONTEXT_SAFE] ? VERDICT_SAFE : VERDICT_UNREACHED;
		if (site->verdict == VERDICT_UNREACHED &&
		    site->task == TASK_USER) {
			site->safe = other_branch;
			site->verdict = VERDICT_SAFE;
		}
	}
}

/* Do all lookups in the body of this helper start in init's state? */
static bool is_safe_helper(const struct sites *sites, const struct site *call)
{
	const GArray *definitions = resolve(sites->model, call->file,
					    call->lookup->name);
	bool found = false;

	for (guint i = 0; i < sites->list->len; i++) {
		const struct site *site =
			&g_array_index(sites->list, struct site, i);

		for (guint d = 0; d < definitions->len; d++) {
			const struct definition *definition =
				&g_array_index(definitions, struct definition,
					       d);

			if (site->owner->region != definition->region)
				continue;
			found = true;
			if (!site->safe)
				return false;
		}
	}
	return found;
}

static void find_safe_helpers(struct sites *sites)
{
	for (guint i = 0; i < sites->list->len; i++) {
		struct site *site =
			&g_array_index(sites->list, struct site, i);

		if (site->lookup->is_helper && !site->safe &&
		    is_safe_helper(sites, site))
			site->safe = "it starts in init's state itself";
	}
}

/* The sites of a module are those in its own files. */
static void drop_kernel(const struct sites *sites)
{
	guint kept = 0;

	for (guint i = 0; i < sites->list->len; i++) {
		struct site site = g_array_index(sites->list, struct site, i);

		if (!is_of_kernel(sites->model->index, site.file))
			g_array_index(sites->list, struct site, kept++) = site;
	}
	g_array_set_size(sites->list, kept);
}

static void list_free(gpointer data)
{
	g_ptr_array_unref(data);
}

struct sites *sites_new(struct model *model, const struct tables *tables,
			enum strength limit)
{
	struct sites *sites = g_new0(struct sites, 1);

	sites->model = model;
	sites->limit = limit;
	sites->graph = graph_new(model, tables, limit == STRENGTH_NAME);
	sites->list = g_array_new(FALSE, FALSE, sizeof(struct site));
	sites->chains = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					      list_free);
	for (guint i = 0; i < tables->lookups->len; i++) {
		const struct lookup *lookup = tables->lookups->pdata[i];
		struct places places = index_places(model->index, lookup->name);

		for (uint32_t p = 0; p < places.count; p++)
			if (places.place[p].kind == REF_CALL)
				add_site(sites, lookup, &places.place[p]);
	}
	g_array_sort(sites->list, compare_sites);
	find_safe_helpers(sites);
	drop_kernel(sites);
	for (guint i = 0; i < sites->list->len; i++)
		judge(sites, &g_array_index(sites->list, struct site, i));
	return sites;
}

void sites_free(struct sites *sites)
{
	g_hash_table_unref(sites->chains);
	graph_free(sites->graph);
	g_array_unref(sites->list);
	g_free(sites);
}
