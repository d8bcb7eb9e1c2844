// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cutting slices and putting them back; see slice.h.
 *
 * Only whole lines between the braces of a function are left out, and only
 * where no # line is among them, so that conditionals and macros stay.  Each
 * of these lines has a text of its own, which makes the way back certain: all
 * of them must still be there, in their order.
 */
#include "slice.h"

#include <string.h>

#include "edit.h"
#include "lines.h"

static void split(struct lines *lines, GBytes *bytes)
{
	gsize length;
	const char *text = g_bytes_get_data(bytes, &length);

	lines_split(lines, text, length);
}

static bool has_directive(const struct source *source, struct span body)
{
	for (uint32_t i = body.first; i < body.end; i++)
		if (source->lexed.tokens[i].flags & TOKEN_DIRECTIVE)
			return true;
	return false;
}

/*
 * The lines that can be left out of a function, 0-based and half-open; false
 * where there are none.
 */
static bool lines_to_cut(const struct source *source,
			 const struct function *function,
			 const struct words *words, uint32_t *first,
			 uint32_t *end)
{
	struct span body = function->body;
	const struct token *name = &source->lexed.tokens[function->name];
	const struct token *open = &source->lexed.tokens[body.first];
	const struct token *close = &source->lexed.tokens[body.end - 1];

	if (source->match[body.first] != body.end - 1 ||
	    !(close->flags & TOKEN_FIRST) || has_directive(source, body) ||
	    words_match(words, source->lexed.text + name->offset,
			close->offset - name->offset))
		return false;
	*first = open->line;
	*end = close->line - 1;
	return *first < *end;
}

/* Does a comment or string that is left out begin or end elsewhere? */
static bool is_clean_cut(const struct source *source, uint32_t first,
			 uint32_t end, const struct lines *lines)
{
	size_t from = lines->start[first], to = lines->start[end];

	for (size_t i = 0; i < source->lexed.comment_count; i++) {
		const struct comment *comment = &source->lexed.comments[i];
		size_t last = comment->offset + comment->length;

		if (comment->offset < from && last > from)
			return false;
		if (comment->offset < to && last > to)
			return false;
	}
	return true;
}

GBytes *slice_cut(GBytes *text, const struct source *source,
		  const struct words *words)
{
	struct lines lines;
	GString *out;
	uint32_t at = 0;

	split(&lines, text);
	out = g_string_sized_new(lines.start[lines.count]);
	for (guint i = 0; i < source->functions->len; i++) {
		const struct function *function = &g_array_index(
			source->functions, struct function, i);
		uint32_t first, end;

		if (!lines_to_cut(source, function, words, &first, &end) ||
		    first < at || end > lines.count ||
		    !is_clean_cut(source, first, end, &lines))
			continue;
		while (at < first)
			lines_append(out, &lines, at++);
		for (; at < end; at++)
			g_string_append_printf(out, "/*%u*/\n", at + 1);
	}
	while (at < lines.count)
		lines_append(out, &lines, at++);
	lines_clear(&lines);
	return bytes_from_string(out);
}

struct pair {
	struct lines text, slice, result;
};

/* Every line that the slice left out must be in the result. */
static bool is_complete(const struct pair *pair, const struct alignment *map)
{
	for (uint32_t i = 0; i < pair->slice.count; i++)
		if (map->to_new[i] == NO_TOKEN &&
		    !lines_same(&pair->text, i, &pair->slice, i))
			return false;
	return true;
}

GBytes *slice_restore(GBytes *text, GBytes *slice, GBytes *result)
{
	struct alignment map;
	GBytes *restored = NULL;
	struct pair pair;

	split(&pair.text, text);
	split(&pair.slice, slice);
	split(&pair.result, result);
	if (pair.text.count == pair.slice.count &&
	    lines_align(&map, &pair.slice, &pair.result)) {
		if (is_complete(&pair, &map)) {
			GString *out = g_string_new(NULL);

			for (uint32_t i = 0; i < pair.result.count; i++) {
				uint32_t old = map.to_old[i];

				if (old == NO_TOKEN)
					lines_append(out, &pair.result, i);
				else
					lines_append(out, &pair.text, old);
			}
			restored = bytes_from_string(out);
		}
		alignment_clear(&map);
	}
	lines_clear(&pair.text);
	lines_clear(&pair.slice);
	lines_clear(&pair.result);
	return restored;
}
