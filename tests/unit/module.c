// SPDX-License-Identifier: GPL-2.0-only
/* A module's tree beside that of its kernel, and the style of its headers. */
#include <errno.h>

#include "headerstyle.h"
#include "includes.h"
#include "source.h"
#include "tree.h"

#include "unit.h"

struct place {
	char *folder;
	char *module;
	char *kernel;
};

static struct place place_new(void)
{
	struct place place = { .folder = unit_folder() };

	unit_put(place.folder, "mod/a.c", "module a\n");
	unit_put(place.folder, "mod/arch/x.c", "module arch\n");
	unit_put(place.folder, "linux/include/linux/kthread.h", "header\n");
	unit_put(place.folder, "linux/arch/x.c", "kernel arch\n");
	place.module = g_build_filename(place.folder, "mod", NULL);
	place.kernel = g_build_filename(place.folder, "linux", NULL);
	return place;
}

static void place_clear(struct place *place)
{
	unit_remove(place->folder);
	g_free(place->module);
	g_free(place->kernel);
}

static struct tree *open_module(const char *root, const char *kernel)
{
	struct findings *findings = findings_new();
	char *error = NULL;
	struct tree *tree = tree_open_module(root, kernel, 2, findings, &error);

	if (!tree)
		g_error("%s", error);
	g_assert_cmpuint(findings->list->len, ==, 0);
	findings_free(findings);
	return tree;
}

static void assert_text(const struct tree *tree, const char *path,
			const char *expected)
{
	GBytes *bytes = tree_read(tree, path);
	struct stat st;

	g_assert_nonnull(bytes);
	unit_assert_bytes(bytes, expected);
	g_assert_cmpint(tree_stat(tree, path, &st), ==, 0);
	g_assert_cmpuint((size_t)st.st_size, ==, strlen(expected));
	g_bytes_unref(bytes);
}

static void test_paths(void)
{
	struct place place = place_new();
	struct tree *tree = open_module(place.module, place.kernel);
	char *path = g_strconcat(place.kernel, "/arch/x.c", NULL);
	char *up = g_strconcat(place.kernel, "/../mod/a.c", NULL);

	g_assert_cmpuint(tree->files->len, ==, 2);
	assert_text(tree, "a.c", "module a\n");
	assert_text(tree, "arch/x.c", "module arch\n");
	assert_text(tree, path, "kernel arch\n");
	g_assert_cmpstr(tree_kernel_path(tree, path), ==, "arch/x.c");
	g_assert_null(tree_kernel_path(tree, "arch/x.c"));
	g_assert_cmpstr(tree_kernel_path(tree->kernel, "arch/x.c"), ==,
			"arch/x.c");
	/* No way leads out of the kernel. */
	g_assert_null(tree_read(tree, up));
	g_free(up);
	g_free(path);
	tree_free(tree);
	place_clear(&place);
}

/* What the paths of the kernel's files begin with. */
static void test_prefix(void)
{
	static const char *const rows[][2] = {
		{ "linux", "./linux/" }, { "linux//", "./linux/" },
		{ "./linux", "./linux/" }, { "mod/../linux", "./mod/../linux/" },
		{ "linux/.", "./linux/./" },
	};
	struct place place = place_new();
	char *back = g_get_current_dir();

	g_assert_cmpint(chdir(place.folder), ==, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct tree *tree = open_module("mod", rows[i][0]);

		g_assert_cmpstr(tree->kernel_prefix, ==, rows[i][1]);
		tree_free(tree);
	}
	g_assert_cmpint(chdir(place.kernel), ==, 0);
	tree_free(open_module("../mod", "."));
	g_assert_cmpint(chdir(back), ==, 0);
	g_free(back);
	place_clear(&place);
}

static void assert_refused(const char *root, const char *kernel,
			   const char *why)
{
	struct findings *findings = findings_new();
	char *error = NULL;

	g_assert_null(tree_open_module(root, kernel, 2, findings, &error));
	g_assert_nonnull(strstr(error, why));
	g_free(error);
	findings_free(findings);
}

static void test_refused(void)
{
	struct place place = place_new();
	char *inside = g_build_filename(place.kernel, "arch", NULL);
	char *near = g_strconcat(place.kernel, "-next", NULL);

	assert_refused(inside, place.kernel, "lies in the kernel tree");
	assert_refused(place.kernel, place.kernel, "lies in the kernel tree");
	assert_refused(place.module, place.module, "no kernel tree");
	assert_refused(place.module, near, g_strerror(ENOENT));
	/* A name that only begins like the kernel's is another folder. */
	unit_put(place.folder, "linux-next/b.c", "b\n");
	tree_free(open_module(near, place.kernel));
	g_free(near);
	g_free(inside);
	place_clear(&place);
}

/* The module's other state keeps the kernel. */
static void test_with(void)
{
	struct place place = place_new();
	struct tree *tree = open_module(place.module, place.kernel), *with;
	GHashTable *contents = g_hash_table_new_full(g_str_hash, g_str_equal,
		g_free, (GDestroyNotify)g_bytes_unref);
	char *path = g_strconcat(place.kernel, "/arch/x.c", NULL);

	g_hash_table_insert(contents, g_strdup("a.c"), unit_bytes("old a\n"));
	with = tree_with(tree, contents);
	assert_text(with, "a.c", "old a\n");
	assert_text(with, path, "kernel arch\n");
	g_free(path);
	tree_free(with);
	tree_free(tree);
	place_clear(&place);
}

