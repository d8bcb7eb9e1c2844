// SPDX-License-Identifier: GPL-2.0-only
/* The layout rules, one by one, on what spatch makes of a text. */
#include "layout.h"

#include "unit.h"

/* Lay @new_text out, which was made from @old_text. */
static void assert_layout(const char *old_text, const char *new_text,
			  const char *expected)
{
	struct source *old_file = source_new(old_text, strlen(old_text));
	struct source *new_file = source_new(new_text, strlen(new_text));
	struct alignment alignment;
	GBytes *result;

	g_assert_true(align(&alignment, &old_file->lexed, &new_file->lexed));
	result = layout(old_file, new_file, &alignment);
	unit_assert_bytes(result, expected);
	g_bytes_unref(result);
	alignment_clear(&alignment);
	source_free(old_file);
	source_free(new_file);
}

static void test_nothing(void)
{
	assert_layout("", "", "");
	assert_layout("/* a */\n", "/* a */\n", "/* a */\n");
	assert_layout("a(0, b);\n", "a(b);\n", "a(b);\n");
}

/* Continuation lines that stood below the open parenthesis. */
static void test_below_parenthesis(void)
{
	assert_layout("\tx = foo(0, bar(aaa,\n\t\t       bbb));\n",
		      "\tx = foo(bar(aaa,\n\t\t       bbb));\n",
		      "\tx = foo(bar(aaa,\n\t\t    bbb));\n");
	/* The name in front of it became shorter. */
	assert_layout("\tx = __create_it(0, aaa,\n\t\t\tbbb,\n\t\t\tccc);\n",
		      "\tx = create(aaa,\n\t\t\tbbb,\n\t\t\tccc);\n",
		      "\tx = create(aaa,\n\t\t   bbb,\n\t\t   ccc);\n");
	/* The parenthesis did not move. */
	assert_layout("\tx = foo(0, aaa,\n\t\tbbb);\n",
		      "\tx = foo(aaa,\n\t\tbbb);\n",
		      "\tx = foo(aaa,\n\t\tbbb);\n");
}

/* Continuation lines that stood below a token of the first line. */
static void test_below_token(void)
{
	assert_layout("\tfoo(0, aaa,\n\t       bbb);\n",
		      "\tfoo(aaa,\n\t       bbb);\n",
		      "\tfoo(aaa,\n\t    bbb);\n");
	/* Blanks are columns as well; the new indent has tabs. */
	assert_layout("\tfoo(cpu, 0, aaa,\n\t            bbb,\n\t\t    ccc);\n",
		      "\tfoo(cpu, aaa,\n\t            bbb,\n\t\t    ccc);\n",
		      "\tfoo(cpu, aaa,\n\t\t bbb,\n\t\t ccc);\n");
	assert_layout("\tfoo(cpu, 0, \"%d\",\n\t\t    bbb);\n",
		      "\tfoo(cpu, \"%d\",\n\t\t    bbb);\n",
		      "\tfoo(cpu, \"%d\",\n\t\t bbb);\n");
}

/* A line that was aligned with nothing stays. */
static void test_aligned_with_nothing(void)
{
	assert_layout("\tx = foo(0, aaa,\n\t\t\tbbb);\n",
		      "\tx = foo(aaa,\n\t\t\tbbb);\n",
		      "\tx = foo(aaa,\n\t\t\tbbb);\n");
	assert_layout("\tx = foo(0, bar(aaa,\n\t\t\t\tbbb));\n",
		      "\tx = foo(bar(aaa,\n\t\t\t\tbbb));\n",
		      "\tx = foo(bar(aaa,\n\t\t\t\tbbb));\n");
}

/* The token in front of the line break is gone. */
static void test_join_behind_removed(void)
{
	assert_layout("\tfoo(cpu, 0,\n\t    \"name\");\n",
		      "\tfoo(cpu,\n\t    \"name\");\n",
		      "\tfoo(cpu, \"name\");\n");
	assert_layout("int create(unsigned int flags,\n\t   const char *f, ...);\n",
		      "int create(\n\t   const char *f, ...);\n",
		      "int create(const char *f, ...);\n");
	/* Only the first of several breaks. */
	assert_layout("\tfoo(cpu, 0,\n\t    \"name\",\n\t    arg);\n",
		      "\tfoo(cpu,\n\t    \"name\",\n\t    arg);\n",
		      "\tfoo(cpu, \"name\",\n\t    arg);\n");
}

/*
 * Once a bug: the token behind the line break is gone, but the break stays
 * where something else stood on its line as well.
 */
static void test_join_before_removed_first(void)
{
	assert_layout("\tfoo(cpu,\n\t    0, \"name\");\n",
		      "\tfoo(cpu,\n\t    \"name\");\n",
		      "\tfoo(cpu, \"name\");\n");
}

/* The token behind the line break is gone. */
static void test_join_before_removed(void)
{
	assert_layout("\tfoo(cpu,\n\t    0,\n\t    \"name\");\n",
		      "\tfoo(cpu,\n\t    \"name\");\n",
		      "\tfoo(cpu, \"name\");\n");
}

