// SPDX-License-Identifier: GPL-2.0-only
/* #include lines for new names: whether one is needed, and where it goes. */
#include "includes.h"

#include "unit.h"

#define OLD "int x;\n"
#define NEW "int x = is_kthread;\n"
#define LINE "#include <linux/kthread.h>\n"

/* Names of linux/kthread.h, of net/sock.h, and of what is no header. */
static GPtrArray *read_steps(void)
{
	char *folder = unit_folder();
	GPtrArray *steps;
	char *error = NULL;

	unit_put(folder, "01-includes.cocci",
		 "/// includes\n"
		 "//% include: linux/kthread.h is_kthread another\n"
		 "//% include: net/sock.h sock_name\n"
		 "//% include: linux/kthread.h third\n"
		 "//% include: linux/kthread bad_name\n"
		 "//% removed-name: old_name\n");
	steps = steps_read(folder, &error);
	if (!steps)
		g_error("%s", error);
	unit_remove(folder);
	return steps;
}

/* Both texts have @head in front. */
static void assert_change(const char *head, const char *old_text,
			  const char *new_text, const char *expected)
{
	GPtrArray *steps = read_steps();
	char *before = g_strconcat(head, old_text, NULL);
	char *after = g_strconcat(head, new_text, NULL);
	struct source *old_file = source_new(before, strlen(before));
	struct source *new_file = source_new(after, strlen(after));
	struct edits *edits = edits_new();
	struct alignment map;
	GBytes *bytes = unit_bytes(after), *result;

	g_assert_true(align(&map, &old_file->lexed, &new_file->lexed));
	includes_add(steps->pdata[0], new_file, &map, edits);
	result = edits_apply(edits, bytes);
	unit_assert_bytes(result, expected);
	g_bytes_unref(result);
	g_bytes_unref(bytes);
	alignment_clear(&map);
	source_free(new_file);
	source_free(old_file);
	g_free(after);
	g_free(before);
	g_ptr_array_unref(steps);
}

/* A file gains is_kthread; @expected is its head then. */
static void assert_head(const char *head, const char *expected)
{
	char *whole = g_strconcat(expected, NEW, NULL);

	assert_change(head, OLD, NEW, whole);
	g_free(whole);
}

static void test_not_needed(void)
{
	static const char head[] = "#include <linux/a.h>\n";

	assert_change("", "", "", "");
	assert_change(head, "", "", head);
	assert_change(head, NEW, NEW, "#include <linux/a.h>\n" NEW);
	assert_change(head, OLD, "int x = old_name;\n",
		      "#include <linux/a.h>\nint x = old_name;\n");
	assert_change(head, OLD, "int x = is_kthreads + 1;\n",
		      "#include <linux/a.h>\nint x = is_kthreads + 1;\n");
	assert_change(head, OLD, "int x; /* is_kthread */\n",
		      "#include <linux/a.h>\nint x; /* is_kthread */\n");
	assert_change(head, OLD, "char *x = \"is_kthread\";\n",
		      "#include <linux/a.h>\nchar *x = \"is_kthread\";\n");
	/* What names no header is left alone. */
	assert_change(head, OLD, "int x = bad_name;\n",
		      "#include <linux/a.h>\nint x = bad_name;\n");
}

static void test_sorted(void)
{
	assert_head("#include <linux/a.h>\n#include <linux/z.h>\n",
		    "#include <linux/a.h>\n" LINE "#include <linux/z.h>\n");
	assert_head("#include <linux/z.h>\n", LINE "#include <linux/z.h>\n");
	assert_head("#include <linux/a.h>\n", "#include <linux/a.h>\n" LINE);
	assert_head("#include <linux/a.h>\n#include <linux/a.h>\n\n",
		    "#include <linux/a.h>\n#include <linux/a.h>\n" LINE "\n");
	assert_head("#include <linux/kthread-x.h>\n#include <linux/kthreads.h>\n",
		    "#include <linux/kthread-x.h>\n" LINE
		    "#include <linux/kthreads.h>\n");
}

