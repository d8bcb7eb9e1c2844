// SPDX-License-Identifier: GPL-2.0-only
/* Sites for the rewriting; see site-list.h. */
#include "context/site-list.h"

#include <string.h>

#include "context/report.h"

/* How many calls of the same lookup stand in front of it in its function? */
static unsigned int ordinal_of(const struct sites *sites,
			       const struct site *site, const char *function)
{
	struct model *model = sites->model;
	struct places places = index_places_in(model->index,
					       site->lookup->name, site->file);
	unsigned int ordinal = 0;

	for (uint32_t i = 0; i < places.count; i++) {
		const struct place *place = &places.place[i];
		const struct region *region;
		char *name;

		if (place->kind != REF_CALL || place->offset >= site->offset)
			continue;
		region = index_region(model->index, site->file, place->offset);
		if (!region)
			continue;
		name = model_region_name(model, site->file, region);
		ordinal += !g_strcmp0(name, function);
		g_free(name);
	}
	return ordinal;
}

static void add_hop(GPtrArray *proof, char *what, char *where)
{
	struct lookup_hop *hop = g_new0(struct lookup_hop, 1);

	hop->what = what;
	hop->where = where;
	g_ptr_array_add(proof, hop);
}

/* "work function, INIT_WORK() at file" without the line, which ages. */
static char *reason_of(const struct sites *sites, const struct chain *chain)
{
	char *reason = report_reason(sites, chain);
	char *colon = strrchr(reason, ':');

	if (colon)
		*colon = '\0';
	return reason;
}

/* The chain, entry first: array of struct lookup_hop. */
static GPtrArray *proof_of(const struct sites *sites,
			   const struct chain *chain)
{
	GPtrArray *proof = g_ptr_array_new_with_free_func(lookup_hop_free);
	const struct hop *before = NULL;

	for (guint i = 0; i < chain->hops->len; i++) {
		const struct hop *hop = &g_array_index(chain->hops, struct hop,
						       i);
		char *name;

		if (hop->node->kind != NODE_FUNCTION) {
			before = hop;
			continue;
		}
		if (proof->len) {
			add_hop(proof, report_hop(sites, hop, before->edge,
						  before->node),
				g_strdup(sites->model->index->paths
					 [before->edge->file]));
		} else {
			name = report_entry(sites, chain);
			add_hop(proof, g_strdup_printf("%s()", name),
				reason_of(sites, chain));
			g_free(name);
		}
		before = hop;
	}
	return proof;
}

struct lookup_site *site_list_item(const struct sites *sites,
				   const struct site *site)
{
	enum context context = verdict_context(site->verdict);
	struct lookup_site *out = g_new0(struct lookup_site, 1);

	out->path = g_strdup(sites->model->index->paths[site->file]);
	out->function = report_node(sites, site->owner);
	out->lookup = g_strdup(site->lookup->spelling);
	out->ordinal = ordinal_of(sites, site, out->function);
	out->is_kthread = site->verdict == VERDICT_KTHREAD;
	out->is_mixed = site->verdict == VERDICT_MIXED;
	out->is_helper = site->lookup->is_helper;
	out->chain = context < CONTEXTS && site->chain[context] ?
		report_chain(sites, site->chain[context]) : g_strdup("");
	if (out->is_kthread || out->is_mixed)
		out->proof = proof_of(sites, site->chain[CONTEXT_KTHREAD]);
	if (out->is_mixed && site->chain[CONTEXT_USER])
		out->user_proof = proof_of(sites, site->chain[CONTEXT_USER]);
	return out;
}

GPtrArray *site_list_new(const struct sites *sites)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(lookup_site_free);

	for (guint i = 0; i < sites->list->len; i++) {
		const struct site *site =
			&g_array_index(sites->list, struct site, i);

		if (!site->safe)
			g_ptr_array_add(list, site_list_item(sites, site));
	}
	return list;
}
