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

#include "align.h"
#include "edit.h"

struct lines {
	const char *text;
	size_t *start;		/* count + 1 offsets; the last is the end */
	uint32_t count;
};

static void split(struct lines *lines, GBytes *bytes)
{
	GArray *start = g_array_new(FALSE, FALSE, sizeof(size_t));
	gsize len;
	size_t at = 0;

	lines->text = g_bytes_get_data(bytes, &len);
	while (at < len) {
		g_array_append_val(start, at);
		at = text_line_end(lines->text, len, at);
		at += at < len;
	}
	lines->count = start->len;
	g_array_append_val(start, at);
	lines->start = (size_t *)(void *)g_array_free(start, FALSE);
}

static size_t line_length(const struct lines *lines, uint32_t i)
{
	return lines->start[i + 1] - lines->start[i];
}

static bool same_line(const struct lines *a, uint32_t x, const struct lines *b,
		      uint32_t y)
{
	size_t length = line_length(a, x);

	return length == line_length(b, y) &&
	       !memcmp(a->text + a->start[x], b->text + b->start[y], length);
}

static void append_line(GString *out, const struct lines *lines, uint32_t i)
{
	g_string_append_len(out, lines->text + lines->start[i],
			    (gssize)line_length(lines, i));
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
			append_line(out, &lines, at++);
		for (; at < end; at++)
			g_string_append_printf(out, "/*%u*/\n", at + 1);
	}
	while (at < lines.count)
		append_line(out, &lines, at++);
	g_free(lines.start);
	return bytes_from_string(out);
}

struct pair {
	struct lines text, slice, result;
};

static bool same(const void *context, uint32_t x, uint32_t y)
{
	const struct pair *pair = context;

	return same_line(&pair->slice, x, &pair->result, y);
}

/* Every line that the slice left out must be in the result. */
static bool is_complete(const struct pair *pair, const struct alignment *map)
{
	for (uint32_t i = 0; i < pair->slice.count; i++)
		if (map->to_new[i] == NO_TOKEN &&
		    !same_line(&pair->text, i, &pair->slice, i))
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
	    align_sequences(&map, pair.slice.count, pair.result.count, same,
			    &pair)) {
		if (is_complete(&pair, &map)) {
			GString *out = g_string_new(NULL);

			for (uint32_t i = 0; i < pair.result.count; i++) {
				uint32_t old = map.to_old[i];

				if (old == NO_TOKEN)
					append_line(out, &pair.result, i);
				else
					append_line(out, &pair.text, old);
			}
			restored = bytes_from_string(out);
		}
		alignment_clear(&map);
	}
	g_free(pair.text.start);
	g_free(pair.slice.start);
	g_free(pair.result.start);
	return restored;
}
