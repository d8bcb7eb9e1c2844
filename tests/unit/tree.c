// SPDX-License-Identifier: GPL-2.0-only
/* The walk over a tree, and the reader: links, dots, rights and kinds. */
#include "tree.h"

#include <errno.h>

#include "unit.h"

/* Open and list: "path(kind)" with the link's name where there is one. */
static void assert_tree(const char *folder, const char *files,
			const char *findings_expected)
{
	struct findings *findings = findings_new();
	GString *list = g_string_new(NULL), *wrong = g_string_new(NULL);
	char *error = NULL;
	struct tree *tree = tree_open(folder, findings, &error);

	g_assert_cmpstr(error, ==, NULL);
	for (guint i = 0; tree && i < tree->files->len; i++) {
		const struct tree_file *file = tree->files->pdata[i];

		g_string_append_printf(list, "%s%s(%c)", i ? " " : "",
				       file->path, "COD"[file->kind]);
		if (file->link_target)
			g_string_append(list, "->");
	}
	for (guint i = 0; i < findings->list->len; i++) {
		const struct finding *finding = findings->list->pdata[i];

		g_assert_cmpint(finding->kind, ==, FINDING_FAILED);
		g_assert_cmpuint(finding->line, ==, 0);
		g_string_append_printf(wrong, "%s: %s\n", finding->path,
				       finding->message);
	}
	g_assert_cmpstr(list->str, ==, files);
	g_assert_cmpstr(wrong->str, ==, findings_expected);
	g_string_free(wrong, TRUE);
	g_string_free(list, TRUE);
	tree_free(tree);
	findings_free(findings);
}

static void test_kinds(void)
{
	char *folder = unit_folder();

	unit_put(folder, "a.c", "");
	unit_put(folder, "b.h", "");
	unit_put(folder, "c.S", "");
	unit_put(folder, "d.rs", "");
	unit_put(folder, "e.rst", "");
	unit_put(folder, "f.txt", "");
	unit_put(folder, "g.s", "");
	unit_put(folder, "Makefile", "");
	unit_put(folder, "h.c.orig", "");
	unit_put(folder, "i.dts", "");
	unit_put(folder, "c", "");
	unit_put(folder, "a b\n'$x.c", "");
	assert_tree(folder, "a b\n'$x.c(C) a.c(C) b.h(C) c.S(O) d.rs(O) "
		    "e.rst(D) f.txt(D)", "");
	unit_remove(folder);
}

static void test_order(void)
{
	char *folder = unit_folder();

	unit_put(folder, "b/a.c", "");
	unit_put(folder, "b.c", "");
	unit_put(folder, "b-a.c", "");
	unit_put(folder, "B.c", "");
	unit_put(folder, "\xc3\xa4.c", "");
	unit_put(folder, "b/c/d/e.c", "");
	unit_put(folder, "_.c", "");
	/* By bytes, as LC_ALL=C sort does, whatever the locale. */
	assert_tree(folder, "B.c(C) _.c(C) b-a.c(C) b.c(C) b/a.c(C) "
		    "b/c/d/e.c(C) \xc3\xa4.c(C)", "");
	unit_remove(folder);
}

static void test_dots(void)
{
	char *folder = unit_folder();

	unit_put(folder, ".git/a.c", "");
	unit_put(folder, "b/.pc/c.c", "");
	unit_put(folder, "b/.hidden.c", "");
	unit_put(folder, "b/..c/d.c", "");
	unit_put(folder, "b/e.d/f.c", "");
	assert_tree(folder, "b/.hidden.c(C) b/e.d/f.c(C)", "");
	unit_remove(folder);
}

/* The root itself may have a name with a dot. */
static void test_dot_root(void)
{
	char *folder = unit_folder();
	char *root = g_build_filename(folder, ".root", NULL);

	unit_put(root, "a.c", "");
	assert_tree(root, "a.c(C)", "");
	g_free(root);
	unit_remove(folder);
}

static void test_links_inside(void)
{
	char *folder = unit_folder();

	unit_put(folder, "a/b.c", "");
	unit_link(folder, "file.c", "a/b.c");
	unit_link(folder, "folder", "a");
	unit_link(folder, "a/up", "..");
	unit_link(folder, "dangling.c", "nowhere.c");
	assert_tree(folder, "a/b.c(C)", "");
	unit_remove(folder);
}

