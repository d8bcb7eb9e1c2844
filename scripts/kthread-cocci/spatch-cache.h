/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What spatch made of a file, kept for the next run.
 *
 * The same spatch gives the same result for the same file.  "The same" is a
 * SHA-256 over all that spatch is given: the text of the file (its slice) and
 * whether it is a header, its sites, the semantic patch, the macro file, the
 * options; and over what spatch itself is: its program file and its version.
 * So nothing has to be thrown away when something changes: it is not found.
 * What spatch gave up on is not kept.
 *
 * One cache file per result (cache.h), in the folder "spatch".
 */
#ifndef SPATCH_CACHE_H
#define SPATCH_CACHE_H

#include "spatch.h"

/* The results take no more than this on the disk, in bytes. */
#define SPATCH_CACHE_LIMIT (64 << 20)

struct spatch_cache;

/*
 * The results of one semantic patch; @options are what spatch is called with.
 * NULL where nothing can be kept.
 */
struct spatch_cache *spatch_cache_open(const struct spatch *spatch,
				       const char *const *options);

/* The key of a file that is to go through spatch; the caller frees it. */
char *spatch_cache_key(const struct spatch_cache *cache,
		       const struct spatch_file *file);

/*
 * Put the kept result into @file, as spatch_run() would.  Returns false where
 * there is none, or a damaged one.
 */
bool spatch_cache_get(const struct spatch_cache *cache, const char *key,
		      struct spatch_file *file);

/* Keep the result of @file, which was @before. */
void spatch_cache_put(struct spatch_cache *cache, const char *key,
		      GBytes *before, const struct spatch_file *file);

/* Were the semantic patch and the others changed since they were read? */
bool spatch_cache_is_stale(const struct spatch_cache *cache);

/* Release it; where something was added, the oldest results may have to go. */
void spatch_cache_close(struct spatch_cache *cache);

#endif
