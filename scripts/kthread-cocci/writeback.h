/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writing the changes into the user's tree.
 *
 * The new texts are first written to a folder of the tree's root
 * (.kthread-cocci-apply), then a journal that names them all is put there by
 * one rename(), then each file is put in place by one rename().  Killed before
 * the journal is there, the tree is untouched; killed behind it, the next run
 * finds the journal and completes it.  Either way nothing of it stays behind.
 */
#ifndef WRITEBACK_H
#define WRITEBACK_H

#include "findings.h"
#include "workspace.h"

/*
 * Take the tree for writing: one writer at a time.  Dies where another one
 * has it.  The lock goes with the process.
 */
void writeback_lock(const struct tree *tree);

/* Is there an interrupted write-back in the tree? */
bool writeback_is_pending(const struct tree *tree);

/*
 * Complete or clear away what an interrupted write-back left.  A file that was
 * changed by somebody else since keeps that change; what cannot be replaced is
 * added to @findings.
 * Returns the number of files that were put in place.
 */
unsigned int writeback_recover(const struct tree *tree,
			       struct findings *findings);

/*
 * Write all changes of @workspace to its tree.  Modes and owners stay; a file
 * that is read-only, cannot be replaced, or was changed since it was read is
 * left alone and added to @findings.  Returns the number of files written.
 * Dies, with the tree untouched, where the tree cannot be written at all.
 */
unsigned int writeback(struct workspace *workspace, struct findings *findings);

#endif
