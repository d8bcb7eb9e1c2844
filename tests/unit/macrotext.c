// SPDX-License-Identifier: GPL-2.0-only
/* Macros that are replaced by text blocks, with the kernel-doc above them. */
#include "macrotext.h"

#include "unit.h"

#define BLOCK "/**\n * make - m\n */\n#define make(a) f(a)\n"

/* A step that replaces make() and run(). */
static GPtrArray *read_steps(void)
{
	char *folder = unit_folder();
	GPtrArray *steps;
	char *error = NULL;

	unit_put(folder, "01-macros.cocci",
		 "/// macros\n"
		 "//% macro-text: make_text make\n"
		 "//% macro-text: run_text run\n"
		 "//% macro-text: none missing\n"
		 "//% macro-text: other_text other\n"
		 "//> make_text\n"
		 "//| /**\n//|  * make - m\n//|  */\n"
		 "//| #define make(a) f(a)\n"
		 "//> run_text\n"
		 "//| #define run(a, b, ...) \\\n//| \tf(a, b)\n"
		 "//> other_text\n"
		 "//| int other_is_no_macro_here;\n");
	steps = steps_read(folder, &error);
	if (!steps)
		g_error("%s", error);
	unit_remove(folder);
	return steps;
}

static void assert_replaced(const char *text, const char *expected)
{
	GPtrArray *steps = read_steps();
	struct source *source = source_new(text, strlen(text));
	struct edits *edits = edits_new();
	GBytes *bytes = unit_bytes(text), *result;

	macrotext_replace(steps->pdata[0], source, edits);
	result = edits_apply(edits, bytes);
	unit_assert_bytes(result, expected);
	g_bytes_unref(result);
	g_bytes_unref(bytes);
	source_free(source);
	g_ptr_array_unref(steps);
}

static void assert_kept(const char *text)
{
	assert_replaced(text, text);
}

static void test_nothing(void)
{
	assert_kept("");
	assert_kept("int x;\n");
	assert_kept("int make(int a, int b);\n");
	assert_kept("#undef make\n#ifdef make\n#endif\n");
	assert_kept("#define makes(a, b) x\n#define remake(a, b) x\n");
	assert_kept("#define x make(a, b)\n");
	assert_kept("/*\n#define make(a, b) x\n*/\n");
	assert_kept("#define\n");
	assert_kept("#define");
}

/* The number of parameters says what is old. */
static void test_new(void)
{
	assert_kept("#define make(x) other\n");
	assert_kept(BLOCK);
	assert_kept("#define run(a, b, ...) g(a)\n");
	/* Nothing in the block says what is new, or there is no block. */
	assert_kept("#define other(a) a\n");
	assert_kept("#define missing(a) a\n");
}

static void test_old(void)
{
	assert_replaced("#define make(a, b) f(a, b)\n", BLOCK);
	assert_replaced("#define make() f()\n", BLOCK);
	assert_replaced("#define make f\n", BLOCK);
	assert_replaced("#define make (a)\n", BLOCK);
	assert_replaced("#define make\n", BLOCK);
	assert_replaced("#define make(a, ...)\n", BLOCK);
	assert_replaced("#  define make(a, b) f(a, b)\n", BLOCK);
	assert_replaced("  #define make(a, b) f(a, b)\n", BLOCK);
}

static void test_surroundings(void)
{
	assert_replaced("int x;\n#define make(a, b) f(a, b)\nint y;\n",
			"int x;\n" BLOCK "int y;\n");
	assert_replaced("int x;\n\n#define make(a, b) f(a, b)\n\nint y;\n",
			"int x;\n\n" BLOCK "\nint y;\n");
	/* No line break at the end of the file. */
	assert_replaced("int x;\n#define make(a, b) f(a, b)",
			"int x;\n" BLOCK);
	assert_replaced("#define make", BLOCK);
}

static void test_lines(void)
{
	assert_replaced("#define make(a, b)\t\\\n\tdo {\t\\\n\t\tf(a);\t\\\n"
			"\t} while (0)\nint y;\n", BLOCK "int y;\n");
	assert_replaced("#define make(a,\t\\\n\t     b)\t\\\n\tf(a, b)\nx\n",
			BLOCK "x\n");
	assert_replaced("#define make(a, b) \\\n#a \\\n#b\nx\n", BLOCK "x\n");
	assert_replaced("#define make(a, b) f(a)\n#define x y\n",
			BLOCK "#define x y\n");
}

/* Once bugs: what begins or ends elsewhere than in the last token's line. */
static void test_splices(void)
{
	assert_replaced("#define \\\n\tmake(a, b) \\\n\tf(a)\nx\n",
			BLOCK "x\n");
	assert_replaced("# \\\n define \\\n make(a, b) f(a)\nx\n",
			BLOCK "x\n");
	assert_replaced("#define make(a, b) f(a) \\\n\nx\n", BLOCK "x\n");
	assert_replaced("#define make(a, b) f(a) \\\n", BLOCK);
}

static void test_comments_inside(void)
{
	assert_replaced("#define make(a /* x */, b) f(a) /* y */\nx\n",
			BLOCK "x\n");
	assert_replaced("#define /* x */ make(a, b) f(a) // y\nx\n",
			BLOCK "x\n");
	/* A comment that goes on belongs to the macro. */
	assert_replaced("#define make(a, b) f(a) /* y\n * z */\nx\n",
			BLOCK "x\n");
	assert_replaced("#define make(a, b) f(a) \\\n\t/* y */\nx\n",
			BLOCK "x\n");
	assert_replaced("#define make(a, b) f(a) // y \\\nz\nx\n",
			BLOCK "x\n");
	assert_replaced("#define make(a, b) f(a) /* open", BLOCK);
}

