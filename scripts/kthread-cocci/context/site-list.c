// SPDX-License-Identifier: GPL-2.0-only
/* Sites for the rewriting; see site-list.h. */
#include "context/site-list.h"

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

static struct lookup_site *convert(const struct sites *sites,
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
	return out;
}

GPtrArray *site_list_new(const struct sites *sites)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(lookup_site_free);

	for (guint i = 0; i < sites->list->len; i++) {
		const struct site *site =
			&g_array_index(sites->list, struct site, i);

		if (!site->safe)
			g_ptr_array_add(list, convert(sites, site));
	}
	return list;
}
