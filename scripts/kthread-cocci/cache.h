/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Cache files: what a run keeps for the next one.
 *
 * They lie in $XDG_CACHE_HOME/kthread-cocci, or in ~/.cache/kthread-cocci.  A
 * file is written beside its place and renamed, so that other runs see the old
 * one or the new one, as a whole.  What is in it, its owner has to check: a
 * cache file may be damaged, or from another version.
 */
#ifndef CACHE_H
#define CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The path of cache file or folder @name; NULL where there is no home for it. */
char *cache_path(const char *name);

/* A piece of what is to be written. */
struct cache_chunk {
	const void *data;
	size_t length;
};

/*
 * Write a cache file, with the folders on the way to it.  Returns 0 or errno;
 * then the file is as it was.
 */
int cache_write(const char *path, const struct cache_chunk *chunks,
		size_t count);

/*
 * Remove what killed runs left beside cache file @path when they wrote it, an
 * hour ago or more.
 */
void cache_remove_leftovers(const char *path);

/*
 * Open a cache file to read; its length is put into *@length.  -1 where there
 * is none, it is empty, a link, no regular file, or somebody else's; errno is
 * ENOENT where it is not there at all.
 */
int cache_open(const char *path, size_t *length);

/* All bytes of a cache file, or NULL; the caller frees them. */
char *cache_read(const char *path, size_t *length);

/*
 * Remove the files in @folder that were used least recently until the rest is
 * not above @limit bytes.  Safe beside other runs that read, write and trim.
 */
void cache_trim(const char *folder, uint64_t limit);

#endif
