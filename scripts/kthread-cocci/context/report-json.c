// SPDX-License-Identifier: GPL-2.0-only
/* The review as JSON; see report.h. */
#include <jansson.h>

#include "context/report.h"

static void set_place(const struct sites *sites, json_t *object, uint32_t file,
		      uint32_t offset)
{
	json_object_set_new(object, "file",
			    json_string(sites->model->index->paths[file]));
	json_object_set_new(object, "line",
			    json_integer(model_line(sites->model, file,
						    offset)));
}

static void set_string(json_t *object, const char *key, char *value)
{
	json_object_set_new(object, key, json_string(value));
	g_free(value);
}

static json_t *hop_object(const struct sites *sites, const struct hop *hop,
			  const struct edge *before)
{
	static const char *const kinds[] = { "function", "member", "variable" };
	json_t *object = json_object();

	set_string(object, "name", report_node(sites, hop->node));
	json_object_set_new(object, "kind",
			    json_string(kinds[hop->node->kind]));
	if (!before)
		return object;
	json_object_set_new(object, "link",
			    json_string(strength_words[before->strength]));
	if (before->through)
		set_string(object, "through",
			   model_region_name(sites->model,
					     before->through_file,
					     before->through));
	/* Where the one before calls it, or where it was stored. */
	set_place(sites, object, before->file, before->offset);
	return object;
}

static json_t *chain_object(const struct sites *sites,
			    const struct chain *chain, enum context context)
{
	json_t *object = json_object();
	json_t *hops = json_array();
	const struct edge *before = NULL;

	json_object_set_new(object, "context",
			    json_string(context_words[context]));
	json_object_set_new(object, "confidence",
			    json_string(strength_words[chain->strength]));
	set_string(object, "entry", report_entry(sites, chain));
	set_string(object, "reason", report_reason(sites, chain));
	for (guint i = 0; i < chain->hops->len; i++) {
		const struct hop *hop = &g_array_index(chain->hops, struct hop,
						       i);

		json_array_append_new(hops, hop_object(sites, hop, before));
		before = hop->edge;
	}
	json_object_set_new(object, "hops", hops);
	return object;
}

static json_t *site_object(const struct sites *sites,
			   const struct report_options *options,
			   const struct site *site)
{
	json_t *object = json_object();
	json_t *list = json_array();

	set_place(sites, object, site->file, site->offset);
	set_string(object, "function", report_node(sites, site->owner));
	json_object_set_new(object, "lookup",
			    json_string(site->lookup->spelling));
	json_object_set_new(object, "verdict",
			    json_string(verdict_words[site->verdict]));
	if (site->safe)
		json_object_set_new(object, "reason", json_string(site->safe));
	for (int context = 0; context < CONTEXTS; context++) {
		GPtrArray *chains = report_chains(sites, options, site,
						  (enum context)context);

		for (guint i = 0; i < chains->len; i++)
			json_array_append_new(list, chain_object(sites,
				chains->pdata[i], (enum context)context));
		g_ptr_array_unref(chains);
	}
	json_object_set_new(object, "chains", list);
	return object;
}

static json_t *use_object(const struct report_use *use)
{
	json_t *object = json_object();

	set_string(object, "file", report_clean(use->path));
	json_object_set_new(object, "line", json_integer(use->line));
	json_object_set_new(object, "rule", json_string(use->rule));
	set_string(object, "message", report_clean(use->message));
	return object;
}

static json_t *use_list(const GPtrArray *uses)
{
	json_t *list = json_array();

	for (guint i = 0; i < uses->len; i++)
		json_array_append_new(list, use_object(uses->pdata[i]));
	return list;
}

void report_json(const struct sites *sites,
		 const struct report_options *options, FILE *out)
{
	json_t *root = json_object();
	json_t *list = json_array();

	for (guint i = 0; i < sites->list->len; i++) {
		const struct site *site = &g_array_index(sites->list,
							 struct site, i);

		if (report_wants(sites, options, site))
			json_array_append_new(list, site_object(sites, options,
								site));
	}
	json_object_set_new(root, "version", json_integer(1));
	json_object_set_new(root, "sites", list);
	if (options->uses)
		json_object_set_new(root, "uses", use_list(options->uses));
	json_dumpf(root, out, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
	fputc('\n', out);
	json_decref(root);
}
