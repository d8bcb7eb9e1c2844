// SPDX-License-Identifier: GPL-2.0-only
/* Expanding text blocks and cleaning added lines; see textblock.h. */
#include "textblock.h"

#include <string.h>

#include "edit.h"

#define MARK "int TEXT_"

/* Is this line, of nothing but white space, no empty line? */
static bool is_blank(const char *line, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (line[i] != ' ' && line[i] != '\t')
			return false;
	return length > 0;
}

static bool has_blank_line(GBytes *text)
{
	gsize length;
	const char *at = g_bytes_get_data(text, &length);
	const char *end = at + length;

	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *stop = newline ? newline : end;

		if (is_blank(at, (size_t)(stop - at)))
			return true;
		at = stop + 1;
	}
	return false;
}

/* The name of the block that the line asks for, or NULL; to be freed. */
static char *block_name(const char *line, size_t length)
{
	size_t start = strlen(MARK), end;

	while (length && (*line == ' ' || *line == '\t')) {
		line++;
		length--;
	}
	while (length && is_blank(line + length - 1, 1))
		length--;
	if (length <= start || strncmp(line, MARK, start))
		return NULL;
	for (end = start; end < length && line[end] != ';'; end++)
		;
	return end + 1 == length ? g_strndup(line + start, end - start) : NULL;
}

GBytes *textblock_expand(GHashTable *texts, GBytes *before, GBytes *text)
{
	bool keeps_blanks = has_blank_line(before);
	gsize length;
	const char *at = g_bytes_get_data(text, &length);
	const char *end = at + length;
	GString *out = g_string_sized_new(length + 1024);

	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *stop = newline ? newline : end;
		char *name = block_name(at, (size_t)(stop - at));
		const char *block = name ? g_hash_table_lookup(texts, name) :
					   NULL;

		g_free(name);
		if (block) {
			g_string_append(out, block);
		} else {
			if (keeps_blanks ||
			    !is_blank(at, (size_t)(stop - at)))
				g_string_append_len(out, at,
						    (gssize)(stop - at));
			if (newline)
				g_string_append_c(out, '\n');
		}
		at = stop + 1;
	}
	return bytes_from_string(out);
}

bool textblock_is_in(GBytes *text)
{
	gsize length;
	const char *data = g_bytes_get_data(text, &length);

	return length && memmem(data, length, MARK, strlen(MARK));
}
