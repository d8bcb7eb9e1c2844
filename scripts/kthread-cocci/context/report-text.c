// SPDX-License-Identifier: GPL-2.0-only
/* The review as prose; see report.h. */
#include <string.h>

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
	GArray *steps = report_steps(sites, chain);

	fprintf(out, "    %s, %s:\n      %s()  # %s\n", context_words[context],
		strength_words[chain->strength], entry, reason);
	for (guint i = 1; i < steps->len; i++) {
		const struct report_step *step =
			&g_array_index(steps, struct report_step, i);

		if (step->node->kind == NODE_FUNCTION)
			print_hop(sites, step->text, step->file, step->offset,
				  out);
	}
	g_array_unref(steps);
	g_free(entry);
	g_free(reason);
}

static void print_site(const struct sites *sites,
		       const struct report_options *options,
		       const struct site *site, FILE *out)
{
	char *function = report_node(sites, site->owner);

	fprintf(out, "  %s:%u: %s() calls %s(): %s\n",
		sites->model->index->paths[site->file], site->line, function,
		site->lookup->spelling, verdict_words[site->verdict]);
	g_free(function);
	report_proof(sites, options, site, "    ", print_chain, out);
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

void report_text(const struct sites *sites,
		 const struct report_options *options, FILE *out)
{
	GArray *items = report_items(sites, options);
	const char *before = NULL;

	print_summary(sites, options, out);
	for (guint i = 0; i < items->len; i++) {
		const struct report_item *item =
			&g_array_index(items, struct report_item, i);

		if (!item->site)
			continue;
		if (!before || strcmp(before, item->subsystem))
			fprintf(out, "\n%s\n", item->subsystem);
		before = item->subsystem;
		print_site(sites, options, item->site, out);
	}
	g_array_unref(items);
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
