/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernel-doc comments: spatch does not see comments, so a parameter that it
 * removed keeps its "@parameter:" lines.  This finds and drops them.
 *
 * The form of a kernel-doc comment is that of the kernel's
 * Documentation/doc-guide/kernel-doc.rst.
 */
#ifndef KERNELDOC_H
#define KERNELDOC_H

#include "edit.h"
#include "source.h"
#include "step.h"

/* The lines that describe one parameter, and what takes their place. */
struct kerneldoc_line {
	size_t offset;
	size_t length;
	const char *replacement;	/* "", or the end of the comment */
};

/*
 * Is @comment a kernel-doc comment of a function of @rule that describes the
 * rule's parameter while the function behind it no longer has one?  If so,
 * @line receives the lines that describe it.
 */
bool kerneldoc_stale(const struct source *source,
		     const struct comment *comment, const struct rule *rule,
		     struct kerneldoc_line *line);

/* Drop all stale lines of @step's parameters: adds to @edits. */
void kerneldoc_clean(const struct step *step, const struct source *source,
		     struct edits *edits);

#endif
