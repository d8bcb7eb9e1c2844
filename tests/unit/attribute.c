// SPDX-License-Identifier: GPL-2.0-only
/* The numbers in __printf() attributes after a parameter is gone. */
#include "attribute.h"

#include "unit.h"

static void assert_fixed(const char *text, const char *expected)
{
	GPtrArray *steps = unit_steps();
	struct source *source = source_new(text, strlen(text));
	struct edits *edits = edits_new();
	GBytes *before = unit_bytes(text);
	GBytes *after;

	attribute_fix(steps->pdata[0], source, edits);
	after = edits_apply(edits, before);
	unit_assert_bytes(after, expected);
	g_bytes_unref(after);
	g_bytes_unref(before);
	source_free(source);
	g_ptr_array_unref(steps);
}

static void assert_unchanged(const char *text)
{
	assert_fixed(text, text);
}

static void test_before(void)
{
	assert_fixed("__printf(2, 3)\nint create(const char *f, ...);\n",
		     "__printf(1, 2)\nint create(const char *f, ...);\n");
	assert_fixed("__printf(3, 4) struct worker *\n"
		     "create_on_cpu(int cpu, const char *f, ...)\n{\n}\n",
		     "__printf(2, 3) struct worker *\n"
		     "create_on_cpu(int cpu, const char *f, ...)\n{\n}\n");
	assert_fixed("static __printf( 2 , 3 ) int create(char *f, ...);\n",
		     "static __printf( 1 , 2 ) int create(char *f, ...);\n");
}

static void test_behind(void)
{
	assert_fixed("int create(const char *f, ...) __printf(2, 3);\n",
		     "int create(const char *f, ...) __printf(1, 2);\n");
	assert_fixed("int create(const char *f, ...)\n\t__printf(2, 3);\n"
		     "int other(int a, const char *f, ...) __printf(2, 3);\n",
		     "int create(const char *f, ...)\n\t__printf(1, 2);\n"
		     "int other(int a, const char *f, ...) __printf(2, 3);\n");
}

static void test_va_list(void)
{
	assert_fixed("static __printf(3, 0) struct worker *\n"
		     "create_on_node(int n, const char f[], va_list args)\n{\n}",
		     "static __printf(2, 0) struct worker *\n"
		     "create_on_node(int n, const char f[], va_list args)\n{\n}");
	/* The second number too, should it be wrong. */
	assert_fixed("__printf(2, 3) int create(const char *f, va_list a);\n",
		     "__printf(1, 0) int create(const char *f, va_list a);\n");
}

static void test_right(void)
{
	assert_unchanged("__printf(1, 2) int create(const char *f, ...);\n");
	assert_unchanged("int create(int a, char *f, ...) __printf(2, 3);\n");
	assert_unchanged("__printf(1, 0) int create(char *f, va_list args);\n");
}

static void test_other_functions(void)
{
	assert_unchanged("__printf(2, 3) int other(const char *f, ...);\n");
	assert_unchanged("int other(const char *f, ...) __printf(2, 3);\n"
			 "int create(const char *f, ...);\n");
	assert_unchanged("__printf(2, 3) int other(const char *f, ...)\n{\n"
			 "\tcreate(f, a);\n}\n");
	assert_unchanged("__printf(2, 3) int recreate(const char *f, ...);\n");
	assert_unchanged("int create(const char *f, ...);\n"
			 "int other(int a, char *f, ...) __printf(2, 4);\n");
}

static void test_other_attributes(void)
{
	assert_unchanged("__scanf(2, 3) int create(const char *f, ...);\n");
	assert_unchanged("__attribute__((format(printf, 2, 3))) "
			 "int create(const char *f, ...);\n");
}

/* Once a bug: the macro's definition is no attribute. */
static void test_attribute_definition(void)
{
	assert_unchanged("#define __printf(a, b)\nint create(char *f, ...);\n");
}

static void test_no_printf_function(void)
{
	assert_unchanged("__printf(2, 3) int create(int a, int b);\n");
	assert_unchanged("__printf(2, 3) int create(void);\n");
	assert_unchanged("__printf(2, 3) int create(...);\n");
}

static void test_several(void)
{
	assert_fixed("__printf(2, 3)\nint create(const char *f, ...);\n"
		     "__printf(3, 4)\nint create_on_cpu(int c, char *f, ...);\n",
		     "__printf(1, 2)\nint create(const char *f, ...);\n"
		     "__printf(2, 3)\nint create_on_cpu(int c, char *f, ...);\n");
}

static void test_cut_off(void)
{
	assert_unchanged("__printf(2, 3)");
	assert_unchanged("__printf(2, 3) int create");
	assert_unchanged("__printf(2, 3) int create(const char *f, ...");
	assert_unchanged("__printf(2");
}

/* Once a bug: the va_list counts only as the last parameter. */
static void test_va_list_in_the_middle(void)
{
	assert_fixed("__printf(2, 0) int create(char *f, va_list a, int b);\n",
		     "__printf(1, 0) int create(char *f, va_list a, int b);\n");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/attribute/before", test_before);
	g_test_add_func("/attribute/behind", test_behind);
	g_test_add_func("/attribute/va-list", test_va_list);
	g_test_add_func("/attribute/right", test_right);
	g_test_add_func("/attribute/other-functions", test_other_functions);
	g_test_add_func("/attribute/other-attributes", test_other_attributes);
	g_test_add_func("/attribute/attribute-definition",
			test_attribute_definition);
	g_test_add_func("/attribute/no-printf-function",
			test_no_printf_function);
	g_test_add_func("/attribute/several", test_several);
	g_test_add_func("/attribute/cut-off", test_cut_off);
	g_test_add_func("/attribute/va-list-in-the-middle",
			test_va_list_in_the_middle);
	return g_test_run();
}
