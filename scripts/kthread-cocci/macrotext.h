/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Macros that a step replaces as a whole, kernel-doc and all, by a text block:
 * the macro-text rules.  A macro is an old one where it has another number of
 * parameters than the block's.
 */
#ifndef MACROTEXT_H
#define MACROTEXT_H

#include "edit.h"
#include "source.h"
#include "step.h"

/*
 * The first old definition of the rule's macro from token @from on, or NULL.
 * The branches of an #if may each have one.
 */
const struct macro *macrotext_old(const struct step *step,
				  const struct rule *rule,
				  const struct source *source, uint32_t from);

/* Replace every old macro of @step's rules: adds to @edits. */
void macrotext_replace(const struct step *step, const struct source *source,
		       struct edits *edits);

#endif
