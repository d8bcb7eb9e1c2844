// SPDX-License-Identifier: GPL-2.0-only
/* The tree with the changes of this run; see workspace.h. */
#include "workspace.h"

#include <string.h>

static void change_free(gpointer data)
{
	struct change *change = data;

	g_free(change->path);
	g_clear_pointer(&change->before, g_bytes_unref);
	g_bytes_unref(change->after);
	g_free(change);
}

struct workspace *workspace_new(struct tree *tree)
{
	struct workspace *workspace = g_new0(struct workspace, 1);

	workspace->tree = tree;
	workspace->changes = g_hash_table_new_full(g_str_hash, g_str_equal,
						   NULL, change_free);
	return workspace;
}

void workspace_free(struct workspace *workspace)
{
	if (!workspace)
		return;
	g_hash_table_unref(workspace->changes);
	g_free(workspace);
}

GBytes *workspace_read(struct workspace *workspace, const char *path)
{
	struct change *change = g_hash_table_lookup(workspace->changes, path);

	if (change)
		return g_bytes_ref(change->after);
	return tree_read(workspace->tree, path);
}

void workspace_write(struct workspace *workspace, const char *path,
		     GBytes *before, GBytes *after)
{
	struct change *change = g_hash_table_lookup(workspace->changes, path);

	if (!change) {
		change = g_new0(struct change, 1);
		change->path = g_strdup(path);
		change->before = g_bytes_ref(before);
		g_hash_table_insert(workspace->changes, change->path, change);
	} else {
		g_bytes_unref(change->after);
	}
	change->after = g_bytes_ref(after);
}

void workspace_create(struct workspace *workspace, const char *path,
		      GBytes *text)
{
	struct change *change = g_new0(struct change, 1);

	change->path = g_strdup(path);
	change->after = g_bytes_ref(text);
	g_hash_table_replace(workspace->changes, change->path, change);
}

static int compare(gconstpointer a, gconstpointer b)
{
	const struct change *x = *(struct change *const *)a;
	const struct change *y = *(struct change *const *)b;

	return strcmp(x->path, y->path);
}

GPtrArray *workspace_changes(struct workspace *workspace)
{
	GPtrArray *list = g_ptr_array_new();
	GHashTableIter iter;
	gpointer change;

	g_hash_table_iter_init(&iter, workspace->changes);
	while (g_hash_table_iter_next(&iter, NULL, &change)) {
		const struct change *c = change;

		if (!c->before || !g_bytes_equal(c->before, c->after))
			g_ptr_array_add(list, change);
	}
	g_ptr_array_sort(list, compare);
	return list;
}
