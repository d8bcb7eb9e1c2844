// SPDX-License-Identifier: GPL-2.0-only
/* Breaking lines; see text.h. */
#include "series/text.h"

#include <string.h>

void text_wrap(GString *out, const char *first, const char *rest,
	       const char *text)
{
	char **words = g_strsplit_set(text, " \t\n", -1);
	gsize column = strlen(first);
	gsize start = column;

	g_string_append(out, first);
	for (char **word = words; *word; word++) {
		gsize length = (gsize)g_utf8_strlen(*word, -1);

		if (!length)
			continue;
		if (column > start && column + 1 + length > TEXT_WIDTH) {
			g_string_append_printf(out, "\n%s", rest);
			column = start = strlen(rest);
		} else if (column > start) {
			g_string_append_c(out, ' ');
			column++;
		}
		g_string_append(out, *word);
		column += length;
	}
	g_string_append_c(out, '\n');
	g_strfreev(words);
}
