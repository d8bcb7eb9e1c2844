// SPDX-License-Identifier: GPL-2.0-only
/* Memory in large blocks; see arena.h. */
#include "scan/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include <glib.h>

#define HUGE ((size_t)2 << 20)
#define BLOCK (2 * HUGE)

struct arena {
	GMutex lock;
	GPtrArray *blocks;
};

struct arena *arena_new(void)
{
	struct arena *arena = g_new0(struct arena, 1);

	g_mutex_init(&arena->lock);
	arena->blocks = g_ptr_array_new_with_free_func(free);
	return arena;
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	g_ptr_array_unref(arena->blocks);
	g_mutex_clear(&arena->lock);
	g_free(arena);
}

void use_huge_pages(void *data, size_t size)
{
	uintptr_t start = ((uintptr_t)data + HUGE - 1) & ~(HUGE - 1);
	uintptr_t end = ((uintptr_t)data + size) & ~(HUGE - 1);

	/* It only makes things faster: no matter if the kernel refuses. */
	if (start < end)
		madvise((void *)start, end - start, MADV_HUGEPAGE);
}

static char *new_block(struct arena *arena, size_t size)
{
	char *block = aligned_alloc(HUGE, size);

	if (!block)
		g_error("out of memory");
	use_huge_pages(block, size);
	g_mutex_lock(&arena->lock);
	g_ptr_array_add(arena->blocks, block);
	g_mutex_unlock(&arena->lock);
	return block;
}

void *arena_take(struct arena *arena, struct arena_rest *rest, size_t size)
{
	char *taken;

	size = (size + 15) & ~(size_t)15;
	if (size > BLOCK / 4)
		return new_block(arena, (size + HUGE - 1) & ~(HUGE - 1));
	if (rest->arena != arena || rest->left < size) {
		*rest = (struct arena_rest){
			arena, new_block(arena, BLOCK), BLOCK,
		};
	}
	taken = rest->at;
	rest->at += size;
	rest->left -= size;
	return taken;
}
