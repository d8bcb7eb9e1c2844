// SPDX-License-Identifier: GPL-2.0-only
/* Breaking lines; see text.h. */
#include "series/text.h"

#include <stdbool.h>
#include <string.h>

/* A line that is being filled. */
struct line {
	GString *out;
	const char *rest;		/* what the next one begins with */
	gsize start, column;
};

/* A long word, a chain of calls, may be broken behind each '>'. */
static gsize piece_length(const char *word)
{
	const char *arrow = strchr(word, '>');

	return arrow && strlen(word) > TEXT_WIDTH / 2 ?
		(gsize)(arrow + 1 - word) : strlen(word);
}

static void append_piece(struct line *line, const char *piece, gsize size,
			 bool is_word)
{
	gsize length = (gsize)g_utf8_strlen(piece, (gssize)size);
	gsize blank = is_word && line->column > line->start;

	if (line->column > line->start &&
	    line->column + blank + length > TEXT_WIDTH) {
		g_string_append_printf(line->out, "\n%s", line->rest);
		line->column = line->start = strlen(line->rest);
	} else if (blank) {
		g_string_append_c(line->out, ' ');
		line->column++;
	}
	g_string_append_len(line->out, piece, (gssize)size);
	line->column += length;
}

void text_wrap(GString *out, const char *first, const char *rest,
	       const char *text)
{
	char **words = g_strsplit_set(text, " \t\n", -1);
	struct line line = {
		.out = out, .rest = rest,
		.start = strlen(first), .column = strlen(first),
	};

	g_string_append(out, first);
	for (char **word = words; *word; word++)
		for (const char *piece = *word; *piece;
		     piece += piece_length(piece))
			append_piece(&line, piece, piece_length(piece),
				     piece == *word);
	g_string_append_c(out, '\n');
	g_strfreev(words);
}
