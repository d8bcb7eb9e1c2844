/* SPDX-License-Identifier: GPL-2.0-only */
/* A text as an array of lines, each with its line break. */
#ifndef LINES_H
#define LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "align.h"

struct lines {
	const char *text;	/* not owned */
	size_t *start;		/* count + 1 offsets; the last is the end */
	uint32_t count;
};

/* Find the lines of @length bytes at @text.  Release with lines_clear(). */
void lines_split(struct lines *lines, const char *text, size_t length);
void lines_clear(struct lines *lines);

/* Is line @x of @a the same as line @y of @b? */
bool lines_same(const struct lines *a, uint32_t x, const struct lines *b,
		uint32_t y);

/* Append line @i to @out. */
void lines_append(GString *out, const struct lines *lines, uint32_t i);

/* Align two texts line by line, as a diff does; see align_sequences(). */
bool lines_align(struct alignment *alignment, const struct lines *old_text,
		 const struct lines *new_text);

#endif
