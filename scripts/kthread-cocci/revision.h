/* SPDX-License-Identifier: GPL-2.0-only */
/* The tree as it was at a commit of its git repository, without a checkout. */
#ifndef REVISION_H
#define REVISION_H

#include "findings.h"
#include "tree.h"

/*
 * Find the commit that @revision names in the repository around @tree.  Dies
 * with one line where @tree is not under git's control or there is no such
 * commit.  The caller frees the name.
 */
char *revision_find(const struct tree *tree, const char *revision);

/*
 * @tree as it was at @commit: files that differ in the work tree, staged or
 * not, are read from git, untracked ones are not there, all others and those
 * that git ignores are @tree's own.  NULL where no file of @tree differs.  A
 * submodule that differs cannot be told: it is added to @findings, its files
 * are taken as they are.
 */
struct tree *revision_tree(const struct tree *tree, const char *commit,
			   struct findings *findings);

#endif
