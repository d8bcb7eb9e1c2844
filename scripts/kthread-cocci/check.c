// SPDX-License-Identifier: GPL-2.0-only
/* What is still to be converted in a tree; see check.h. */
#include "check.h"

#include <string.h>

#include "context/site-list.h"
#include "siteuse.h"

/* The name that tells that a tree can isolate its kernel threads. */
#define NULLFS "nullfs_fs_type"

static bool is_to_convert(const struct site *site)
{
	return !site->safe && !site->lookup->is_helper &&
	       (site->verdict == VERDICT_KTHREAD ||
		site->verdict == VERDICT_MIXED);
}

/* The sites to convert, and those that only a step's audit may speak of. */
static void find_sites(struct check *check)
{
	const struct sites *sites = check->engine.sites;

	check->sites = g_hash_table_new(NULL, NULL);
	check->others.list = g_ptr_array_new_with_free_func(lookup_site_free);
	for (guint i = 0; i < sites->list->len; i++) {
		struct site *site = &g_array_index(sites->list, struct site, i);

		if (is_to_convert(site))
			g_hash_table_add(check->sites, site);
		else if (!site->safe)
			g_ptr_array_add(check->others.list,
					site_list_item(sites, site));
	}
}

static void use_free(gpointer data)
{
	struct report_use *use = data;

	g_free((char *)(uintptr_t)use->path);
	g_free((char *)(uintptr_t)use->message);
	g_free(use);
}

static int compare_uses(gconstpointer a, gconstpointer b)
{
	const struct report_use *x = *(struct report_use *const *)a;
	const struct report_use *y = *(struct report_use *const *)b;
	int order = strcmp(x->path, y->path);

	if (order)
		return order;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return strcmp(x->message, y->message);
}

/* A step's findings as uses; what failed goes to @findings. */
static void take_uses(struct check *check, const struct step *step,
		      const struct findings *found, struct findings *findings)
{
	for (guint i = 0; i < found->list->len; i++) {
		const struct finding *finding = found->list->pdata[i];
		struct report_use *use;

		if (finding->kind == FINDING_FAILED) {
			findings_add(findings, FINDING_FAILED, finding->path,
				     finding->line, "%s", finding->message);
			continue;
		}
		use = g_new0(struct report_use, 1);
		use->rule = step->name;
		use->path = g_strdup(finding->path);
		use->line = finding->line;
		use->message = g_strdup(finding->message);
		g_ptr_array_add(check->uses, use);
	}
}

/* Sort, and leave one of those that say the same at the same place. */
static void sort_uses(GPtrArray *uses)
{
	guint kept = 1;

	g_ptr_array_sort(uses, compare_uses);
	for (guint i = 1; i < uses->len; i++) {
		gpointer use = uses->pdata[i];

		if (!compare_uses(&use, &uses->pdata[kept - 1]))
			continue;
		uses->pdata[i] = uses->pdata[kept];
		uses->pdata[kept++] = use;
	}
	if (kept < uses->len)
		g_ptr_array_set_size(uses, (gint)kept);
}

static void find_uses(struct check *check, const GPtrArray *files,
		      struct findings *findings)
{
	const GPtrArray *steps = check->session->chosen;
	struct rewrite_options options = check->session->options;
	GPtrArray *first = g_ptr_array_new();

	options.files = files;
	options.sites = &check->others;
	options.first = first;
	options.definers = NULL;
	check->waiting = g_hash_table_new(g_str_hash, g_str_equal);
	check->uses = g_ptr_array_new_with_free_func(use_free);
	for (guint i = 0; i < steps->len; i++) {
		const struct step *step = steps->pdata[i];
		struct findings *found = findings_new();
		struct survey survey = rewrite_survey(step, check->workspace,
						      &options, found);

		if (!survey.unfit) {
			g_ptr_array_add(first, (gpointer)(uintptr_t)step);
			if (survey.missing)
				g_hash_table_add(check->waiting, step->name);
			if (step_rule(step, RULE_SITES))
				check->converter = step;
		}
		take_uses(check, step, found, findings);
		survey_clear(&survey);
		findings_free(found);
	}
	sort_uses(check->uses);
	g_ptr_array_unref(first);
}

/* The headers of a kernel alone show only what its users need. */
static bool has_nullfs(const struct index *index)
{
	static const char *const names[] = {
		NULLFS, "scoped_with_init_fs", "LOOKUP_IN_INIT",
	};
	size_t count = index->tree->kernel ? G_N_ELEMENTS(names) : 1;
	bool has = false;

	for (size_t i = 0; i < count; i++) {
		struct places places = index_places(index, name_of(names[i]));

		for (uint32_t p = 0; p < places.count; p++)
			has |= tree_kernel_path(index->tree, index->paths
						[places.place[p].file]) != NULL;
	}
	return has;
}

void check_judge(struct check *check, const struct session *session,
		 struct tree *tree, const GPtrArray *files,
		 const struct index_options *options,
		 struct findings *findings)
{
	memset(check, 0, sizeof(*check));
	check->session = session;
	check->tree = tree;
	check->workspace = workspace_new(tree);
	engine_open(&check->engine, tree, options, findings);
	engine_judge(&check->engine, STRENGTH_TYPED);
	check->has_nullfs = has_nullfs(check->engine.index);
	find_sites(check);
	find_uses(check, files, findings);
}

void check_clear(struct check *check)
{
	g_hash_table_unref(check->sites);
	g_hash_table_unref(check->waiting);
	g_ptr_array_unref(check->uses);
	g_ptr_array_unref(check->others.list);
	engine_close(&check->engine);
	workspace_free(check->workspace);
}

static bool is_below(const char *path, char **names)
{
	for (; *names; names++)
		if (!strcmp(path, *names) ||
		    (g_str_has_suffix(*names, "/") &&
		     g_str_has_prefix(path, *names)))
			return true;
	return false;
}

void check_drop_elsewhere(struct check *check, char **names)
{
	GHashTableIter iter;
	gpointer site;

	if (!*names)
		return;
	for (guint i = check->uses->len; i-- > 0; ) {
		const struct report_use *use = check->uses->pdata[i];

		if (!is_below(use->path, names))
			g_ptr_array_remove_index(check->uses, i);
	}
	g_hash_table_iter_init(&iter, check->sites);
	while (g_hash_table_iter_next(&iter, &site, NULL)) {
		uint32_t file = ((const struct site *)site)->file;

		if (!is_below(check->engine.index->paths[file], names))
			g_hash_table_iter_remove(&iter);
	}
}

void check_drop_all(struct check *check)
{
	g_ptr_array_set_size(check->uses, 0);
	g_hash_table_remove_all(check->sites);
}

bool check_is_clean(const struct check *check)
{
	return !check->uses->len && !g_hash_table_size(check->sites);
}

void check_print_text(const struct check *check, FILE *out)
{
	struct findings *findings = findings_new();
	GHashTableIter iter;
	gpointer key;

	for (guint i = 0; i < check->uses->len; i++) {
		const struct report_use *use = check->uses->pdata[i];

		findings_add(findings, FINDING_LEFT, use->path, use->line,
			     "%s", use->message);
	}
	g_hash_table_iter_init(&iter, check->sites);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		const struct site *site = key;
		struct lookup_site *item = site_list_item(check->engine.sites,
							  site);
		char *message = siteuse_message(check->converter, item);

		findings_add(findings, FINDING_LEFT, item->path, site->line,
			     "%s", message);
		g_free(message);
		lookup_site_free(item);
	}
	findings_print(findings, FINDING_LEFT, out);
	findings_free(findings);
}