static void test_unsorted(void)
{
	assert_head(" #include <linux/z.h>\n#include <linux/a.h>\n",
		    " #include <linux/z.h>\n#include <linux/a.h>\n" LINE);
	assert_head("#include <linux/z.h>\n#include <linux/a.h>\n",
		    "#include <linux/z.h>\n#include <linux/a.h>\n" LINE);
}

/* The block ends at the first line that is none of it. */
static void test_first_block(void)
{
	assert_head("/* c */\n#include <linux/a.h>\n\n#include <linux/z.h>\n",
		    "/* c */\n#include <linux/a.h>\n" LINE
		    "\n#include <linux/z.h>\n");
	assert_head("#include \"own.h\"\n#include <linux/a.h>\n"
		    "#include <asm/x.h>\n#include <linux/z.h>\n",
		    "#include \"own.h\"\n#include <linux/a.h>\n" LINE
		    "#include <asm/x.h>\n#include <linux/z.h>\n");
}

static void test_present(void)
{
	static const char *const heads[] = {
		LINE, "#include <linux/a.h>\n" LINE,
		"#include <linux/a.h>\n\n#include <asm/b.h>\n" LINE,
		/* Once a bug: not seen, and added again. */
		"#include <linux/kthread.h> /* c */\n",
		"#include <linux/kthread.h>\t\n",
		"#include\t<linux/kthread.h>\n",
		"# include <linux/kthread.h>\n",
		" #include <linux/kthread.h>\n",
		"#include <linux/a.h>\n#include \"linux/kthread.h\"\n",
		"#include \\\n<linux/kthread.h>\n",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(heads); i++)
		assert_head(heads[i], heads[i]);
}

/* Once a bug: the file's last line has no line break. */
static void test_no_newline(void)
{
	assert_change("", OLD "#include <linux/a.h>",
		      NEW "#include <linux/a.h>",
		      NEW "#include <linux/a.h>\n" LINE);
	assert_change("", OLD "#include <linux/z.h>",
		      NEW "#include <linux/z.h>",
		      NEW LINE "#include <linux/z.h>");
}

/* There is no block, so nobody knows where it goes. */
static void test_no_block(void)
{
	assert_head("", "");
	assert_head("#include \"own.h\"\n", "#include \"own.h\"\n");
	assert_head("#include <asm/x.h>\n", "#include <asm/x.h>\n");
	assert_head("#include <linux/\n", "#include <linux/\n");
}

/* Once a bug: lines of a comment were taken for the block. */
static void test_comment(void)
{
	assert_head("/*\n#include <linux/a.h>\n*/\n#include <linux/b.h>\n",
		    "/*\n#include <linux/a.h>\n*/\n#include <linux/b.h>\n"
		    LINE);
	assert_head("/*\n" LINE "*/\n#include <linux/b.h>\n",
		    "/*\n" LINE "*/\n#include <linux/b.h>\n" LINE);
	/* One that goes on behind the line. */
	assert_head("#include <linux/a.h>\n#include <linux/b.h> /* c\n */\n",
		    "#include <linux/a.h>\n" LINE
		    "#include <linux/b.h> /* c\n */\n");
}

/* Once a bug: the line was put where not every configuration sees it. */
static void test_conditional(void)
{
	assert_head("#ifdef X\n#include <linux/a.h>\n#endif\n"
		    "#include <linux/b.h>\n",
		    "#ifdef X\n#include <linux/a.h>\n#endif\n"
		    "#include <linux/b.h>\n" LINE);
	assert_head("#if 0\n" LINE "#endif\n#include <linux/z.h>\n",
		    "#if 0\n" LINE "#endif\n" LINE "#include <linux/z.h>\n");
	assert_head("#include <linux/b.h>\n#if X\n" LINE "#else\n#endif\n",
		    "#include <linux/b.h>\n" LINE "#if X\n" LINE
		    "#else\n#endif\n");
	assert_head("#if A\n#if B\n#else\n#endif\n#include <linux/a.h>\n"
		    "#endif\n#include <linux/b.h>\n",
		    "#if A\n#if B\n#else\n#endif\n#include <linux/a.h>\n"
		    "#endif\n#include <linux/b.h>\n" LINE);
}