/* 80 columns are the limit; @count letters behind the line break. */
static void assert_join(unsigned int count, bool joined)
{
	char *name = g_strnfill(count, 'a');
	char *old_text = g_strdup_printf("\tfoo(cpu, 0,\n\t    %s);\n", name);
	char *new_text = g_strdup_printf("\tfoo(cpu,\n\t    %s);\n", name);
	char *one_line = g_strdup_printf("\tfoo(cpu, %s);\n", name);

	assert_layout(old_text, new_text, joined ? one_line : new_text);
	g_free(one_line);
	g_free(new_text);
	g_free(old_text);
	g_free(name);
}

static void test_join_width(void)
{
	assert_join(80 - 8 - strlen("foo(cpu, );"), true);
	assert_join(81 - 8 - strlen("foo(cpu, );"), false);
}

/* What the author of a call broke without need stays. */
static void test_author_break_in_call(void)
{
	assert_layout("\tfoo(cpu, 0, aaa,\n\t    bbb,\n\t    ccc);\n",
		      "\tfoo(cpu, aaa,\n\t    bbb,\n\t    ccc);\n",
		      "\tfoo(cpu, aaa,\n\t    bbb,\n\t    ccc);\n");
}

/* In a call even a break that was forced stays. */
static void test_forced_break_in_call(void)
{
	assert_layout("\tfoo(0, aaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbb,\n"
		      "\t    ccccccc);\n",
		      "\tfoo(aaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbb,\n"
		      "\t    ccccccc);\n",
		      "\tfoo(aaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbb,\n"
		      "\t    ccccccc);\n");
}

/* Between parameters a break that was forced goes once it is not. */
static void test_forced_break_in_parameters(void)
{
	assert_layout("struct worker *create(unsigned int flags, int cpu, const char namefmt[],\n"
		      "\t\t      va_list args);\n",
		      "struct worker *create(int cpu, const char namefmt[],\n"
		      "\t\t      va_list args);\n",
		      "struct worker *create(int cpu, const char namefmt[], va_list args);\n");
	/* Here it was the author's wish. */
	assert_layout("int create(unsigned int flags, int cpu,\n\t   va_list args);\n",
		      "int create(int cpu,\n\t   va_list args);\n",
		      "int create(int cpu,\n\t   va_list args);\n");
	/* And here it still does not fit. */
	assert_layout("struct kthread_worker *create(unsigned int flags, int cpu, const char name[],\n"
		      "\t\t\t      struct a_type_with_a_long_name *args);\n",
		      "struct kthread_worker *create(int cpu, const char name[],\n"
		      "\t\t\t      struct a_type_with_a_long_name *args);\n",
		      "struct kthread_worker *create(int cpu, const char name[],\n"
		      "\t\t\t      struct a_type_with_a_long_name *args);\n");
}

/* A list on lines of its own: spatch pulls it to the parenthesis. */
static void test_break_behind_parenthesis(void)
{
	assert_layout("\tfoo(\n\t\t0, aaa,\n\t\tbbb);\n",
		      "\tfoo(aaa,\n\t\tbbb);\n",
		      "\tfoo(\n\t\taaa,\n\t\tbbb);\n");
	assert_layout("\tfoo(\n\t\t0,\n\t\taaa,\n\t\tbbb\n\t);\n",
		      "\tfoo(aaa,\n\t\tbbb\n\t);\n",
		      "\tfoo(\n\t\taaa,\n\t\tbbb\n\t);\n");
	/* All of it fits behind the parenthesis. */
	assert_layout("\tfoo(\n\t\t0, aaa, bbb);\n", "\tfoo(aaa, bbb);\n",
		      "\tfoo(aaa, bbb);\n");
	/* Another argument goes: the break is the author's. */
	assert_layout("\tfoo(\n\t\taaa, 0,\n\t\tbbb);\n",
		      "\tfoo(\n\t\taaa,\n\t\tbbb);\n",
		      "\tfoo(\n\t\taaa, bbb);\n");
}

/* The backslash stays where it was, over tab stops. */
static void test_backslash(void)
{
	assert_layout("#define run(flags, name)\t\t\t\\\n({\t\t\t\t\t\\\n"
		      "\tcreate(flags, name);\t\t\\\n})\n",
		      "#define run(name)\t\t\t\\\n({\t\t\t\t\t\\\n"
		      "\tcreate(name);\t\t\\\n})\n",
		      "#define run(name)\t\t\t\t\\\n({\t\t\t\t\t\\\n"
		      "\tcreate(name);\t\t\t\\\n})\n");
	/* A single blank in front of it is no column. */
	assert_layout("#define run(flags, name) \\\n\tcreate(flags, name)\n",
		      "#define run(name) \\\n\tcreate(name)\n",
		      "#define run(name) \\\n\tcreate(name)\n");
}

