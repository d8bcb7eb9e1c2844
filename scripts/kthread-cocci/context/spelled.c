// SPDX-License-Identifier: GPL-2.0-only
/* Names that only a macro spells out; see spelled.h. */
#include "context/spelled.h"

#include <string.h>

#include "context/body.h"

/* "$1_show" with the macro's arguments put in. */
static char *paste(struct body *body, uint32_t open, const char *format)
{
	GString *text = g_string_new(NULL);

	for (; *format; format++) {
		uint32_t first, end;

		if (*format != '$' || !g_ascii_isdigit(format[1])) {
			g_string_append_c(text, *format);
			continue;
		}
		format++;
		if (!body_argument(body, open, *format - '1', &first, &end) ||
		    end != first + 1 || !body_is_name(body, first)) {
			/* Nothing to put in: "CONFIGFS_ATTR(, name)" */
			continue;
		}
		g_string_append_len(text, body->text +
				    body->toks.tok[first].offset,
				    body->toks.tok[first].length);
	}
	return g_string_free(text, FALSE);
}

/* Does the macro's call at @place build the node's name by one of the formats? */
static bool is_pasted(struct graph *graph, const struct row *row,
		      const struct place *place, const char *name)
{
	bool found = false;
	uint32_t token;
	struct body *body = body_at(graph->model, place, &token);

	if (!body || body->region->kind == REGION_MACRO ||
	    body_kind(body, token + 1) != '(')
		return false;
	for (char **format = row->formats; *format && !found; format++) {
		char *built = paste(body, token + 1, *format);

		found = !strcmp(built, name);
		g_free(built);
	}
	return found;
}

/* Can any of the formats give this name?  They end in what is no argument. */
static bool may_be_pasted(const struct row *row, const char *name)
{
	for (char **format = row->formats; *format; format++) {
		const char *end = strrchr(*format, '$');

		if (g_str_has_suffix(name, end ? end + 2 : *format))
			return true;
	}
	return false;
}

void spelled_roots(struct graph *graph, struct node *node)
{
	const GPtrArray *entries = graph->tables->entries;
	char *name = model_region_name(graph->model, node->file, node->region);

	for (guint i = 0; i < entries->len; i++) {
		const struct row *row = entries->pdata[i];
		struct places places;

		if (row->subject != SUBJECT_PASTED || !may_be_pasted(row, name))
			continue;
		places = index_places_in(graph->model->index, row->name,
					 node->file);
		for (uint32_t p = 0; p < places.count; p++)
			if (places.place[p].kind == REF_CALL &&
			    is_pasted(graph, row, &places.place[p], name))
				graph_add_root(graph, node, row, node->file,
					 places.place[p].offset,
					 STRENGTH_DIRECT);
	}
	g_free(name);
}

