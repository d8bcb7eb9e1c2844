// SPDX-License-Identifier: GPL-2.0-only
/* Stale parameters in kernel-doc comments: found, dropped, left alone. */
#include "kerneldoc.h"

#include "unit.h"

/* Clean @text of the parameters that the step has removed. */
static void assert_clean(const char *text, const char *expected)
{
	GPtrArray *steps = unit_steps();
	struct source *source = source_new(text, strlen(text));
	struct edits *edits = edits_new();
	GBytes *before = unit_bytes(text);
	GBytes *after;

	kerneldoc_clean(steps->pdata[0], source, edits);
	after = edits_apply(edits, before);
	unit_assert_bytes(after, expected);
	g_bytes_unref(after);
	g_bytes_unref(before);
	source_free(source);
	g_ptr_array_unref(steps);
}

static void assert_unchanged(const char *text)
{
	assert_clean(text, text);
}

#define HEAD "/**\n * create - make one\n"
#define TAIL " */\nstruct worker *create(const char *name)\n{\n}\n"

static void test_one_line(void)
{
	assert_clean(HEAD " * @flags: flags of it\n * @name: its name\n" TAIL,
		     HEAD " * @name: its name\n" TAIL);
	assert_clean("/**\n * create() - make one\n * @name: its name\n"
		     " *\t@flags: flags of it\n *\n * More.\n" TAIL,
		     "/**\n * create() - make one\n * @name: its name\n"
		     " *\n * More.\n" TAIL);
}

static void test_continued(void)
{
	assert_clean(HEAD " * @flags: flags of it,\n *\tor not,\n * or so\n"
		     " * @name: its name\n" TAIL,
		     HEAD " * @name: its name\n" TAIL);
	/* An empty line ends a description. */
	assert_clean(HEAD " * @flags: flags of it,\n *   or not\n *\n"
		     " * This makes one.\n" TAIL,
		     HEAD " *\n * This makes one.\n" TAIL);
}

static void test_last(void)
{
	assert_clean(HEAD " * @name: its name\n * @flags: flags of it\n" TAIL,
		     HEAD " * @name: its name\n" TAIL);
	assert_clean(HEAD " * @name: its name\n * @flags: flags\n *  of it\n"
		     TAIL, HEAD " * @name: its name\n" TAIL);
}

static void test_declarations(void)
{
	/* A prototype and a macro are documented like a definition. */
	assert_clean("/**\n * create - x\n * @flags: y\n */\n"
		     "struct worker *create(const char *name, ...);\n",
		     "/**\n * create - x\n */\n"
		     "struct worker *create(const char *name, ...);\n");
	assert_clean("/**\n * run - x\n * @flags: y\n */\n"
		     "#define run(name, ...) create(name, ## __VA_ARGS__)\n",
		     "/**\n * run - x\n */\n"
		     "#define run(name, ...) create(name, ## __VA_ARGS__)\n");
	assert_clean("/**\n * create - x\n * @flags: y\n */\n"
		     "__printf(1, 2) struct worker *\ncreate(const char *n, ...)"
		     "\n{\n}\n",
		     "/**\n * create - x\n */\n"
		     "__printf(1, 2) struct worker *\ncreate(const char *n, ...)"
		     "\n{\n}\n");
}

static void test_several(void)
{
	assert_clean("/**\n * create - x\n * @flags: y\n */\n"
		     "int create(int name);\n"
		     "/**\n * create_on_cpu - x\n * @cpu: y\n * @flags: z\n */\n"
		     "int create_on_cpu(int cpu);\n",
		     "/**\n * create - x\n */\n"
		     "int create(int name);\n"
		     "/**\n * create_on_cpu - x\n * @cpu: y\n */\n"
		     "int create_on_cpu(int cpu);\n");
}

static void test_crlf(void)
{
	assert_clean("/**\r\n * create - x\r\n * @flags: y\r\n * z\r\n *\r\n"
		     " * a\r\n */\r\nint create(int name);\r\n",
		     "/**\r\n * create - x\r\n *\r\n * a\r\n */\r\n"
		     "int create(int name);\r\n");
}

static void test_not_stale(void)
{
	assert_unchanged(HEAD " * @flags: y\n */\n"
			 "int create(unsigned int flags, const char *n);\n");
	assert_unchanged(HEAD " * @flags: y\n */\n"
			 "#define create(flags, name) 0\n");
	assert_unchanged(HEAD " * @flags: y\n */\n"
			 "int create(const char *n, int flags[2]);\n");
}

