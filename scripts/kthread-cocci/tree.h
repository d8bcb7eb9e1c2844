/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The source tree: which files it has and how they are read.
 *
 * The walk never follows a symbolic link and the reader never opens one, so
 * nothing outside of the tree is looked at or touched.
 */
#ifndef TREE_H
#define TREE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include <glib.h>

#include "findings.h"

enum file_kind {
	FILE_SOURCE,		/* .c and .h: what spatch can rewrite */
	FILE_OTHER_CODE,	/* .S and .rs: scanned, not rewritten */
	FILE_DOCUMENTATION,	/* .rst and .txt */
};

/* What tells whether a file is the one that was read. */
struct identity {
	uint64_t size;
	uint64_t inode;
	int64_t modified;	/* nanoseconds */
	int64_t changed;	/* nanoseconds */
};

struct tree_file {
	char *path;		/* relative to the root, the sort key */
	struct identity identity;	/* when the tree was opened */
	enum file_kind kind;
	char *link_target;	/* set: a link that leads to this file */
};

struct tree {
	char *root;		/* absolute path */
	int fd;			/* the root, opened */
	GPtrArray *files;	/* struct tree_file, sorted by path bytes */
	GHashTable *contents;	/* see tree_with(), else NULL */
	struct tree *kernel;	/* what a module is built against, else NULL */
	char *kernel_prefix;	/* what the paths of its files begin with */
	bool owns_kernel;
};

/*
 * Open the tree at @root and list its files.  What cannot be walked (an
 * unreadable folder, a link out of the tree) is added to @findings.  Returns
 * NULL with @error set to one line where there is no such tree.
 */
struct tree *tree_open(const char *root, struct findings *findings,
		       char **error);
/* The same by several threads. */
struct tree *tree_open_parallel(const char *root, unsigned int jobs,
				struct findings *findings, char **error);

/*
 * Open the module at @root that is built against the kernel tree at @kernel.
 * The files are those of the module, relative to it.  The functions below also
 * take paths of the kernel: @kernel as it is given, made unlike any path of the
 * module ("./linux" for "linux"), and the path in it.
 */
struct tree *tree_open_module(const char *root, const char *kernel,
			      unsigned int jobs, struct findings *findings,
			      char **error);
void tree_free(struct tree *tree);

/*
 * The path below the kernel's root; NULL for a file of a module.  In a tree that
 * is no module all files are the kernel's.
 */
const char *tree_kernel_path(const struct tree *tree, const char *path);

/*
 * Files of a module's kernel (struct tree_file) as the module's tree names them:
 * the C sources among them, in their order.
 */
GPtrArray *tree_kernel_files(const struct tree *tree, const GPtrArray *files);

/*
 * Add what was found in the kernel of a module to @findings, with the paths
 * that the module's tree gives them.
 */
void tree_take_findings(const struct tree *tree, const struct findings *kernel,
			struct findings *findings);

/*
 * The tree as it would be with other contents, to look at only: @contents maps
 * paths to their GBytes, or to NULL where there is no such file.  The bytes are
 * followed by a NUL that is not counted.  @contents is the tree's from here on.
 */
struct tree *tree_with(const struct tree *tree, GHashTable *contents);

/* Does a tree list regular files of this path? */
bool tree_lists(const char *path);

/* The kind of a file of this name; false for one that is not listed. */
bool tree_kind(const char *name, enum file_kind *kind);

/* List the files of @tree, which is opened and has none (tree-walk.c). */
void tree_list(struct tree *tree, unsigned int jobs, struct findings *findings);

/* What identifies a file of which stat() says @st. */
void identify(const struct stat *st, struct identity *identity);

/* Look at all files again: somebody has written to the tree. */
void tree_refresh(struct tree *tree);

/* The file at @path, or NULL. */
struct tree_file *tree_find(const struct tree *tree, const char *path);

/*
 * Open a path of the tree.  No component of it may be a symbolic link or lead
 * out of the tree.  Returns -1 with errno set.
 */
int tree_openat(const struct tree *tree, const char *path, int flags);

/*
 * Read a file of the tree.  The bytes are followed by a NUL that is not
 * counted.  Returns NULL with errno set; ELOOP where the path is a link.
 */
GBytes *tree_read(const struct tree *tree, const char *path);

/*
 * The same into @buffer, whose contents are replaced; TREE_PADDING NUL bytes
 * follow and are counted in no length.  Returns false with errno set.
 */
#define TREE_PADDING 8
bool tree_load(const struct tree *tree, const char *path, GByteArray *buffer);

/*
 * @length bytes from byte @offset of a file into @data.  What is not there is
 * zeroed; then false is returned.
 */
bool tree_part(const struct tree *tree, const char *path, char *data,
	       size_t offset, size_t length);

/* lstat() of a file of the tree; 0, or -1 with errno set. */
int tree_stat(const struct tree *tree, const char *path, struct stat *st);

#endif