static void test_links_outside(void)
{
	char *folder = unit_folder(), *outside = unit_folder();
	char *file = g_build_filename(outside, "x.c", NULL);

	unit_put(outside, "x.c", "");
	unit_put(folder, "a.c", "");
	unit_link(folder, "b.c", file);
	unit_link(folder, "b.dts", file);
	unit_link(folder, "d", outside);
	unit_link(folder, "null.c", "/dev/null");
	assert_tree(folder, "a.c(C) b.c(C)->",
		    "d: symbolic link to a folder out of the tree, not followed\n");
	g_free(file);
	unit_remove(outside);
	unit_remove(folder);
}

/* A folder beside the tree whose name begins like the tree's. */
static void test_link_to_namesake(void)
{
	char *folder = unit_folder();
	char *root = g_build_filename(folder, "linux", NULL);

	unit_put(folder, "linux/a.c", "");
	unit_put(folder, "linux-old/b.c", "");
	unit_link(folder, "linux/b.c", "../linux-old/b.c");
	assert_tree(root, "a.c(C) b.c(C)->", "");
	g_free(root);
	unit_remove(folder);
}

static void test_link_loop(void)
{
	char *folder = unit_folder();

	unit_put(folder, "a.c", "");
	unit_link(folder, "b.c", "b.c");
	unit_link(folder, "c", "c");
	assert_tree(folder, "a.c(C)",
		    "b.c: symbolic link loop, cannot be read\n");
	unit_remove(folder);
}

/* The tree may be named by a link, or relative to somewhere. */
static void test_root_names(void)
{
	char *folder = unit_folder();
	char *link = g_build_filename(folder, "link", NULL);
	char *dots = g_build_filename(folder, "tree", "..", "tree", NULL);
	char *root = g_build_filename(folder, "tree", NULL);
	struct findings *findings = findings_new();
	char *error = NULL;
	struct tree *tree;

	unit_put(folder, "tree/a.c", "");
	unit_link(folder, "link", "tree");
	assert_tree(link, "a.c(C)", "");
	assert_tree(dots, "a.c(C)", "");
	tree = tree_open(link, findings, &error);
	g_assert_cmpstr(tree->root, ==, root);
	tree_free(tree);
	findings_free(findings);
	g_free(link);
	g_free(dots);
	g_free(root);
	unit_remove(folder);
}

static void assert_no_tree(const char *root, const char *expected)
{
	struct findings *findings = findings_new();
	char *error = NULL;
	char *message = g_strdup_printf("%s: %s", root, expected);

	g_assert_null(tree_open(root, findings, &error));
	g_assert_cmpstr(error, ==, message);
	g_free(message);
	g_free(error);
	findings_free(findings);
}

static void test_no_tree(void)
{
	char *folder = unit_folder();
	char *file = g_build_filename(folder, "file", NULL);
	char *missing = g_build_filename(folder, "missing", NULL);

	unit_put(folder, "file", "");
	assert_no_tree(missing, g_strerror(ENOENT));
	assert_no_tree(file, g_strerror(ENOTDIR));
	assert_no_tree(folder,
		       "there is no source file in it");
	tree_free(NULL);
	g_free(missing);
	g_free(file);
	unit_remove(folder);
}

static void test_unreadable_folder(void)
{
	char *folder, *closed, *expected;

	unit_set_user(true);
	folder = unit_folder();
	closed = g_build_filename(folder, "closed", NULL);
	expected = g_strdup_printf("closed: %s\n", g_strerror(EACCES));
	unit_put(folder, "a.c", "");
	unit_put(folder, "closed/b.c", "");
	g_assert_cmpint(chmod(closed, 0), ==, 0);
	assert_tree(folder, "a.c(C)", expected);
	g_assert_cmpint(chmod(closed, 0700), ==, 0);
	g_free(expected);
	g_free(closed);
	unit_remove(folder);
	unit_set_user(false);
}

struct fixture {
	char *folder;
	char *outside;
	struct findings *findings;
	struct tree *tree;
};

static void set_up(struct fixture *fixture, gconstpointer data)
{
	char *error = NULL;

	(void)data;
	fixture->folder = unit_folder();
	fixture->outside = unit_folder();
	unit_put(fixture->outside, "x.c", "outside");
	unit_put(fixture->folder, "a.c", "text");
	unit_put(fixture->folder, "b/c.c", "");
	unit_put(fixture->folder, "z.c", "last");
	unit_link(fixture->folder, "link.c", "a.c");
	unit_link(fixture->folder, "out", fixture->outside);
	fixture->findings = findings_new();
	fixture->tree = tree_open(fixture->folder, fixture->findings, &error);
	g_assert_cmpstr(error, ==, NULL);
}

