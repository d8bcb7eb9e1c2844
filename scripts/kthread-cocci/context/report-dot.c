// SPDX-License-Identifier: GPL-2.0-only
/*
 * Chains as a graph for graphviz; see report-graph.h.
 *
 * A node is a function, named by its place because several may have the same
 * name, or a lookup, one for each site: a node for all calls of kern_path()
 * would tie half of the kernel together.
 */
#include <string.h>

#include "context/report-graph.h"

struct chain_graph {
	const struct sites *sites;
	GHashTable *entries;	/* id of a node -> its context + 1 and reason */
	GHashTable *nodes;	/* id -> its statement */
	GHashTable *edges;	/* set of statements */
};

struct entry {
	enum context context;
	char *reason;
};

static void free_entry(gpointer data)
{
	struct entry *entry = data;

	g_free(entry->reason);
	g_free(entry);
}

struct chain_graph *chain_graph_new(const struct sites *sites)
{
	struct chain_graph *graph = g_new0(struct chain_graph, 1);

	graph->sites = sites;
	graph->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					       free_entry);
	graph->nodes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					     g_free);
	graph->edges = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					     NULL);
	return graph;
}

void chain_graph_free(struct chain_graph *graph)
{
	g_hash_table_unref(graph->entries);
	g_hash_table_unref(graph->nodes);
	g_hash_table_unref(graph->edges);
	g_free(graph);
}

/* @text in quotes. */
static char *quote(const char *text)
{
	char *clean = report_clean(text);
	GString *quoted = g_string_new("\"");

	for (const char *c = clean; *c; c++) {
		if (*c == '"' || *c == '\\')
			g_string_append_c(quoted, '\\');
		g_string_append_c(quoted, *c);
	}
	g_string_append_c(quoted, '"');
	g_free(clean);
	return g_string_free(quoted, FALSE);
}

/* "function at file:line" in quotes. */
static char *function_id(const struct chain_graph *graph,
			 const struct node *node)
{
	char *name = report_node(graph->sites, node);
	char *place = report_place(graph->sites, node->file,
				   node->region->name_offset);
	char *text = g_strdup_printf("%s at %s", name, place);
	char *id = quote(text);

	g_free(text);
	g_free(place);
	g_free(name);
	return id;
}

/* What a node looks like; entries are known by then only at the end. */
static char *add_function(struct chain_graph *graph, const struct node *node)
{
	char *id = function_id(graph, node);
	char *name, *label;

	if (!g_hash_table_contains(graph->nodes, id)) {
		name = report_node(graph->sites, node);
		label = quote(name);
		g_hash_table_insert(graph->nodes, g_strdup(id),
				    g_strdup_printf("label=%s", label));
		g_free(label);
		g_free(name);
	}
	return id;
}

static void add_entry(struct chain_graph *graph, const char *id,
		      const struct chain *chain, enum context context)
{
	struct entry *entry = g_hash_table_lookup(graph->entries, id);
	char *reason = report_reason(graph->sites, chain);

	/* Of several the first context, and of its reasons the first. */
	if (!entry || context < entry->context ||
	    (context == entry->context && strcmp(reason, entry->reason) < 0)) {
		entry = g_new(struct entry, 1);
		entry->context = context;
		entry->reason = reason;
		g_hash_table_replace(graph->entries, g_strdup(id), entry);
	} else {
		g_free(reason);
	}
}

static void add_edge(struct chain_graph *graph, const char *from,
		     const char *to, const char *label, enum strength strength)
{
	static const char *const styles[] = { "solid", "dashed", "dotted" };
	GString *text = g_string_new(NULL);
	char *quoted;

	g_string_printf(text, "%s -> %s [class=%s, style=%s", from, to,
			strength_words[strength], styles[strength]);
	if (*label) {
		/* Blanks in front keep it off the line. */
		char *apart = g_strconcat("  ", label, NULL);

		quoted = quote(apart);
		g_free(apart);
		g_string_append_printf(text, ", label=%s", quoted);
		g_free(quoted);
	}
	g_string_append(text, "];");
	g_hash_table_add(graph->edges, g_string_free(text, FALSE));
}

/* What stands at the edge to a function: a member, or who calls it there. */
static void append_label(const struct chain_graph *graph, GString *label,
			 const struct report_step *step)
{
	char *text;

	if (step->node->kind != NODE_FUNCTION)
		text = g_strdup(step->text);
	else if (step->edge->through)
		text = model_region_name(graph->sites->model,
					 step->edge->through_file,
					 step->edge->through);
	else
		return;
	g_string_append_printf(label, "%s%s%s", label->len ? ", " : "", text,
			       step->node->kind == NODE_FUNCTION ? "()" : "");
	g_free(text);
}

static void add_chain(struct chain_graph *graph, const struct chain *chain,
		      enum context context)
{
	GArray *steps = report_steps(graph->sites, chain);
	enum strength strength = STRENGTH_DIRECT;
	GString *label = g_string_new(NULL);
	char *before = NULL;

