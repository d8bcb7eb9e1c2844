/* SPDX-License-Identifier: GPL-2.0-only */
/* A list of replacements in a text, collected first and carried out at once. */
#ifndef EDIT_H
#define EDIT_H

#include <stddef.h>

#include <glib.h>

struct edits;

struct edits *edits_new(void);

/* Replace @length bytes at @offset by @text.  Replacements must not overlap. */
void edits_replace(struct edits *edits, size_t offset, size_t length,
		   const char *text);

/*
 * Carry the replacements out on @bytes and release @edits.  Returns @bytes
 * itself (a new reference) where there are none.
 */
GBytes *edits_apply(struct edits *edits, GBytes *bytes);

/*
 * A copy of @text that is followed by a NUL beyond its size; takes the string.
 * All texts of the program are kept this way.
 */
GBytes *bytes_from_string(GString *text);

#endif
