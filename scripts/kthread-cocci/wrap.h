/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Wrapping: statements that became too long because a step added to them get
 * line breaks, as a maintainer would put them:
 *
 *   - behind a comma of the outermost list that allows it, or behind an
 *     operator, and the line goes on below the open parenthesis;
 *   - where that does not suffice, behind the = as well, one tab further in;
 *   - lines that were aligned with a parenthesis that moves, move with it;
 *   - the line breaks that spatch makes behind each argument are taken back, and
 *     the list is filled anew.
 *
 * Lines of which no list has an added token are the author's and stay.
 */
#ifndef WRAP_H
#define WRAP_H

#include "align.h"
#include "edit.h"
#include "source.h"

/*
 * Wrap the statements of @source that hold a token which @map knows to be new
 * and which @old_file did not have: adds to @edits.
 */
void wrap_statements(const struct source *old_file,
		     const struct source *source, const struct alignment *map,
		     struct edits *edits);

#endif
