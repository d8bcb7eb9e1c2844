// SPDX-License-Identifier: GPL-2.0-only
/*
 * A tree with other contents: what it lists and reads, and that its index, made
 * from the tree's own, is that of a folder that holds these contents.
 */
#include <errno.h>
#include <stdio.h>

#include "context/edges.h"
#include "tree.h"
#include "unit.h"

static const char *const before[][2] = {
	{ "a.c", "int f(void) { return g(); }\n" },
	{ "b.c", "int g(void) { return 0; }\n" },
	{ "d/c.c", "#define h g\nint i(void) { return h() + f(); }\n" },
	{ "d/d.c", "int i(void);\n" },
	{ "Makefile", "obj-y += a.o\n" },
};

/* What differs: NULL is a file that is gone. */
static const char *const changes[][2] = {
	{ "a.c", "int f(void) { return i() + j(); }\nint j(void) { return f(); }\n" },
	{ "d/d.c", NULL },
	{ "d/e/e.c", "int k(void) { return i(); }\n" },
	{ "z.c", "" },
	/* Nothing that a tree lists. */
	{ "Makefile", "obj-y += b.o\n" },
	{ ".pc/p.c", "int p(void) { return f(); }\n" },
};

static void bytes_free(gpointer bytes)
{
	if (bytes)
		g_bytes_unref(bytes);
}

static GHashTable *make_contents(void)
{
	GHashTable *contents = g_hash_table_new_full(g_str_hash, g_str_equal,
						     g_free, bytes_free);

	for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
		const char *text = changes[i][1];

		g_hash_table_insert(contents, g_strdup(changes[i][0]), text ?
				    g_bytes_new_take(g_strdup(text),
						     strlen(text)) : NULL);
	}
	return contents;
}

struct fixture {
	char *folder;
	struct tree *tree;
	struct tree *with;
	struct findings *findings;
};

static void set_up(struct fixture *fixture, gconstpointer data)
{
	char *error = NULL;

	(void)data;
	fixture->folder = unit_folder();
	for (size_t i = 0; i < G_N_ELEMENTS(before); i++)
		unit_put(fixture->folder, before[i][0], before[i][1]);
	fixture->findings = findings_new();
	fixture->tree = tree_open(fixture->folder, fixture->findings, &error);
	g_assert_cmpstr(error, ==, NULL);
	fixture->with = tree_with(fixture->tree, make_contents());
}

static void tear_down(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	g_assert_cmpuint(fixture->findings->list->len, ==, 0);
	tree_free(fixture->with);
	tree_free(fixture->tree);
	findings_free(fixture->findings);
	unit_remove(fixture->folder);
}

static char *list(const struct tree *tree)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < tree->files->len; i++) {
		const struct tree_file *file = tree->files->pdata[i];

		g_string_append_printf(text, "%s ", file->path);
	}
	return g_string_free(text, FALSE);
}

static void test_files(struct fixture *fixture, gconstpointer data)
{
	char *now = list(fixture->with), *own = list(fixture->tree);

	(void)data;
	g_assert_cmpstr(now, ==, "a.c b.c d/c.c d/e/e.c z.c ");
	g_assert_cmpstr(own, ==, "a.c b.c d/c.c d/d.c ");
	g_assert_nonnull(tree_find(fixture->with, "d/e/e.c"));
	g_assert_null(tree_find(fixture->with, "d/d.c"));
	g_free(own);
	g_free(now);
}

static void assert_read(const struct tree *tree, const char *path,
			const char *expected)
{
	GByteArray *buffer = g_byte_array_new();
	GBytes *bytes = tree_read(tree, path);
	struct stat st;
	gsize len;

	g_assert_cmpstr(g_bytes_get_data(bytes, &len), ==, expected);
	g_assert_cmpuint(len, ==, strlen(expected));
	g_assert_true(tree_load(tree, path, buffer));
	g_assert_cmpuint(buffer->len, ==, len + TREE_PADDING);
	g_assert_cmpstr((char *)buffer->data, ==, expected);
	g_assert_cmpint(tree_stat(tree, path, &st), ==, 0);
	g_assert_cmpint(st.st_size, ==, (off_t)len);
	g_assert_true(S_ISREG(st.st_mode));
	g_bytes_unref(bytes);
	g_byte_array_unref(buffer);
}

static void test_read(struct fixture *fixture, gconstpointer data)
{
	GByteArray *buffer = g_byte_array_new();
	struct stat st;

	(void)data;
	assert_read(fixture->with, "a.c", changes[0][1]);
	assert_read(fixture->with, "b.c", before[1][1]);
	assert_read(fixture->with, "z.c", "");
	assert_read(fixture->tree, "a.c", before[0][1]);
	g_assert_null(tree_read(fixture->with, "d/d.c"));
	g_assert_cmpint(errno, ==, ENOENT);
	g_assert_false(tree_load(fixture->with, "d/d.c", buffer));
	g_assert_cmpint(tree_stat(fixture->with, "d/d.c", &st), ==, -1);
	g_byte_array_unref(buffer);
}

static void test_lists(void)
{
	g_assert_true(tree_lists("a.c"));
	g_assert_true(tree_lists("a/b c/.d.h"));
	g_assert_true(tree_lists("Documentation/a.rst"));
	g_assert_false(tree_lists("a"));
	g_assert_false(tree_lists("a.c/b"));
	g_assert_false(tree_lists(".pc/a.c"));
	g_assert_false(tree_lists("a/.b/c/d.c"));
}

/* All calls that the index of @tree gives. */
static char *edges(const struct tree *tree, const struct index *base,
		   struct findings *findings)
{
	struct index_options options = {
		.jobs = 2, .no_cache = true, .base = base,
	};
	struct index *index = index_open(tree, &options, findings);
	struct model *model = model_new(index);
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	edges_print(model, out);
	fclose(out);
	model_free(model);
	index_free(index);
	return text;
}

static void test_index(struct fixture *fixture, gconstpointer data)
{
	struct index_options options = { .jobs = 2, .no_cache = true };
	struct index *base = index_open(fixture->tree, &options,
					fixture->findings);
	char *got = edges(fixture->with, base, fixture->findings);
	char *anew = edges(fixture->with, NULL, fixture->findings);
	char *error = NULL, *expected, *folder = unit_folder();
	struct tree *real;

	(void)data;
	unit_put(folder, "a.c", changes[0][1]);
	unit_put(folder, "b.c", before[1][1]);
	unit_put(folder, "d/c.c", before[2][1]);
	unit_put(folder, "d/e/e.c", changes[2][1]);
	unit_put(folder, "z.c", "");
	real = tree_open(folder, fixture->findings, &error);
	expected = edges(real, NULL, fixture->findings);
	g_assert_nonnull(strstr(expected, "d/e/e.c\t1\tk\ti\n"));
	g_assert_cmpstr(got, ==, expected);
	g_assert_cmpstr(anew, ==, expected);
	index_free(base);
	tree_free(real);
	unit_remove(folder);
	free(expected);
	free(anew);
	free(got);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add("/tree-with/files", struct fixture, NULL, set_up,
		   test_files, tear_down);
	g_test_add("/tree-with/read", struct fixture, NULL, set_up, test_read,
		   tear_down);
	g_test_add_func("/tree-with/lists", test_lists);
	g_test_add("/tree-with/index", struct fixture, NULL, set_up,
		   test_index, tear_down);
	return g_test_run();
}
