/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory that is taken in many pieces by several threads and given back at
 * once.
 *
 * The facts of a kernel tree are 60,000 files' arrays, 300 MB together, that
 * live as long as each other.  Huge pages do not make it faster: once the page
 * cache has filled the memory, the kernel has to make room for each of them.
 */
#ifndef SCAN_ARENA_H
#define SCAN_ARENA_H

#include <stddef.h>

struct arena;

struct arena *arena_new(void);

/* Release it with all that was taken from it. */
void arena_free(struct arena *arena);

/* The rest of a block; one per thread, zeroed at first. */
struct arena_rest {
	int arena;
	char *block;
	char *at;
	size_t left;
};

/* @size bytes, aligned for anything; not zeroed. */
void *arena_take(struct arena *arena, struct arena_rest *rest, size_t size);

/*
 * Give back all that was taken, for an arena of one thread; @rest keeps its
 * block.
 */
void arena_clear(struct arena *arena, struct arena_rest *rest);

#endif
