/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Layout: what a maintainer does by hand to the lines around an edit.
 *
 * spatch keeps the white space of what it does not touch.  When an argument
 * goes, that leaves continuation lines that were aligned with something that
 * moved, line breaks that have lost their reason, and backslashes of macros
 * out of their column.  The rules:
 *
 *   - a continuation line that was aligned with the open parenthesis, or with
 *     a token of the line that holds it, stays aligned with it;
 *   - a line break is taken back where the token before or behind it is gone,
 *     or, between the parameters of a function, where it was forced by the 80
 *     columns and no longer is; and only if the joined line fits into 80;
 *   - every other line break is the author's and stays (in a call it may group
 *     the arguments);
 *   - the backslash of a macro line stays in its column.
 *
 * Only lists (parentheses) that the edit touched are looked at.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include <glib.h>

#include "align.h"
#include "source.h"

#define LAYOUT_WIDTH 80

/*
 * Lay out @new_file, which was rewritten from @old_file; @alignment maps their
 * tokens.  Returns the new text.
 */
GBytes *layout(const struct source *old_file, const struct source *new_file,
	       const struct alignment *alignment);

#endif
