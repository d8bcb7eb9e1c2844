// SPDX-License-Identifier: GPL-2.0-only
/* The review as prose; see report.h. */
#include <string.h>

#include "context/maintainers.h"
#include "context/report.h"

/* So many ways to a function are printed where not all were asked for. */
#define FEW 8

/* Where the places of hops stand. */
#define PLACE_COLUMN 48

static void print_hop(const struct sites *sites, const char *what,
		      uint32_t file, uint32_t offset, FILE *out)
{
	char *place = report_place(sites, file, offset);

	fprintf(out, "      -> %-*s # %s\n", PLACE_COLUMN - 9, what, place);
	g_free(place);
}

static void print_chain(const struct sites *sites, const struct chain *chain,
			enum context context, FILE *out)
{
	char *entry = report_entry(sites, chain);
	char *reason = report_reason(sites, chain);
	const struct hop *before = NULL;
	bool entered = false;

	fprintf(out, "    %s, %s:\n      %s()  # %s\n", context_words[context],
		strength_words[chain->strength], entry, reason);
	for (guint i = 0; i < chain->hops->len; i++) {
		const struct hop *hop = &g_array_index(chain->hops, struct hop,
						       i);

		if (hop->node->kind == NODE_FUNCTION) {
			if (entered) {
				char *text = report_hop(sites, hop, before->edge,
							before->node);

				print_hop(sites, text, before->edge->file,
					  before->edge->offset, out);
				g_free(text);
			}
			entered = true;
		}
		before = hop;
	}
	g_free(entry);
	g_free(reason);
}

static void print_chains(const struct sites *sites,
			 const struct report_options *options,
			 const struct site *site, enum context context,
			 FILE *out)
{
	GPtrArray *chains = report_chains(sites, options, site, context);

	for (guint i = 0; i < chains->len; i++)
		print_chain(sites, chains->pdata[i], context, out);
	g_ptr_array_unref(chains);
}

static void print_site(const struct sites *sites,
		       const struct report_options *options,
		       const struct site *site, FILE *out)
{
	char *function = report_node(sites, site->owner);
	enum context context = verdict_context(site->verdict);

	fprintf(out, "  %s:%u: %s() calls %s(): %s\n",
		sites->model->index->paths[site->file], site->line, function,
		site->lookup->spelling, verdict_words[site->verdict]);
	g_free(function);
	if (site->safe)
		fprintf(out, "    %s\n", site->safe);
	else if (context == CONTEXTS)
		fputs("    nothing that is known calls it\n", out);
	else
		print_chains(sites, options, site, context, out);
	if (site->verdict == VERDICT_MIXED)
		print_chains(sites, options, site, CONTEXT_USER, out);
}

static void print_summary(const struct sites *sites,
			  const struct report_options *options, FILE *out)
{
	unsigned int count[VERDICTS] = { 0 };
	unsigned int total = 0;

	for (guint i = 0; i < sites->list->len; i++) {
		const struct site *site = &g_array_index(sites->list,
							 struct site, i);

		if (report_wants(sites, options, site)) {
			count[site->verdict]++;
			total++;
		}
	}
	fprintf(out, "%u path lookups:", total);
	for (int i = 0; i < VERDICTS; i++)
		if (options->verdicts >> i & 1)
			fprintf(out, " %u %s", count[i], verdict_words[i]);
	fputc('\n', out);
}

struct line {
	const char *subsystem;
	const struct site *site;
};

static int compare_lines(gconstpointer a, gconstpointer b)
{
	const struct line *x = a, *y = b;
	int order = strcmp(x->subsystem, y->subsystem);

	/* Sites of a subsystem stay in the order of the list. */
	if (order)
		return order;
	return x->site < y->site ? -1 : x->site > y->site;
}

void report_text(const struct sites *sites,
		 const struct report_options *options, FILE *out)
{
	struct maintainers *maintainers =
		maintainers_new(sites->model->index->tree);
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct line));
	const char *before = NULL;

	for (guint i = 0; i < sites->list->len; i++) {
		struct line line = {
			.site = &g_array_index(sites->list, struct site, i),
		};

		if (!report_wants(sites, options, line.site))
			continue;
		line.subsystem = maintainers_subsystem(maintainers,
			sites->model->index->paths[line.site->file]);
		g_array_append_val(lines, line);
	}
	g_array_sort(lines, compare_lines);
	print_summary(sites, options, out);
	for (guint i = 0; i < lines->len; i++) {
		const struct line *line = &g_array_index(lines, struct line, i);

		if (!before || strcmp(before, line->subsystem))
			fprintf(out, "\n%s\n", line->subsystem);
		before = line->subsystem;
		print_site(sites, options, line->site, out);
	}
	g_array_unref(lines);
	maintainers_free(maintainers);
}

/* What was closed on the way, each row once, and each call in the code. */
static void print_cuts(const struct sites *sites, const GArray *cuts, FILE *out)
{
	GHashTable *seen = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < cuts->len; i++) {
		const struct cut *cut = &g_array_index(cuts, struct cut, i);
		char *from, *to;

		if (!g_hash_table_add(seen, (gpointer)(uintptr_t)
				      (cut->row ? (const void *)cut->row :
				       (const void *)cut->from)))
			continue;
		from = cut->from ? report_node(sites, cut->from) : NULL;
		to = report_node(sites, cut->to);
		fprintf(out, "    cut at %s%s%s: %s", from ? from : "",
			from ? ">" : "", to, cut->reason);
		if (cut->row)
			fprintf(out, " (%s:%u)", cut->row->table,
				cut->row->line);
		putc('\n', out);
		g_free(from);
		g_free(to);
	}
	g_hash_table_unref(seen);
}

static void print_ways(const struct sites *sites, struct node *node,
		       enum context context, bool all, FILE *out)
{
	struct chain_query query = {
		.graph = sites->graph, .node = node, .context = context,
		.limit = sites->limit, .all = true,
	};
	GArray *cuts = g_array_new(FALSE, FALSE, sizeof(struct cut));
	GPtrArray *chains = chains_find(&query, cuts);

	for (guint i = 0; i < chains->len && (all || i < FEW); i++)
		print_chain(sites, chains->pdata[i], context, out);
	if (chains->len > FEW && !all)
		fprintf(out, "    %s: %u more entries (--all-chains)\n",
			context_words[context], chains->len - FEW);
	if (!chains->len)
		fprintf(out, "    %s: not reached\n", context_words[context]);
	print_cuts(sites, cuts, out);
	g_ptr_array_unref(chains);
	g_array_unref(cuts);
}

bool report_function(const struct sites *sites, const char *name, bool all,
		     FILE *out)
{
	const struct index *index = sites->model->index;
	struct places places = index_places(index, name_of(name));
	bool found = false;

	for (uint32_t i = 0; i < places.count; i++) {
		const struct place *place = &places.place[i];
		const struct region *region;
		char *where;

		if (place->kind != REF_FUNCTION && place->kind != REF_MACRO)
			continue;
		region = index_region(index, place->file, place->offset);
		if (!region || region->name != name_of(name))
			continue;
		found = true;
		where = report_place(sites, place->file, region->name_offset);
		fprintf(out, "%s: %s()\n", where, name);
		g_free(where);
		for (int context = 0; context < CONTEXTS; context++)
			print_ways(sites, graph_function(sites->graph,
							 place->file, region),
				   (enum context)context, all, out);
	}
	return found;
}
