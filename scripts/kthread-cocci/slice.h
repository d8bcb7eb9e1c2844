/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Slices: spatch's time is parsing, and nearly all that it parses has nothing
 * to do with the step.  In a slice of a file, comments stand for the bodies of
 * the functions that name none of the step's words, and where the step is local
 * for all else that names none.  What spatch changes is then carried over to
 * the file.
 */
#ifndef SLICE_H
#define SLICE_H

#include <glib.h>

#include "source.h"
#include "words.h"

/*
 * The slice of @text, whose scan is @source, that keeps all functions which
 * name a word of @words or are named so.  With @is_local other functions, types
 * and variables go as a whole, but not typedefs, without which spatch cannot
 * parse the rest.  With @keep_lines all lines keep their numbers.  Returns @text
 * itself (a new reference) where the way back would not be certain.
 */
GBytes *slice_cut(GBytes *text, const struct source *source,
		  const struct words *words, bool is_local, bool keep_lines);

/*
 * Carry what was done to @slice, a slice of @text, in making @result of it,
 * over to @text.  Returns NULL where that is not certain: the caller then has
 * to do without a slice.
 */
GBytes *slice_restore(GBytes *text, GBytes *slice, GBytes *result);

#endif
