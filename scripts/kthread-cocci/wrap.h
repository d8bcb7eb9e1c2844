/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Wrapping: statements that became too long because a step added to them get
 * line breaks, as a maintainer would put them:
 *
 *   - behind a comma of the outermost list that allows it, or behind an
 *     operator, and the line goes on below the open parenthesis;
 *   - where that does not suffice, behind the = as well, one tab further in;
 *   - lines that were aligned with a parenthesis that moves, move with it.
 *
 * Lines without an added token are the author's and stay.
 */
#ifndef WRAP_H
#define WRAP_H

#include "align.h"
#include "edit.h"
#include "source.h"

/*
 * Wrap the statements of @source whose lines are over-long and hold a token
 * that @map knows to be new: adds to @edits.
 */
void wrap_statements(const struct source *source, const struct alignment *map,
		     struct edits *edits);

#endif
