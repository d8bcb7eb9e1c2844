/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The index of a tree: where every name stands.
 *
 * Built by one pass over all .c and .h files and kept in one cache file per
 * tree, from which a later run reads only what changed: a file counts as
 * unchanged while its path, size, inode and times of modification and change
 * are the same.  An index that was brought up to date gives the
 * same answers as one that was built anew.
 */
#ifndef SCAN_INDEX_H
#define SCAN_INDEX_H

#include <glib.h>

#include "findings.h"
#include "scan/scan.h"
#include "tree.h"

/* A place: byte @offset of file @file, with its enum ref_kind. */
struct place {
	uint32_t file;
	uint32_t offset : SCAN_MAX_BITS;
	uint32_t kind : 32 - SCAN_MAX_BITS;
};

/* A set of names: one bit per hash value. */
#define NAME_SET_BITS 24
#define NAME_SET_BYTES ((size_t)1 << (NAME_SET_BITS - 3))

struct index {
	const struct tree *tree;
	uint32_t file_count;
	const char **paths;		/* sorted, as the tree's files are */
	struct identity *files;
	/* Places of names[i]: place[start[i]] to place[start[i + 1]]. */
	uint32_t name_count;
	name_t *names;			/* sorted by value */
	uint32_t *start;
	struct place *place;		/* by file and offset within a name */
	/* Regions of file f: region[first_region[f]] to [first_region[f + 1]]. */
	uint32_t *first_region;
	struct region *region;
	/* Struct members that hold functions, sorted by value. */
	uint32_t member_count;
	name_t *members;
	/* Typedefs of functions, sorted by value. */
	uint32_t type_count;
	name_t *types;
	uint64_t *name_set;		/* of functions and variables */
	uint64_t *dropped;		/* of uses that were not worth a place */
	/* Declared members by typedef, for the next update; sorted. */
	uint32_t typed_count;
	struct typed_member *typed;

	char *path_text;		/* what paths[] points to */
	void *mapped;			/* the cache file, or NULL */
	size_t mapped_length;
	struct overlay *overlay;	/* files that changed since, or NULL */
	unsigned int scanned;		/* files that were read to build it */
	bool is_written;		/* by a thread, perhaps still now */
};

struct index_options {
	unsigned int jobs;
	bool no_cache;			/* neither read nor write a cache file */
	bool rebuild;			/* do not read it */
	/* Merge what changed and write it, however little it is. */
	bool whole;
	/* Bring this one up to date, and leave the cache file alone. */
	const struct index *base;
};

/*
 * The up-to-date index of @tree, which must outlive it.  Files that cannot be
 * read or are too large are added to @findings.
 */
struct index *index_open(const struct tree *tree,
			 const struct index_options *options,
			 struct findings *findings);
void index_free(struct index *index);

/* A run of places. */
struct places {
	const struct place *place;
	uint32_t count;
};

/* All places of a name; none where the tree does not have it. */
struct places index_places(const struct index *index, name_t name);

/* The first place from number @low on that is in @file or behind it. */
uint32_t places_skip(const struct places *places, uint32_t low, uint32_t file);

/* Those of them that are in one file. */
struct places index_places_in(const struct index *index, name_t name,
			      uint32_t file);

/* Is this the name of a typedef of a function or a pointer to one? */
bool index_is_function_type(const struct index *index, name_t name);

/*
 * The innermost region that holds the byte, or NULL.  The pointer stays valid
 * as long as the index.
 */
const struct region *index_region(const struct index *index, uint32_t file,
				  uint32_t offset);

/* The file of a path, or UINT32_MAX. */
uint32_t index_file(const struct index *index, const char *path);

#endif