static void test_kernel_doc(void)
{
	assert_replaced("/**\n * make - old\n * @a: x\n */\n"
			"#define make(a, b) f(a, b)\n", BLOCK);
	assert_replaced("int x;\n/** make - old */\n#define make(a, b) f(a)\n",
			"int x;\n" BLOCK);
	assert_replaced("\t/** make - old */\n#define make(a, b) f(a)\n",
			BLOCK);
}

/* Comments that are no kernel-doc of the macro. */
static void test_other_comments(void)
{
	assert_replaced("/* about */\n#define make(a, b) f(a, b)\n",
			"/* about */\n" BLOCK);
	assert_replaced("// about\n#define make(a, b) f(a, b)\n",
			"// about\n" BLOCK);
	assert_replaced("/** of x */\n\n#define make(a, b) f(a, b)\n",
			"/** of x */\n\n" BLOCK);
	assert_replaced("/** of x */\nint x;\n#define make(a, b) f(a, b)\n",
			"/** of x */\nint x;\n" BLOCK);
	assert_replaced("/** of x */ int x;\n#define make(a, b) f(a, b)\n",
			"/** of x */ int x;\n" BLOCK);
	assert_replaced("/**/\n#define make(a, b) f(a, b)\n",
			"/**/\n" BLOCK);
	assert_replaced("/*******\n * part\n *******/\n#define make(a, b) f(a)\n",
			"/*******\n * part\n *******/\n" BLOCK);
	/* Once a bug: the text was put behind the code. */
	assert_replaced("int x; /** of x */\n#define make(a, b) f(a, b)\n",
			"int x; /** of x */\n" BLOCK);
}

/* Once a bug: the comment's first line was left, without an end. */
static void test_comment_in_front(void)
{
	assert_replaced("/* x\n * y */ #define make(a, b) f(a)\nz\n",
			"/* x\n * y */ " BLOCK "z\n");
}

static void test_both(void)
{
	assert_replaced("/** old */\n#define make(a, b) \\\n\tf(a)\n\n"
			"/** old */\n#define run(a, b) f(a)\n",
			BLOCK "\n#define run(a, b, ...) \\\n\tf(a, b)\n");
	assert_replaced("#define run(a) x\n#define make(a, b) x\n",
			"#define run(a, b, ...) \\\n\tf(a, b)\n" BLOCK);
}

/* Once a bug: only the first definition was looked at. */
static void test_branches(void)
{
	assert_replaced("#ifdef X\n#define make(a, b) f(a)\n#else\n"
			"#define make(a, b) g(a)\n#endif\n",
			"#ifdef X\n" BLOCK "#else\n" BLOCK "#endif\n");
	assert_replaced("#ifdef X\n#define make(a) f(a)\n#else\n"
			"#define make(a, b) g(a)\n#endif\n",
			"#ifdef X\n#define make(a) f(a)\n#else\n" BLOCK
			"#endif\n");
}

static void test_unmatched(void)
{
	/* A list that nothing closes has no number of parameters. */
	assert_replaced("#define make(a, b\nx\n", BLOCK "x\n");
	assert_replaced("#define make(a, \"b)\nx\n", BLOCK "x\n");
	assert_kept("#define make(a) ((((\nx\n");
	assert_kept("}}}))]\n#define make(a) x\n");
}

static void test_is_old(void)
{
	static const char text[] =
		"#define make(a) f(a)\n#define run(a) x\n";
	GPtrArray *steps = read_steps();
	const struct step *step = steps->pdata[0];
	struct source *source = source_new(text, strlen(text));
	const struct macro *old;

	g_assert_null(macrotext_old(step, step->rules->pdata[0], source, 0));
	old = macrotext_old(step, step->rules->pdata[1], source, 0);
	g_assert_nonnull(old);
	if (old)
		g_assert_true(token_is(&source->lexed, old->name, "run"));
	g_assert_null(macrotext_old(step, step->rules->pdata[2], source, 0));
	g_assert_null(macrotext_old(step, step->rules->pdata[3], source, 0));
	source_free(source);
	g_ptr_array_unref(steps);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/macrotext/nothing", test_nothing);
	g_test_add_func("/macrotext/new", test_new);
	g_test_add_func("/macrotext/old", test_old);
	g_test_add_func("/macrotext/surroundings", test_surroundings);
	g_test_add_func("/macrotext/lines", test_lines);
	g_test_add_func("/macrotext/splices", test_splices);
	g_test_add_func("/macrotext/comments-inside", test_comments_inside);
	g_test_add_func("/macrotext/kernel-doc", test_kernel_doc);
	g_test_add_func("/macrotext/other-comments", test_other_comments);
	g_test_add_func("/macrotext/comment-in-front", test_comment_in_front);
	g_test_add_func("/macrotext/both", test_both);
	g_test_add_func("/macrotext/branches", test_branches);
	g_test_add_func("/macrotext/unmatched", test_unmatched);
	g_test_add_func("/macrotext/is-old", test_is_old);
	return g_test_run();
}
