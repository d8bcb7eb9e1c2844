/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * __printf(format, first) attributes: their numbers count parameters, so they
 * change where a parameter goes away.  standard.h defines the attribute away,
 * so spatch cannot change it.
 */
#ifndef ATTRIBUTE_H
#define ATTRIBUTE_H

#include "edit.h"
#include "source.h"
#include "step.h"

/*
 * Make the __printf() attributes of the functions of @step agree with their
 * parameter lists: adds to @edits.  The format is the parameter before "..."
 * or before a va_list.
 */
void attribute_fix(const struct step *step, const struct source *source,
		   struct edits *edits);

#endif
