// SPDX-License-Identifier: GPL-2.0-only
/* Text blocks in the place of their names, and blank lines made empty. */
#include "textblock.h"

#include "unit.h"

/* Expand @text, which was made from @before; blocks A, two and EMPTY. */
static void assert_after(const char *before, const char *text,
			 const char *expected)
{
	GHashTable *texts = g_hash_table_new(g_str_hash, g_str_equal);
	GBytes *old = unit_bytes(before), *new = unit_bytes(text), *result;
	char a[] = "/* a */\n\tint a;\n", two[] = "two\n\t\n", empty[] = "";

	g_hash_table_insert(texts, "A", a);
	g_hash_table_insert(texts, "two", two);
	g_hash_table_insert(texts, "EMPTY", empty);
	result = textblock_expand(texts, old, new);
	unit_assert_bytes(result, expected);
	g_bytes_unref(result);
	g_bytes_unref(new);
	g_bytes_unref(old);
	g_hash_table_unref(texts);
}

static void assert_expanded(const char *text, const char *expected)
{
	assert_after("", text, expected);
}

static void test_nothing(void)
{
	assert_expanded("", "");
	assert_expanded("\n", "\n");
	assert_expanded("int x;", "int x;");
	assert_expanded("int x;\n", "int x;\n");
	assert_expanded("\n\n\nint x;\n\n", "\n\n\nint x;\n\n");
}

static void test_block(void)
{
	assert_expanded("int TEXT_A;\n", "/* a */\n\tint a;\n");
	assert_expanded("x;\nint TEXT_A;\ny;\n",
			"x;\n/* a */\n\tint a;\ny;\n");
	assert_expanded("\t  int TEXT_A;\n", "/* a */\n\tint a;\n");
	assert_expanded("int TEXT_EMPTY;\nx;\n", "x;\n");
	/* Lines of the block are a human's and stay. */
	assert_expanded("int TEXT_two;\nint TEXT_A;\n",
			"two\n\t\n/* a */\n\tint a;\n");
	assert_expanded("int TEXT_A;\nint TEXT_A;\n",
			"/* a */\n\tint a;\n/* a */\n\tint a;\n");
}

/* A block ends its last line, the file's last line need not. */
static void test_no_newline(void)
{
	assert_expanded("int TEXT_A;", "/* a */\n\tint a;\n");
	assert_expanded("x;\n  int TEXT_A;", "x;\n/* a */\n\tint a;\n");
	assert_expanded("x;\n\t", "x;\n");
}

/* Once a bug: the name was not seen. */
static void test_blanks_behind(void)
{
	assert_expanded("int TEXT_A; \t\nx;\n", "/* a */\n\tint a;\nx;\n");
}

static void test_no_block(void)
{
	static const char *const lines[] = {
		"int TEXT_B;\n", "int TEXT_;\n", "int TEXT_A\n",
		"int TEXT_A", "int TEXT_", "int TEXT_A;;\n",
		"int TEXT_A; int x;\n", "int TEXT_A = 0;\n",
		"int TEXT_A, b;\n", "extern int TEXT_A;\n", "int  TEXT_A;\n",
		"int\nTEXT_A;\n", "int TEXT_a;\n", "int TEXT_AA;\n",
		"xint TEXT_A;\n", "\"int TEXT_A;\n", "// int TEXT_A;\n",
		"int TEXT_A ;\n", ";\n", "int TEXT_;", "i",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
		assert_expanded(lines[i], lines[i]);
}

static void test_blank_lines(void)
{
	assert_expanded("a;\n\t\nb;\n  \n\n", "a;\n\nb;\n\n\n");
	assert_after("a;\n\nb;\n", "a;\n \t \nb;\n", "a;\n\nb;\n");
	/* Trailing white space of other lines is not looked at. */
	assert_expanded("a; \n\tb;\t\n", "a; \n\tb;\t\n");
	assert_expanded("\f\n", "\f\n");
}

/* The author's own lines of this kind stay. */
static void test_blank_lines_of_author(void)
{
	assert_after("a;\n\t\nb;\n", "a;\n\t\nb;\n", "a;\n\t\nb;\n");
	assert_after("\t", "x\n\t", "x\n\t");
	assert_after(" \na;\n", " \nint TEXT_A;\n",
		     " \n/* a */\n\tint a;\n");
}

static void test_long_line(void)
{
	char *spaces = g_strnfill(200000, ' ');
	char *text = g_strdup_printf("%sint TEXT_A;\n%s\nx%s\n", spaces,
				     spaces, spaces);
	char *expected = g_strdup_printf("/* a */\n\tint a;\n\nx%s\n", spaces);

	assert_expanded(text, expected);
	g_free(expected);
	g_free(text);
	g_free(spaces);
}

static void assert_is_in(const char *text, gsize length, bool there)
{
	GBytes *bytes = bytes_from_string(g_string_new_len(text,
							   (gssize)length));

	g_assert_cmpint(textblock_is_in(bytes), ==, there);
	g_bytes_unref(bytes);
}

static void test_is_in(void)
{
	assert_is_in("", 0, false);
	assert_is_in("int TEXT_A;", 11, true);
	assert_is_in("x\n\tint TEXT_A;\n", 15, true);
	assert_is_in("int TEXT", 8, false);
	assert_is_in("int TEXT_", 9, true);
	assert_is_in("int TEXT_", 8, false);
	/* A NUL is an ordinary byte. */
	assert_is_in("a\0int TEXT_A;\n", 14, true);
}

static void test_nul(void)
{
	GHashTable *texts = g_hash_table_new(g_str_hash, g_str_equal);
	GBytes *text = bytes_from_string(g_string_new_len(
		"a\0\n\0\n \n\0int TEXT_A;\nint TEXT_A\0;\n", 33));
	GBytes *result = textblock_expand(texts, text, text);

	/* Nothing to expand, and blank lines were there before. */
	g_assert_true(g_bytes_equal(result, text));
	g_bytes_unref(result);
	g_bytes_unref(text);
	g_hash_table_unref(texts);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/textblock/nothing", test_nothing);
	g_test_add_func("/textblock/block", test_block);
	g_test_add_func("/textblock/no-newline", test_no_newline);
	g_test_add_func("/textblock/blanks-behind", test_blanks_behind);
	g_test_add_func("/textblock/no-block", test_no_block);
	g_test_add_func("/textblock/blank-lines", test_blank_lines);
	g_test_add_func("/textblock/blank-lines-of-author",
			test_blank_lines_of_author);
	g_test_add_func("/textblock/long-line", test_long_line);
	g_test_add_func("/textblock/is-in", test_is_in);
	g_test_add_func("/textblock/nul", test_nul);
	return g_test_run();
}