	for (guint i = 0; i < steps->len; i++) {
		const struct report_step *step =
			&g_array_index(steps, struct report_step, i);
		char *id;

		if (step->edge) {
			append_label(graph, label, step);
			strength = MAX(strength, step->edge->strength);
		}
		if (step->node->kind != NODE_FUNCTION)
			continue;
		id = add_function(graph, step->node);
		if (before)
			add_edge(graph, before, id, label->str, strength);
		else
			add_entry(graph, id, chain, context);
		g_string_truncate(label, 0);
		strength = STRENGTH_DIRECT;
		g_free(before);
		before = id;
	}
	g_free(before);
	g_string_free(label, TRUE);
	g_array_unref(steps);
}

void chain_graph_add(struct chain_graph *graph,
		     const struct report_options *options,
		     const struct site *site)
{
	const char *path = graph->sites->model->index->paths[site->file];
	struct report_span span = report_span(graph->sites, site->file,
					      site->offset);
	char *text = g_strdup_printf("%s at %s:%u:%u", site->lookup->spelling,
				     path, span.line, span.begin + 1);
	char *id = quote(text);
	char *owner = add_function(graph, site->owner);
	char *place;

	for (int context = 0; context < CONTEXTS; context++) {
		GPtrArray *chains = report_chains(graph->sites, options, site,
						  (enum context)context);

		for (guint i = 0; i < chains->len; i++)
			add_chain(graph, chains->pdata[i],
				  (enum context)context);
		g_ptr_array_unref(chains);
	}
	g_free(text);
	text = g_strdup_printf("%s:%u", path, site->line);
	place = quote(text);
	g_hash_table_insert(graph->nodes, g_strdup(id),
		g_strdup_printf("label=\"%s\", class=\"lookup %s\", shape=box, style=rounded, penwidth=2, tooltip=%s",
				site->lookup->spelling,
				verdict_words[site->verdict], place));
	add_edge(graph, owner, id, "", STRENGTH_DIRECT);
	g_free(place);
	g_free(owner);
	g_free(id);
	g_free(text);
}

/* A use: its step, and the place with what is said of it. */
static void add_use(struct chain_graph *graph, const struct report_use *use)
{
	char *place = g_strdup_printf("%s:%u", use->path, use->line);
	char *text = g_strdup_printf("%s: %s", place, use->message);
	char *rule = quote(use->rule), *id = quote(text);
	char *label = quote(place), *message = quote(use->message);

	g_hash_table_insert(graph->nodes, g_strdup(rule),
		g_strdup_printf("label=%s, class=step, shape=box, style=bold",
				rule));
	g_hash_table_insert(graph->nodes, g_strdup(id),
		g_strdup_printf("label=%s, class=use, tooltip=%s", label,
				message));
	add_edge(graph, id, rule, "", STRENGTH_DIRECT);
	g_free(message);
	g_free(label);
	g_free(id);
	g_free(rule);
	g_free(text);
	g_free(place);
}

static int compare_strings(gconstpointer a, gconstpointer b)
{
	return strcmp(a, b);
}

static void append_node(const struct chain_graph *graph, GString *text,
			const char *id)
{
	static const char *const fills[CONTEXTS] = {
		"#f6c7c0", "#c9dcf2", "#dddddd", "#cfe8cf",
	};
	const struct entry *entry = g_hash_table_lookup(graph->entries, id);
	char *reason;

	g_string_append_printf(text, "\t%s [%s", id,
		(const char *)g_hash_table_lookup(graph->nodes, id));
	if (entry) {
		reason = quote(entry->reason);
		g_string_append_printf(text,
			", class=\"entry %s\", shape=box, style=filled, fillcolor=\"%s\", tooltip=%s",
			context_words[entry->context], fills[entry->context],
			reason);
		g_free(reason);
	}
	g_string_append(text, "];\n");
}

char *chain_graph_text(const struct chain_graph *graph, const char *style)
{
	GString *text = g_string_new("digraph contexts {\n");
	GList *ids = g_list_sort(g_hash_table_get_keys(graph->nodes),
				 compare_strings);
	GList *edges = g_list_sort(g_hash_table_get_keys(graph->edges),
				   compare_strings);

	g_string_append(text, style);
	for (const GList *id = ids; id; id = id->next)
		append_node(graph, text, id->data);
	for (const GList *edge = edges; edge; edge = edge->next)
		g_string_append_printf(text, "\t%s\n",
				       (const char *)edge->data);
	g_string_append(text, "}\n");
	g_list_free(ids);
	g_list_free(edges);
	return g_string_free(text, FALSE);
}

void report_dot(const struct sites *sites, const struct report_options *options,
		FILE *out)
{
	struct chain_graph *graph = chain_graph_new(sites);
	char *text;

	for (guint i = 0; i < sites->list->len; i++) {
		const struct site *site = &g_array_index(sites->list,
							 struct site, i);

		if (report_wants(sites, options, site))
			chain_graph_add(graph, options, site);
	}
	for (guint i = 0; options->uses && i < options->uses->len; i++)
		add_use(graph, options->uses->pdata[i]);
	text = chain_graph_text(graph,
		"\tgraph [rankdir=LR, nodesep=0.1];\n"
		"\tnode [shape=plain, fontname=\"monospace\", fontsize=10];\n"
		"\tedge [fontname=\"monospace\", fontsize=9, arrowsize=0.6];\n");
	fputs(text, out);
	g_free(text);
	chain_graph_free(graph);
}