/* The guard of a header is no such conditional. */
static void test_guard(void)
{
	assert_head("/* c */\n#ifndef _X_H\n#define _X_H\n#include <linux/a.h>\n",
		    "/* c */\n#ifndef _X_H\n#define _X_H\n#include <linux/a.h>\n"
		    LINE);
	assert_head("#ifndef _X_H\n#define _X_H 1\n\n#ifdef Y\n"
		    "#include <linux/a.h>\n#endif\n#include <linux/z.h>\n",
		    "#ifndef _X_H\n#define _X_H 1\n\n#ifdef Y\n"
		    "#include <linux/a.h>\n#endif\n" LINE
		    "#include <linux/z.h>\n");
	/* Only the first line can be one. */
	assert_head("#include <linux/b.h>\n\n#ifndef X\n#define X\n" LINE
		    "#endif\n",
		    "#include <linux/b.h>\n" LINE "\n#ifndef X\n#define X\n"
		    LINE "#endif\n");
}

/*
 * Where there is nothing but conditional lines, such a place is better than
 * none.
 */
static void test_only_conditional(void)
{
	assert_head("#ifdef X\n#include <linux/a.h>\n#endif\n",
		    "#ifdef X\n#include <linux/a.h>\n" LINE "#endif\n");
}

static void test_unbalanced(void)
{
	assert_head("#endif\n#endif\n#include <linux/a.h>\n",
		    "#endif\n#endif\n#include <linux/a.h>\n" LINE);
	assert_head("#else\n#include <linux/a.h>\n#if\n",
		    "#else\n#include <linux/a.h>\n" LINE "#if\n");
	assert_head("#\n#include\n#include <\n#include <linux/a.h>\n",
		    "#\n#include\n#include <\n#include <linux/a.h>\n" LINE);
}

static void test_several(void)
{
	static const char head[] = "#include <linux/a.h>\n";

	/* Another tree's folder stands behind <linux/>. */
	assert_change(head, OLD, "int x = sock_name;\n",
		      "#include <linux/a.h>\n#include <net/sock.h>\n"
		      "int x = sock_name;\n");
	assert_change(head, OLD, "int x = sock_name + another;\n",
		      "#include <linux/a.h>\n" LINE "#include <net/sock.h>\n"
		      "int x = sock_name + another;\n");
	/* Once a bug: two rules with one header added it twice. */
	assert_change(head, OLD, "int x = is_kthread + third;\n",
		      "#include <linux/a.h>\n" LINE
		      "int x = is_kthread + third;\n");
	assert_change(head, OLD, "int x = third;\n",
		      "#include <linux/a.h>\n" LINE "int x = third;\n");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/includes/not-needed", test_not_needed);
	g_test_add_func("/includes/sorted", test_sorted);
	g_test_add_func("/includes/unsorted", test_unsorted);
	g_test_add_func("/includes/first-block", test_first_block);
	g_test_add_func("/includes/present", test_present);
	g_test_add_func("/includes/no-newline", test_no_newline);
	g_test_add_func("/includes/no-block", test_no_block);
	g_test_add_func("/includes/comment", test_comment);
	g_test_add_func("/includes/conditional", test_conditional);
	g_test_add_func("/includes/guard", test_guard);
	g_test_add_func("/includes/only-conditional", test_only_conditional);
	g_test_add_func("/includes/unbalanced", test_unbalanced);
	g_test_add_func("/includes/several", test_several);
	return g_test_run();
}
