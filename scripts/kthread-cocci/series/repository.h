/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The series in git.
 *
 * The commits are made by git fast-import in a bare repository of the scratch
 * folder that borrows the objects of the user's.  The user's index, work tree
 * and branches are only read; at the end a branch is fetched from there, or
 * mails are written.  A tree that is no git tree gets a repository with just
 * the files that change.
 */
#ifndef SERIES_REPOSITORY_H
#define SERIES_REPOSITORY_H

#include "git.h"
#include "series/patch.h"
#include "tree.h"

struct repository {
	const struct tree *tree;
	struct git user;	/* git in the tree */
	bool is_git;		/* is the tree in a repository? */
	char *base;		/* the commit that it is at, or NULL */
	char *branch;		/* that it is on, or the base */
	char *prefix;		/* the tree in the repository: "" or "linux/" */
	char *author;		/* "Name <mail> seconds zone" */
	char *committer;
	char *sign_off;		/* "Name <mail>" */
	char *folder;		/* the scratch repository */
	char **environment;	/* its folder, and who makes the commits */
	struct git scratch;	/* git in the scratch repository */
	char *tip;		/* the last commit, or NULL */
};

/* The branch of the scratch repository. */
#define SERIES_BRANCH "series"

/*
 * Look at the tree before any work is done.  Dies with one line where a series
 * cannot be made: nobody to be the author, no commit yet, changes that are not
 * committed.
 */
struct repository *repository_open(const struct tree *tree);
void repository_free(struct repository *repository);

/* Dies where there is a branch @name already, or where it is no name for one. */
void repository_check_branch(const struct repository *repository,
			     const char *name);

/*
 * Make a commit of each of @patches (struct patch), the first on the base.
 * Files that git does not track are left out and added to @findings.
 */
void repository_import(struct repository *repository, const GPtrArray *patches,
		       struct findings *findings);

/* Put the series into the user's repository as the branch @name. */
void repository_fetch(const struct repository *repository, const char *name);

/* The full name of the commit that @revision is, or NULL. */
char *repository_commit(const struct repository *repository,
			const char *revision);

/* A setting of the user's repository, or NULL. */
char *repository_setting(const struct repository *repository,
			 const char *name);

/* Set it; dies where that is not possible. */
void repository_set(const struct repository *repository, const char *name,
		    const char *value);

#endif
