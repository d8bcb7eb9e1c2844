/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Slices: spatch's time is parsing, and nearly all that it parses has nothing
 * to do with the step.  A slice of a file has the same lines, but in functions
 * that name none of the step's words each line of the body is a comment with
 * the line's number.  What spatch changes is then carried over to the file.
 */
#ifndef SLICE_H
#define SLICE_H

#include <glib.h>

#include "source.h"
#include "words.h"

/*
 * The slice of @text, whose scan is @source, that keeps all functions which
 * name a word of @words or are named so.  Returns @text itself (a new reference) where there
 * is nothing to leave out.
 */
GBytes *slice_cut(GBytes *text, const struct source *source,
		  const struct words *words);

/*
 * Carry what was done to @slice, a slice of @text, in making @result of it,
 * over to @text.  Returns NULL where that is not certain: the caller then has
 * to do without a slice.
 */
GBytes *slice_restore(GBytes *text, GBytes *slice, GBytes *result);

#endif