/* A header like @sample, with @text in it. */
static void assert_style(const char *name, const char *sample,
			 const char *text, const char *expected)
{
	char *folder = unit_folder(), *error = NULL;
	struct findings *findings = findings_new();
	struct header_style *style;
	struct tree *tree;
	GBytes *bytes;

	unit_put(folder, name, sample);
	tree = tree_open(folder, findings, &error);
	style = header_style_new(tree, name);
	bytes = header_style_apply(style, "new.h", text);
	unit_assert_bytes(bytes, expected);
	g_bytes_unref(bytes);
	header_style_free(style);
	tree_free(tree);
	findings_free(findings);
	unit_remove(folder);
}

#define TEXT "#ifndef X\n#define X 1\n#endif\n"

static void test_style(void)
{
	assert_style("a.h", "#ifndef __A_H__\n#define __A_H__\n#endif\n", TEXT,
		     "#ifndef __NEW_H__\n#define __NEW_H__\n\n" TEXT "\n#endif\n");
	assert_style("a.h", "#ifndef A_H\n#define A_H\n#endif /* !A_H */\n", TEXT,
		     "#ifndef NEW_H\n#define NEW_H\n\n" TEXT
		     "\n#endif /* !NEW_H */\n");
	/* A guard without the file's name tells nothing. */
	assert_style("a.h", "#ifndef HERE\n#define HERE\n#endif\n", TEXT,
		     "#ifndef _NEW_H\n#define _NEW_H\n\n" TEXT "\n#endif\n");
	assert_style("a.h", "#ifndef\t_A_H\n#define\t_A_H\n#endif\t/* _A_H */\n",
		     TEXT, "#ifndef _NEW_H\n#define\t_NEW_H\n\n"
		     "#ifndef X\n#define\tX 1\n#endif\n"
		     "\n#endif\t/* _NEW_H */\n");
	assert_style("a.h", "// SPDX-License-Identifier: MIT\n#pragma once\n"
		     "#if B\n#  define B 1\n#endif\n", TEXT,
		     "// SPDX-License-Identifier: MIT\n#pragma once\n\n"
		     "#ifndef X\n#  define X 1\n#endif\n");
	/* Comments alone are no header to learn from. */
	assert_style("a.h", "/* nothing */\n", TEXT,
		     "#ifndef _NEW_H\n#define _NEW_H\n\n" TEXT "\n#endif\n");
	assert_style("a.h", "", "", "#ifndef _NEW_H\n#define _NEW_H\n\n\n#endif\n");
}

/* @text with an #include of @what. */
static void assert_line(const char *text, const char *what,
			const char *expected)
{
	struct source *source = source_new(text, strlen(text));
	struct edits *edits = edits_new();
	GBytes *bytes = unit_bytes(text), *result;

	includes_add_line(source, what, edits);
	result = edits_apply(edits, bytes);
	unit_assert_bytes(result, expected);
	g_bytes_unref(result);
	g_bytes_unref(bytes);
	source_free(source);
}

static void test_lines(void)
{
	assert_line("#include <linux/fs.h>\nint x;\n", "\"k.h\"",
		    "#include <linux/fs.h>\n\n#include \"k.h\"\nint x;\n");
	assert_line("#include \"a.h\"\n#include \"z.h\"\nint x;\n", "\"k.h\"",
		    "#include \"a.h\"\n#include \"k.h\"\n#include \"z.h\"\nint x;\n");
	assert_line("#include <os/a.h>\n#include <linux/fs.h>\n", "<os/k.h>",
		    "#include <os/a.h>\n#include <os/k.h>\n#include <linux/fs.h>\n");
	assert_line("#include \"../inc/k.h\"\nint x;\n", "\"../inc/k.h\"",
		    "#include \"../inc/k.h\"\nint x;\n");
	assert_line("/* text */\nint x;\n", "\"k.h\"",
		    "/* text */\n#include \"k.h\"\n\nint x;\n");
	/* What only some configuration includes does not count. */
	assert_line("#include <a.h>\n#ifdef B\n#include \"k.h\"\n#endif\n",
		    "\"k.h\"",
		    "#include <a.h>\n\n#include \"k.h\"\n#ifdef B\n#include \"k.h\"\n#endif\n");
	assert_line("#include <a.h> /* a long\n comment */\nint x;\n", "\"k.h\"",
		    "#include \"k.h\"\n\n#include <a.h> /* a long\n comment */\nint x;\n");
	assert_line("#include <a.h>", "\"k.h\"",
		    "#include <a.h>\n\n#include \"k.h\"\n");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/module/paths", test_paths);
	g_test_add_func("/module/prefix", test_prefix);
	g_test_add_func("/module/refused", test_refused);
	g_test_add_func("/module/with", test_with);
	g_test_add_func("/module/style", test_style);
	g_test_add_func("/module/lines", test_lines);
	return g_test_run();
}
