/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Headers that a step's new names need: the include rules.
 */
#ifndef INCLUDES_H
#define INCLUDES_H

#include "align.h"
#include "edit.h"
#include "source.h"
#include "step.h"

/*
 * Where a name of an include rule is new in @source, see that the file has the
 * rule's header: adds to @edits.  It goes into the block of #include <linux/>
 * lines, in its alphabetical place where they are sorted, else behind them; into
 * a block that is conditional only where there is no other.
 */
void includes_add(const struct step *step, const struct source *source,
		  const struct alignment *map, struct edits *edits);

/*
 * See that the file includes @what, with its <> or "", in every configuration:
 * adds to @edits.  The line goes to those of the same folder, where there are
 * some, else behind all others.
 */
void includes_add_line(const struct source *source, const char *what,
		       struct edits *edits);

#endif
