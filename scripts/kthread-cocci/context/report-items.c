// SPDX-License-Identifier: GPL-2.0-only
/* What reports are made of: items by subsystem, chains as steps; see report.h. */
#include <string.h>

#include "context/maintainers.h"
#include "context/report.h"

static int compare_items(gconstpointer a, gconstpointer b)
{
	const struct report_item *x = a, *y = b;
	int order = strcmp(x->subsystem, y->subsystem);

	if (!order)
		order = strcmp(x->path, y->path);
	if (!order)
		order = x->line < y->line ? -1 : x->line > y->line;
	/* The sort is not stable: what shares a line stays in its order. */
	if (!order)
		order = x->order < y->order ? -1 : x->order > y->order;
	return order;
}

static void add_item(GArray *items, const struct maintainers *maintainers,
		     struct report_item item)
{
	/* Kept for good, so that the items need no maintainers. */
	item.subsystem = g_intern_string(maintainers_subsystem(maintainers,
							       item.path));
	item.order = items->len;
	g_array_append_val(items, item);
}

GArray *report_items(const struct sites *sites,
		     const struct report_options *options)
{
	struct maintainers *maintainers =
		maintainers_new(sites->model->index->tree);
	GArray *items = g_array_new(FALSE, FALSE, sizeof(struct report_item));
	guint uses = options->uses ? options->uses->len : 0;

	for (guint i = 0; i < sites->list->len; i++) {
		const struct site *site = &g_array_index(sites->list,
							 struct site, i);

		if (report_wants(sites, options, site))
			add_item(items, maintainers, (struct report_item) {
				.path = sites->model->index->paths[site->file],
				.line = site->line, .site = site,
			});
	}
	for (guint i = 0; i < uses; i++) {
		const struct report_use *use = options->uses->pdata[i];

		add_item(items, maintainers, (struct report_item) {
			.path = use->path, .line = use->line, .use = use,
		});
	}
	g_array_sort(items, compare_items);
	maintainers_free(maintainers);
	return items;
}

static char *step_text(const struct sites *sites, const struct hop *hop,
		       const struct hop *before)
{
	char *name, *text;

	if (before && hop->node->kind == NODE_FUNCTION)
		return report_hop(sites, hop, before->edge, before->node);
	name = report_node(sites, hop->node);
	if (hop->node->kind != NODE_FUNCTION)
		return name;
	text = g_strdup_printf("%s()", name);
	g_free(name);
	return text;
}

static void free_step(gpointer data)
{
	struct report_step *step = data;

	g_free(step->text);
}

GArray *report_steps(const struct sites *sites, const struct chain *chain)
{
	GArray *steps = g_array_new(FALSE, FALSE, sizeof(struct report_step));

	g_array_set_clear_func(steps, free_step);
	for (guint i = 0; i < chain->hops->len; i++) {
		const struct hop *hop = &g_array_index(chain->hops, struct hop,
						       i);
		const struct hop *before = steps->len ? hop - 1 : NULL;
		struct report_step step = { .node = hop->node };

		/* What lies in front of the entry is a part of its reason. */
		if (!before && hop->node->kind != NODE_FUNCTION)
			continue;
		step.text = step_text(sites, hop, before);
		step.edge = before ? before->edge : NULL;
		step.file = before ? before->edge->file : hop->node->file;
		step.offset = before ? before->edge->offset :
				       hop->node->region->name_offset;
		g_array_append_val(steps, step);
	}
	return steps;
}

static unsigned int count_characters(const char *text, const char *end)
{
	unsigned int count = 0;

	for (; text < end; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

struct report_span report_span(const struct sites *sites, uint32_t file,
			       uint32_t offset)
{
	uint32_t length;
	const char *text = model_text(sites->model, file, &length);
	const char *at = text + MIN(offset, length);
	const char *line = at;
	char *word = model_word(sites->model, file, offset);
	struct report_span span = {
		.line = model_line(sites->model, file, offset),
	};

	while (line > text && line[-1] != '\n')
		line--;
	span.begin = count_characters(line, at);
	span.end = span.begin + MAX(1, count_characters(word,
							word + strlen(word)));
	g_free(word);
	return span;
}

const char *report_confidence(const struct site *site)
{
	enum context context = verdict_context(site->verdict);
	const struct chain *proof = context < CONTEXTS ? site->chain[context] :
							 NULL;

	return proof ? strength_words[proof->strength] : "";
}

char *report_clean(const char *text)
{
	char *clean = g_utf8_make_valid(text, -1);

	for (char *c = clean; *c; c++)
		if (g_ascii_iscntrl(*c))
			*c = ' ';
	return clean;
}
