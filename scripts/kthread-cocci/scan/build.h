/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside the index: from the scan of many files to sorted places. */
#ifndef SCAN_BUILD_H
#define SCAN_BUILD_H

#include "scan/arena.h"
#include "scan/index.h"

#define KIND_BITS (32 - SCAN_MAX_BITS)

/*
 * What the scan of one file left; kept until the index is put together.  Its
 * references are two arrays, since there are 20 million of them.
 */
struct facts {
	name_t *ref_names;
	uint32_t *ref_places;		/* offset << KIND_BITS | kind */
	struct region *regions;
	name_t *function_members;
	name_t *function_types;
	struct typed_member *typed_members;
	guint ref_count, region_count, function_member_count,
	      function_type_count, typed_member_count;
};

struct build {
	const struct tree *tree;
	struct findings *findings;
	unsigned int jobs;
	uint32_t file_count;
	const char **paths;		/* of the files, sorted; not owned */
	struct identity *identity;
	bool *wanted;			/* scan this file */
	struct arena *arena;		/* what facts point to */
	uint64_t *name_set;		/* of the definitions that were scanned */
	uint64_t *dropped;		/* of the values and members that were not kept */
	struct facts *facts;		/* per file; empty where not scanned */
};

/* A place with its name, before places are grouped by name. */
struct entry {
	name_t name;
	struct place place;
};

/* List the files of @tree that the index is about, and what identifies them. */
struct build *build_new(const struct tree *tree, unsigned int jobs,
			struct findings *findings);
void build_free(struct build *build);

/* How many files are wanted. */
unsigned int build_wanted(const struct build *build);

/* Scan the wanted files into build->facts. */
void build_scan(struct build *build);

/*
 * The sets of names of the scanned files, joined with those of @old (NULL:
 * none), into @index.
 */
void build_names(const struct build *build, const struct index *old,
		 struct index *index);

/* Sort index->typed, which build_names() leaves as it comes, once each. */
void build_typed(struct index *index);

/*
 * The scanned files' places that are worth keeping by @index's sets of names,
 * sorted by name, file and offset.  The caller frees them.  All facts are gone
 * then.
 */
struct entry *build_places(struct build *build, const struct index *index,
			   uint32_t *count);

/*
 * Do the names of @now, those of @old and more, include one that was dropped
 * from the files of @old, so that these would have to be scanned again?
 */
bool build_brings_names(const struct index *now, const struct index *old);

/* Paths and identities of all files into @index. */
void build_files(const struct build *build, struct index *index);

/* A whole index from nothing. */
struct index *build_anew(struct build *build);

/*
 * The index of the files that @old was built from, as they are now: NULL where
 * what changed brings names that the files which did not change may use.  The
 * files of a kernel use none of its module.
 * build->wanted holds what has changed.
 */
struct index *build_update(struct build *build, const struct index *old);

/*
 * The index of a module and its kernel: that of the kernel, as options->base or
 * its cache file has it, with the module's files scanned.
 */
struct index *index_open_module(const struct tree *tree,
				const struct index_options *options,
				struct findings *findings);

#endif