static void test_other_parameter(void)
{
	assert_unchanged(HEAD " * @flagship: y\n * @flag: z\n" TAIL);
	assert_unchanged(HEAD " * @name: see @flags: there\n" TAIL);
	assert_unchanged(HEAD " * flags: y\n" TAIL);
	assert_unchanged(HEAD " * the @flags are gone\n" TAIL);
}

static void test_other_function(void)
{
	assert_unchanged("/**\n * other - x\n * @flags: y\n */\n"
			 "int other(int a)\n{\n\tcreate(\"x\");\n}\n");
	assert_unchanged("/**\n * other - x\n * @flags: y\n */\n"
			 "int other(int a);\nint create(const char *n);\n");
	assert_unchanged("/**\n * struct s - x\n * @flags: y\n */\n"
			 "struct s {\n\tint create(int a);\n};\n");
	assert_unchanged("/**\n * create - x\n * @flags: y\n */\n");
}

/* Once a bug: a call in another macro's body counts as its name. */
static void test_other_macro(void)
{
	assert_unchanged("/**\n * other - x\n * @flags: y\n */\n"
			 "#define other(flags, name) create(name)\n");
}

static void test_no_kerneldoc(void)
{
	assert_unchanged("/*\n * @flags: y\n" TAIL);
	assert_unchanged("/***\n * @flags: y\n" TAIL);
	assert_unchanged("// @flags: y\nint create(int a);\n");
	assert_unchanged("/**/\nint create(int a);\n");
	assert_unchanged("/** */\nint create(int a);\n");
}

/*
 * Once a bug: "Return:" and its like begin a section; they are no part
 * of the description in front of them.
 */
static void test_section_behind(void)
{
	assert_clean(HEAD " * @flags: y\n * Return: a pointer\n" TAIL,
		     HEAD " * Return: a pointer\n" TAIL);
	assert_clean(HEAD " * @flags: y\n * Context: any\n" TAIL,
		     HEAD " * Context: any\n" TAIL);
	assert_clean(HEAD " * @flags: y\n * Description: long\n" TAIL,
		     HEAD " * Description: long\n" TAIL);
}

/* Once a bug: a description that ends in the line of the end stays. */
static void test_end_on_same_line(void)
{
	assert_clean("/**\n * create - x\n * @flags: y */\nint create(int a);\n",
		     "/**\n * create - x\n */\nint create(int a);\n");
	assert_clean("/**\n * create - x\n * @flags: y\n * z */\n"
		     "int create(int a);\n",
		     "/**\n * create - x\n */\nint create(int a);\n");
}

static void test_stale_lines(void)
{
	static const char text[] = HEAD " * @flags: y\n *  z\n" TAIL;
	GPtrArray *steps = unit_steps();
	const struct step *step = steps->pdata[0];
	struct source *source = source_new(text, strlen(text));
	struct kerneldoc_line line;

	g_assert_true(kerneldoc_stale(source, &source->lexed.comments[0],
				      step->rules->pdata[0], &line));
	g_assert_cmpuint(line.offset, ==, strlen(HEAD));
	g_assert_cmpuint(line.length, ==, strlen(" * @flags: y\n *  z\n"));
	/* The rule of another function. */
	g_assert_false(kerneldoc_stale(source, &source->lexed.comments[0],
				       step->rules->pdata[1], &line));
	source_free(source);
	g_ptr_array_unref(steps);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/kerneldoc/one-line", test_one_line);
	g_test_add_func("/kerneldoc/continued", test_continued);
	g_test_add_func("/kerneldoc/last", test_last);
	g_test_add_func("/kerneldoc/declarations", test_declarations);
	g_test_add_func("/kerneldoc/several", test_several);
	g_test_add_func("/kerneldoc/crlf", test_crlf);
	g_test_add_func("/kerneldoc/not-stale", test_not_stale);
	g_test_add_func("/kerneldoc/other-parameter", test_other_parameter);
	g_test_add_func("/kerneldoc/other-function", test_other_function);
	g_test_add_func("/kerneldoc/other-macro", test_other_macro);
	g_test_add_func("/kerneldoc/no-kerneldoc", test_no_kerneldoc);
	g_test_add_func("/kerneldoc/section-behind", test_section_behind);
	g_test_add_func("/kerneldoc/end-on-same-line", test_end_on_same_line);
	g_test_add_func("/kerneldoc/stale-lines", test_stale_lines);
	return g_test_run();
}
