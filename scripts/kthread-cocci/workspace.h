/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tree as the steps see it: the user's files with what earlier steps of
 * this run made of them.  Nothing is written to the tree; `patch' prints the
 * difference and `apply' hands it to the write-back.
 */
#ifndef WORKSPACE_H
#define WORKSPACE_H

#include <glib.h>

#include "tree.h"

struct change {
	char *path;
	GBytes *before;		/* what is in the tree; NULL: a new file */
	GBytes *after;		/* what it becomes */
};

struct workspace {
	struct tree *tree;
	GHashTable *changes;	/* path -> struct change */
};

struct workspace *workspace_new(struct tree *tree);
void workspace_free(struct workspace *workspace);

/*
 * The present text of a file, or NULL with errno set.  The caller drops the
 * reference.
 */
GBytes *workspace_read(struct workspace *workspace, const char *path);

/*
 * Give a file a new text; @before is what workspace_read() gave, so that a
 * later change of the user's file is noticed and not overwritten.
 */
void workspace_write(struct workspace *workspace, const char *path,
		     GBytes *before, GBytes *after);

/* Add a file that the tree does not have. */
void workspace_create(struct workspace *workspace, const char *path,
		      GBytes *text);

/* All changes, sorted by path; array of struct change, not owned. */
GPtrArray *workspace_changes(struct workspace *workspace);

#endif