/* Lists that the edit did not touch stay as they are, however odd. */
static void test_untouched(void)
{
	static const char other[] =
		"int  b( int a,\n  int c ) {\n\tfoo (a,\n  b ,\n\n c);\n"
		"#if X\n\td(\n\n\te) ;  \n#endif\n} // x\n\n";
	char *old_text = g_strconcat(other, "a(0, b);\n", other, NULL);
	char *new_text = g_strconcat(other, "a(b);\n", other, NULL);

	assert_layout(other, other, other);
	assert_layout(old_text, new_text, new_text);
	/* A list that is new was laid out by whoever put it there. */
	assert_layout("\tx = b +\n\t    c;\n", "\tx = f(b +\n\t    c);\n",
		      "\tx = f(b +\n\t    c);\n");
	g_free(old_text);
	g_free(new_text);
}

static void test_untouched_backslash(void)
{
	static const char tabs[] = "#define A(x)\t\t\\\n\tb(x);\t\t\\\n\tc(x)\n";
	static const char late[] = "#define A(x)\tb(x)\\\n\t+ 1 \\\n\t\t+ 2\n";

	assert_layout(tabs, tabs, tabs);
	assert_layout(late, late, late);
}

/*
 * Once a bug: where blanks and tabs are mixed in front of a backslash the
 * blanks go, in macros that nobody touched.
 */
static void test_untouched_mixed_backslash(void)
{
	static const char mixed[] = "#define A(x) \t\\\n\tb(x);   \t\t\\\n\tc(x)\n";

	assert_layout(mixed, mixed, mixed);
}

/* Comments and blank lines in a list are not for us. */
static void test_comments(void)
{
	assert_layout("\tfoo(cpu, 0, /* why */\n\t    aaa);\n",
		      "\tfoo(cpu, /* why */\n\t    aaa);\n",
		      "\tfoo(cpu, /* why */\n\t    aaa);\n");
	assert_layout("\tfoo(cpu, 0,\n\n\t    aaa);\n",
		      "\tfoo(cpu,\n\n\t    aaa);\n",
		      "\tfoo(cpu,\n\n\t    aaa);\n");
}

/* # lines end a line; nothing is joined with them. */
static void test_directives(void)
{
	assert_layout("\tfoo(0,\n#if A\n\t    aaa,\n#endif\n\t    bbb);\n",
		      "\tfoo(\n#if A\n\t    aaa,\n#endif\n\t    bbb);\n",
		      "\tfoo(\n#if A\n\t    aaa,\n#endif\n\t    bbb);\n");
}

/* Only the list that was touched, not the one around it. */
static void test_nested(void)
{
	assert_layout("\tif (foo(0, aaa) &&\n\t    bbb)\n\t\tccc;\n",
		      "\tif (foo(aaa) &&\n\t    bbb)\n\t\tccc;\n",
		      "\tif (foo(aaa) &&\n\t    bbb)\n\t\tccc;\n");
	assert_layout("\tbar(aaa,\n\t    foo(0,\n\t\tbbb),\n\t    ccc);\n",
		      "\tbar(aaa,\n\t    foo(\n\t\tbbb),\n\t    ccc);\n",
		      "\tbar(aaa,\n\t    foo(bbb),\n\t    ccc);\n");
}

/* In a brace that stands in a list the lines are statements. */
static void test_braces(void)
{
	assert_layout("\tx = foo(0, ({\n\t\t    a;\n\t\t    b; }));\n",
		      "\tx = foo(({\n\t\t    a;\n\t\t    b; }));\n",
		      "\tx = foo(({\n\t\t    a;\n\t\t    b; }));\n");
}

static void add_rule_tests(void)
{
	g_test_add_func("/layout/below-parenthesis", test_below_parenthesis);
	g_test_add_func("/layout/below-token", test_below_token);
	g_test_add_func("/layout/aligned-with-nothing",
			test_aligned_with_nothing);
	g_test_add_func("/layout/join-behind-removed",
			test_join_behind_removed);
	g_test_add_func("/layout/join-before-removed",
			test_join_before_removed);
	g_test_add_func("/layout/join-before-removed-first",
			test_join_before_removed_first);
	g_test_add_func("/layout/join-width", test_join_width);
	g_test_add_func("/layout/author-break-in-call",
			test_author_break_in_call);
	g_test_add_func("/layout/forced-break-in-call",
			test_forced_break_in_call);
	g_test_add_func("/layout/forced-break-in-parameters",
			test_forced_break_in_parameters);
	g_test_add_func("/layout/break-behind-parenthesis",
			test_break_behind_parenthesis);
	g_test_add_func("/layout/backslash", test_backslash);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/layout/nothing", test_nothing);
	add_rule_tests();
	g_test_add_func("/layout/untouched", test_untouched);
	g_test_add_func("/layout/untouched-backslash",
			test_untouched_backslash);
	g_test_add_func("/layout/untouched-mixed-backslash",
			test_untouched_mixed_backslash);
	g_test_add_func("/layout/comments", test_comments);
	g_test_add_func("/layout/directives", test_directives);
	g_test_add_func("/layout/nested", test_nested);
	g_test_add_func("/layout/braces", test_braces);
	return g_test_run();
}
