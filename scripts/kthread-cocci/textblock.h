/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text blocks: what spatch's plus code cannot print as it should be (comments,
 * attributes, kernel-doc, tabs) stands in the header of the semantic patch, and
 * the plus code only says where it goes, by the declaration "int TEXT_NAME;".
 */
#ifndef TEXTBLOCK_H
#define TEXTBLOCK_H

#include <stdbool.h>

#include <glib.h>

/*
 * Put the block of @texts (name -> text) in the place of each line of @text
 * that declares "int TEXT_NAME;", and make the lines of nothing but white
 * space that @before does not have empty: spatch indents empty plus lines.
 * Returns the new text.  A block that is missing is left as it was named: it
 * does not compile, and steps_read() has seen to it that none is.
 */
GBytes *textblock_expand(GHashTable *texts, GBytes *before, GBytes *text);

/* Does @text name a block? */
bool textblock_is_in(GBytes *text);

#endif
