// SPDX-License-Identifier: GPL-2.0-only
/* Splitting and comparing texts line by line; see lines.h. */
#include "lines.h"

#include <string.h>

#include "lexer.h"

void lines_split(struct lines *lines, const char *text, size_t length)
{
	GArray *start = g_array_new(FALSE, FALSE, sizeof(size_t));
	size_t at = 0;

	lines->text = text;
	while (at < length) {
		g_array_append_val(start, at);
		at = text_line_end(text, length, at);
		at += at < length;
	}
	lines->count = start->len;
	g_array_append_val(start, at);
	lines->start = (size_t *)(void *)g_array_free(start, FALSE);
}

void lines_clear(struct lines *lines)
{
	g_free(lines->start);
}

static size_t length_of(const struct lines *lines, uint32_t i)
{
	return lines->start[i + 1] - lines->start[i];
}

bool lines_same(const struct lines *a, uint32_t x, const struct lines *b,
		uint32_t y)
{
	size_t length = length_of(a, x);

	return length == length_of(b, y) &&
	       !memcmp(a->text + a->start[x], b->text + b->start[y], length);
}

void lines_append(GString *out, const struct lines *lines, uint32_t i)
{
	g_string_append_len(out, lines->text + lines->start[i],
			    (gssize)length_of(lines, i));
}

struct pair {
	const struct lines *old_text, *new_text;
};

static bool same(const void *context, uint32_t x, uint32_t y)
{
	const struct pair *pair = context;

	return lines_same(pair->old_text, x, pair->new_text, y);
}

bool lines_align(struct alignment *alignment, const struct lines *old_text,
		 const struct lines *new_text)
{
	struct pair pair = { old_text, new_text };

	return align_sequences(alignment, old_text->count, new_text->count,
			       same, &pair);
}
