// SPDX-License-Identifier: GPL-2.0-only
/* The tree with the changes of a run on top of it. */
#include "workspace.h"

#include <errno.h>

#include "unit.h"

struct fixture {
	char *folder;
	struct findings *findings;
	struct tree *tree;
	struct workspace *workspace;
};

static void set_up(struct fixture *fixture, gconstpointer data)
{
	char *error = NULL;

	(void)data;
	fixture->folder = unit_folder();
	unit_put(fixture->folder, "a.c", "old a");
	unit_put(fixture->folder, "b/c.h", "old c");
	unit_put(fixture->folder, "b-c.h", "old b");
	fixture->findings = findings_new();
	fixture->tree = tree_open(fixture->folder, fixture->findings, &error);
	g_assert_cmpstr(error, ==, NULL);
	fixture->workspace = workspace_new(fixture->tree);
}

static void tear_down(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	workspace_free(fixture->workspace);
	tree_free(fixture->tree);
	findings_free(fixture->findings);
	unit_remove(fixture->folder);
}

static void assert_text(struct fixture *fixture, const char *path,
			const char *expected)
{
	GBytes *text = workspace_read(fixture->workspace, path);

	g_assert_nonnull(text);
	if (!text)
		return;
	unit_assert_bytes(text, expected);
	g_bytes_unref(text);
}

static void change(struct fixture *fixture, const char *path, const char *text)
{
	GBytes *before = workspace_read(fixture->workspace, path);
	GBytes *after = unit_bytes(text);

	workspace_write(fixture->workspace, path, before, after);
	g_bytes_unref(before);
	g_bytes_unref(after);
}

static void assert_changes(struct fixture *fixture, const char *expected)
{
	GPtrArray *changes = workspace_changes(fixture->workspace);
	GString *list = g_string_new(NULL);

	for (guint i = 0; i < changes->len; i++) {
		const struct change *c = changes->pdata[i];

		g_string_append_printf(list, "%s: %s -> %s\n", c->path,
			(const char *)g_bytes_get_data(c->before, NULL),
			(const char *)g_bytes_get_data(c->after, NULL));
	}
	g_assert_cmpstr(list->str, ==, expected);
	g_string_free(list, TRUE);
	g_ptr_array_unref(changes);
}

static void test_unchanged(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	assert_text(fixture, "a.c", "old a");
	assert_text(fixture, "b/c.h", "old c");
	assert_changes(fixture, "");
	errno = 0;
	g_assert_null(workspace_read(fixture->workspace, "none.c"));
	g_assert_cmpint(errno, ==, ENOENT);
	workspace_free(NULL);
}

static void test_changes(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	change(fixture, "b/c.h", "new c");
	change(fixture, "a.c", "new a");
	change(fixture, "b-c.h", "new b");
	assert_text(fixture, "a.c", "new a");
	assert_changes(fixture, "a.c: old a -> new a\nb-c.h: old b -> new b\n"
		       "b/c.h: old c -> new c\n");
	/* Nothing of it is in the tree. */
	unit_assert_file(fixture->folder, "a.c", "old a");
}

/* A second step changes what the first one made; "before" is the file's. */
static void test_twice(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	change(fixture, "a.c", "new a");
	change(fixture, "a.c", "newer a");
	assert_text(fixture, "a.c", "newer a");
	assert_changes(fixture, "a.c: old a -> newer a\n");
}

static void test_taken_back(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	change(fixture, "a.c", "new a");
	change(fixture, "b-c.h", "old b");
	assert_changes(fixture, "a.c: old a -> new a\n");
	change(fixture, "a.c", "old a");
	assert_changes(fixture, "");
}

/* What the user does to the file later is not seen once it was changed. */
static void test_user_changes(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	change(fixture, "a.c", "new a");
	unit_put(fixture->folder, "a.c", "user's a");
	unit_put(fixture->folder, "b-c.h", "user's b");
	assert_text(fixture, "a.c", "new a");
	assert_text(fixture, "b-c.h", "user's b");
	assert_changes(fixture, "a.c: old a -> new a\n");
}

#define ADD(name, function)						\
	g_test_add("/workspace/" name, struct fixture, NULL, set_up,	\
		   function, tear_down)

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	ADD("unchanged", test_unchanged);
	ADD("changes", test_changes);
	ADD("twice", test_twice);
	ADD("taken-back", test_taken_back);
	ADD("user-changes", test_user_changes);
	return g_test_run();
}