static void tear_down(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	tree_free(fixture->tree);
	findings_free(fixture->findings);
	unit_remove(fixture->outside);
	unit_remove(fixture->folder);
}

static void test_find(struct fixture *fixture, gconstpointer data)
{
	static const char *const there[] = { "a.c", "b/c.c", "z.c" };
	static const char *const missing[] = {
		"", "a", "a.cc", "b", "b/c", "c.c", "zz.c", "link.c", "/a.c",
	};

	(void)data;
	for (size_t i = 0; i < G_N_ELEMENTS(there); i++) {
		struct tree_file *file = tree_find(fixture->tree, there[i]);

		g_assert_cmpstr(file ? file->path : NULL, ==, there[i]);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(missing); i++)
		g_assert_null(tree_find(fixture->tree, missing[i]));
}

static void test_read(struct fixture *fixture, gconstpointer data)
{
	GBytes *text = tree_read(fixture->tree, "a.c");
	GBytes *empty = tree_read(fixture->tree, "b/c.c");

	(void)data;
	unit_assert_bytes(text, "text");
	unit_assert_bytes(empty, "");
	g_bytes_unref(text);
	g_bytes_unref(empty);
}

static void assert_unreadable(const struct tree *tree, const char *path,
			      int error)
{
	GBytes *text;

	errno = 0;
	text = tree_read(tree, path);
	g_assert_null(text);
	if (text)
		g_bytes_unref(text);
	else
		g_assert_cmpint(errno, ==, error);
}

static void test_read_errors(struct fixture *fixture, gconstpointer data)
{
	char *fifo = g_build_filename(fixture->folder, "fifo.c", NULL);

	(void)data;
	assert_unreadable(fixture->tree, "none.c", ENOENT);
	assert_unreadable(fixture->tree, "a.c/b.c", ENOTDIR);
	assert_unreadable(fixture->tree, "b", EINVAL);
	/* Nobody writes to it, yet the reader does not wait. */
	g_assert_cmpint(mkfifo(fifo, 0600), ==, 0);
	assert_unreadable(fixture->tree, "fifo.c", EINVAL);
	g_free(fifo);
}

static void test_read_link(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	assert_unreadable(fixture->tree, "link.c", ELOOP);
	assert_unreadable(fixture->tree, "out", ELOOP);
}

/*
 * Once a bug: O_NOFOLLOW looks at the last name only; through a link to a
 * folder the reader leaves the tree.
 */
static void test_read_below_link(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	assert_unreadable(fixture->tree, "out/x.c", ELOOP);
}

static void test_stat(struct fixture *fixture, gconstpointer data)
{
	struct stat st;

	(void)data;
	g_assert_cmpint(tree_stat(fixture->tree, "a.c", &st), ==, 0);
	g_assert_true(S_ISREG(st.st_mode));
	g_assert_cmpint(st.st_size, ==, 4);
	g_assert_cmpint(tree_stat(fixture->tree, "link.c", &st), ==, 0);
	g_assert_true(S_ISLNK(st.st_mode));
	errno = 0;
	g_assert_cmpint(tree_stat(fixture->tree, "none.c", &st), ==, -1);
	g_assert_cmpint(errno, ==, ENOENT);
}

#define ADD(name, function)						\
	g_test_add("/tree/" name, struct fixture, NULL, set_up,		\
		   function, tear_down)

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/tree/kinds", test_kinds);
	g_test_add_func("/tree/order", test_order);
	g_test_add_func("/tree/dots", test_dots);
	g_test_add_func("/tree/dot-root", test_dot_root);
	g_test_add_func("/tree/links-inside", test_links_inside);
	g_test_add_func("/tree/links-outside", test_links_outside);
	g_test_add_func("/tree/link-to-namesake", test_link_to_namesake);
	g_test_add_func("/tree/link-loop", test_link_loop);
	g_test_add_func("/tree/root-names", test_root_names);
	g_test_add_func("/tree/no-tree", test_no_tree);
	g_test_add_func("/tree/unreadable-folder", test_unreadable_folder);
	ADD("find", test_find);
	ADD("read", test_read);
	ADD("read-errors", test_read_errors);
	ADD("read-link", test_read_link);
	ADD("read-below-link", test_read_below_link);
	ADD("stat", test_stat);
	return g_test_run();
}
