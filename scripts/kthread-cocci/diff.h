/* SPDX-License-Identifier: GPL-2.0-only */
/* The difference between the tree and the workspace, as git prints it. */
#ifndef DIFF_H
#define DIFF_H

#include "workspace.h"

/*
 * Print the changes of @workspace to stdout in git's format with a/ and b/
 * prefixes, files sorted by path.  git's settings of the user and of the
 * repository around do not matter.  Dies where git cannot be run.
 */
void diff_print(struct workspace *workspace);

#endif
