// SPDX-License-Identifier: GPL-2.0-only
/* Cutting slices of files and carrying changes of a slice over to the file. */
#include "unit.h"

#include "slice.h"

static const char file[] =
	"int kept(void)\n{\n\treturn api(0);\n}\n"
	"\n"
	"int cut(int a)\n{\n\t/* prose */\n\tint b = a;\n\n\treturn b;\n}\n"
	"static int line(void) { return 1; }\n"
	"int empty(void)\n{\n}\n";

static GBytes *cut(GBytes *text)
{
	GPtrArray *names = g_ptr_array_new();
	struct source *source;
	struct words *words;
	GBytes *slice;
	gsize len;
	const char *data = g_bytes_get_data(text, &len);

	g_ptr_array_add(names, (char *)"api");
	words = words_new(names);
	source = source_new(data, len);
	slice = slice_cut(text, source, words);
	source_free(source);
	words_free(words);
	g_ptr_array_unref(names);
	return slice;
}

static GBytes *bytes(const char *text)
{
	return bytes_from_string(g_string_new(text));
}

static void assert_cut(const char *text, const char *expected)
{
	GBytes *before = bytes(text);
	GBytes *slice = cut(before);

	g_assert_cmpstr(g_bytes_get_data(slice, NULL), ==, expected);
	g_bytes_unref(slice);
	g_bytes_unref(before);
}

static void test_cut(void)
{
	assert_cut(file,
		   "int kept(void)\n{\n\treturn api(0);\n}\n"
		   "\n"
		   "int cut(int a)\n{\n/*8*/\n/*9*/\n/*10*/\n/*11*/\n}\n"
		   "static int line(void) { return 1; }\n"
		   "int empty(void)\n{\n}\n");
	assert_cut("", "");
	assert_cut("int x;\n", "int x;\n");
}

/* A # line keeps its function whole: conditionals and macros reach further. */
static void test_directives(void)
{
	assert_cut("int f(void)\n{\n#ifdef A\n\ta();\n#endif\n}\n",
		   "int f(void)\n{\n#ifdef A\n\ta();\n#endif\n}\n");
	assert_cut("int f(void)\n{\n#define M api\n\ta();\n}\n",
		   "int f(void)\n{\n#define M api\n\ta();\n}\n");
}

/* Braces that are not balanced, or a comment across the cut: left whole. */
static void test_unsafe(void)
{
	assert_cut("int f(void)\n{\n\tif (a) {\n\tb();\n",
		   "int f(void)\n{\n\tif (a) {\n\tb();\n");
	assert_cut("int f(void)\n{ /* a\n * b */\n\tc();\n}\n",
		   "int f(void)\n{ /* a\n * b */\n\tc();\n}\n");
}

/* Cut, replace @from by @to in the slice, restore. */
static void assert_restored(const char *text, const char *from, const char *to,
			    const char *expected)
{
	GBytes *before = bytes(text);
	GBytes *slice = cut(before);
	GString *edited = g_string_new(g_bytes_get_data(slice, NULL));
	GBytes *result, *restored;

	g_assert_cmpuint(g_string_replace(edited, from, to, 1), ==, 1);
	result = bytes_from_string(edited);
	restored = slice_restore(before, slice, result);
	if (expected) {
		g_assert_nonnull(restored);
		g_assert_cmpstr(g_bytes_get_data(restored, NULL), ==, expected);
		g_bytes_unref(restored);
	} else {
		g_assert_null(restored);
	}
	g_bytes_unref(result);
	g_bytes_unref(slice);
	g_bytes_unref(before);
}

static void assert_edit(const char *from, const char *to)
{
	GString *expected = g_string_new(file);

	g_assert_cmpuint(g_string_replace(expected, from, to, 1), ==, 1);
	assert_restored(file, from, to, expected->str);
	g_string_free(expected, TRUE);
}

static void test_restore(void)
{
	assert_edit("api(0)", "api()");
	assert_edit("\treturn api(0);\n", "");
	assert_edit("\treturn api(0);\n", "\tint r;\n\n\treturn r;\n");
	assert_edit("int kept(void)\n", "");
	assert_edit("int empty(void)\n{\n}\n", "");
	assert_edit("int kept", "#include <x.h>\nint kept");
}

/* What was cut must still be there. */
static void test_refuse(void)
{
	assert_restored(file, "/*9*/\n", "", NULL);
	assert_restored(file, "/*8*/\n/*9*/\n", "/*9*/\n/*8*/\n", NULL);
	assert_restored(file, "/*10*/", "/* 10 */", NULL);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/slice/cut", test_cut);
	g_test_add_func("/slice/directives", test_directives);
	g_test_add_func("/slice/unsafe", test_unsafe);
	g_test_add_func("/slice/restore", test_restore);
	g_test_add_func("/slice/refuse", test_refuse);
	return g_test_run();
}
