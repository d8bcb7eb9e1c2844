// SPDX-License-Identifier: GPL-2.0-only
/* Collected replacements: order, places, and none at all. */
#include "edit.h"

#include "unit.h"

static void test_none(void)
{
	GBytes *bytes = unit_bytes("abc");
	GBytes *same = edits_apply(edits_new(), bytes);

	g_assert_true(same == bytes);
	g_bytes_unref(same);
	g_bytes_unref(bytes);
}

/* Apply @edits to @text. */
static void assert_apply(struct edits *edits, const char *text,
			 const char *expected)
{
	GBytes *before = unit_bytes(text);
	GBytes *after = edits_apply(edits, before);

	unit_assert_bytes(after, expected);
	unit_assert_bytes(before, text);
	g_bytes_unref(after);
	g_bytes_unref(before);
}

static void assert_one(size_t offset, size_t length, const char *text,
		       const char *expected)
{
	struct edits *edits = edits_new();

	edits_replace(edits, offset, length, text);
	assert_apply(edits, "abcdef", expected);
}

static void test_places(void)
{
	assert_one(0, 1, "X", "Xbcdef");
	assert_one(2, 2, "XYZ", "abXYZef");
	assert_one(5, 1, "X", "abcdeX");
	assert_one(0, 6, "", "");
	assert_one(0, 0, "X", "Xabcdef");
	assert_one(6, 0, "X", "abcdefX");
	assert_one(3, 0, "", "abcdef");
}

static void test_order(void)
{
	struct edits *edits = edits_new();

	/* Neighbours, and not in the order of the text. */
	edits_replace(edits, 4, 1, "4");
	edits_replace(edits, 0, 2, "0");
	edits_replace(edits, 5, 0, "5");
	edits_replace(edits, 2, 2, "");
	assert_apply(edits, "abcdef", "045f");
}

static void test_copies(void)
{
	struct edits *edits = edits_new();
	char text[] = "X";

	edits_replace(edits, 1, 1, text);
	text[0] = 'Y';
	assert_apply(edits, "abc", "aXc");
}

static void test_nul_bytes(void)
{
	GBytes *before = bytes_from_string(g_string_new_len("a\0b\0c", 5));
	struct edits *edits = edits_new();
	GBytes *after;

	edits_replace(edits, 2, 1, "BB");
	after = edits_apply(edits, before);
	g_assert_cmpmem(g_bytes_get_data(after, NULL), g_bytes_get_size(after),
			"a\0BB\0c", 6);
	g_bytes_unref(after);
	g_bytes_unref(before);
}

static void test_overlap(void)
{
	if (g_test_subprocess()) {
		struct edits *edits = edits_new();

		edits_replace(edits, 0, 3, "");
		edits_replace(edits, 2, 1, "");
		assert_apply(edits, "abcdef", "");
		return;
	}
	g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
	g_test_trap_assert_failed();
	g_test_trap_assert_stderr("*offset >= at*");
}

static void test_from_string(void)
{
	GBytes *bytes = bytes_from_string(g_string_new("abc"));
	GBytes *empty = bytes_from_string(g_string_new(NULL));

	/* A NUL stands behind the bytes, without being one of them. */
	g_assert_cmpuint(g_bytes_get_size(bytes), ==, 3);
	g_assert_cmpstr(g_bytes_get_data(bytes, NULL), ==, "abc");
	g_assert_cmpuint(g_bytes_get_size(empty), ==, 0);
	g_assert_cmpstr(g_bytes_get_data(empty, NULL), ==, "");
	g_bytes_unref(empty);
	g_bytes_unref(bytes);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/edit/none", test_none);
	g_test_add_func("/edit/places", test_places);
	g_test_add_func("/edit/order", test_order);
	g_test_add_func("/edit/copies", test_copies);
	g_test_add_func("/edit/nul-bytes", test_nul_bytes);
	g_test_add_func("/edit/overlap", test_overlap);
	g_test_add_func("/edit/from-string", test_from_string);
	return g_test_run();
}
