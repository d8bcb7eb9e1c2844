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

enum mode { BODIES, LOCAL, KEEP_LINES };

static GBytes *cut_as(GBytes *text, enum mode mode)
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
	slice = slice_cut(text, source, words, mode == LOCAL,
			  mode == KEEP_LINES);
	source_free(source);
	words_free(words);
	g_ptr_array_unref(names);
	return slice;
}

static GBytes *bytes(const char *text)
{
	return bytes_from_string(g_string_new(text));
}

static void assert_cut_as(enum mode mode, const char *text,
			  const char *expected)
{
	GBytes *before = bytes(text);
	GBytes *slice = cut_as(before, mode);

	g_assert_cmpstr(g_bytes_get_data(slice, NULL), ==, expected);
	g_bytes_unref(slice);
	g_bytes_unref(before);
}

static void assert_cut(const char *text, const char *expected)
{
	assert_cut_as(BODIES, text, expected);
}

static void test_cut(void)
{
	assert_cut(file,
		   "int kept(void)\n{\n\treturn api(0);\n}\n"
		   "\n"
		   "int cut(int a)\n{\n/*8-11*/\n}\n"
		   "static int line(void) { return 1; }\n"
		   "int empty(void)\n{\n}\n");
	assert_cut_as(KEEP_LINES, file,
		      "int kept(void)\n{\n\treturn api(0);\n}\n"
		      "\n"
		      "int cut(int a)\n{\n/*8-8*/\n/*9-9*/\n/*10-10*/\n/*11-11*/\n}\n"
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

/* The rest of the file scope goes as well, but for typedefs and directives. */
static void test_local(void)
{
	assert_cut_as(LOCAL, file,
		      "int kept(void)\n{\n\treturn api(0);\n}\n"
		      "\n"
		      "/*6-16*/\n");
	assert_cut_as(LOCAL,
		      "#include <a.h>\n\ntypedef struct {\n\tint a;\n} t;\nstruct s {\n\tint b;\n};\n\n/* prose */\nstatic int v[] = {\n\t1,\n};\nint w = api;\n",
		      "#include <a.h>\n\ntypedef struct {\n\tint a;\n} t;\n/*6-8*/\n\n/* prose */\n/*11-13*/\nint w = api;\n");
	/* Two on a line, a directive inside, a comment across the end. */
	assert_cut_as(LOCAL, "int a; int api;\n", "int a; int api;\n");
	assert_cut_as(LOCAL, "struct s {\n#ifdef A\n\tint b;\n#endif\n};\n",
		      "struct s {\n#ifdef A\n\tint b;\n#endif\n};\n");
	assert_cut_as(LOCAL, "int a; /* b\n * c */\nint d;\n",
		      "int a; /* b\n * c */\n/*3-3*/\n");
	/* Nothing behind a bracket without a partner. */
	assert_cut_as(LOCAL, "int a;\nint b(;\nint c;\n",
		      "/*1-1*/\nint b(;\nint c;\n");
	/* A struct and a function that belongs to it, a macro without semicolon. */
	assert_cut_as(LOCAL, "M(x)\nint f(void)\n{\n}\nint g(void)\n{\n\tapi();\n}\n",
		      "/*1-4*/\nint g(void)\n{\n\tapi();\n}\n");
	/* What looks like the marker that would stand there. */
	assert_cut_as(LOCAL, "int a;\n/*3-4*/\nint b;\nint c;\n",
		      "/*1-1*/\n/*3-4*/\n/*3-4*/\n");
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
static void assert_restored_as(enum mode mode, const char *text,
			       const char *from, const char *to,
			       const char *expected)
{
	GBytes *before = bytes(text);
	GBytes *slice = cut_as(before, mode);
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

static void assert_restored(const char *text, const char *from, const char *to,
			    const char *expected)
{
	assert_restored_as(BODIES, text, from, to, expected);
}

static void assert_edit(const char *from, const char *to)
{
	GString *expected = g_string_new(file);

	g_assert_cmpuint(g_string_replace(expected, from, to, 1), ==, 1);
	for (int mode = BODIES; mode <= KEEP_LINES; mode++)
		if (mode != LOCAL || !strstr(from, "empty"))
			assert_restored_as((enum mode)mode, file, from, to,
					   expected->str);
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
	assert_restored(file, "/*8-11*/\n", "", NULL);
	assert_restored(file, "/*8-11*/", "/* 8-11 */", NULL);
	assert_restored(file, "/*8-11*/", "/*8-12*/", NULL);
	assert_restored_as(KEEP_LINES, file, "/*9-9*/\n", "", NULL);
	assert_restored_as(KEEP_LINES, file, "/*8-8*/\n/*9-9*/\n",
			   "/*9-9*/\n/*8-8*/\n", NULL);
	assert_restored_as(LOCAL, file, "/*6-16*/", "/*6-15*/", NULL);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/slice/cut", test_cut);
	g_test_add_func("/slice/directives", test_directives);
	g_test_add_func("/slice/local", test_local);
	g_test_add_func("/slice/unsafe", test_unsafe);
	g_test_add_func("/slice/restore", test_restore);
	g_test_add_func("/slice/refuse", test_refuse);
	return g_test_run();
}
