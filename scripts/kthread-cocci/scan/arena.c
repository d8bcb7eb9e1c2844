// SPDX-License-Identifier: GPL-2.0-only
/* Memory in large blocks; see arena.h. */
#include "scan/arena.h"

#include <glib.h>

#define BLOCK ((size_t)1 << 20)

struct arena {
	gint id;		/* of all arenas of the program */
	GMutex lock;
	GPtrArray *blocks;
};

struct arena *arena_new(void)
{
	static gint last;
	struct arena *arena = g_new0(struct arena, 1);

	arena->id = g_atomic_int_add(&last, 1) + 1;
	g_mutex_init(&arena->lock);
	arena->blocks = g_ptr_array_new_with_free_func(g_free);
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

static char *new_block(struct arena *arena, size_t size)
{
	char *block = g_malloc(size);

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
		return new_block(arena, size);
	if (rest->arena != arena->id || rest->left < size) {
		rest->arena = arena->id;
		rest->block = rest->at = new_block(arena, BLOCK);
		rest->left = BLOCK;
	}
	taken = rest->at;
	rest->at += size;
	rest->left -= size;
	return taken;
}

void arena_clear(struct arena *arena, struct arena_rest *rest)
{
	for (guint i = arena->blocks->len; i-- > 0;)
		if (arena->blocks->pdata[i] != rest->block)
			g_ptr_array_remove_index_fast(arena->blocks, i);
	rest->at = rest->block;
	rest->left = rest->block ? BLOCK : 0;
}
