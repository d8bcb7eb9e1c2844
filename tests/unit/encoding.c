// SPDX-License-Identifier: GPL-2.0-only
/* Byte order marks, line ends and NUL bytes, there and back. */
#include "encoding.h"

#include "unit.h"

#define BOM "\xef\xbb\xbf"

/* Decode and encode again; the way back gives the same bytes. */
static void assert_round_trip(const char *file, const char *text, bool mark,
			      bool crlf)
{
	GBytes *before = unit_bytes(file);
	struct encoding encoding = { .byte_order_mark = !mark, .crlf = !crlf };
	const char *reason = NULL;
	GBytes *plain = encoding_decode(before, &encoding, &reason);
	GBytes *after;

	g_assert_nonnull(plain);
	g_assert_null(reason);
	if (plain) {
		unit_assert_bytes(plain, text);
		g_assert_true(encoding.byte_order_mark == mark);
		g_assert_true(encoding.crlf == crlf);
		after = encoding_encode(plain, &encoding);
		g_assert_true(g_bytes_equal(before, after));
		g_bytes_unref(after);
		g_bytes_unref(plain);
	}
	g_bytes_unref(before);
}

static void test_plain(void)
{
	assert_round_trip("", "", false, false);
	assert_round_trip("a", "a", false, false);
	assert_round_trip("a\nb\n", "a\nb\n", false, false);
	assert_round_trip("\xc3\xa4\n\xff\xfe", "\xc3\xa4\n\xff\xfe", false,
			  false);
}

static void test_mark(void)
{
	assert_round_trip(BOM "a\n", "a\n", true, false);
	assert_round_trip(BOM, "", true, false);
	assert_round_trip("\xef\xbb", "\xef\xbb", false, false);
	assert_round_trip("a" BOM, "a" BOM, false, false);
	/* Only the first one is a mark. */
	assert_round_trip(BOM BOM "a", BOM "a", true, false);
}

static void test_crlf(void)
{
	assert_round_trip("a\r\nb\r\n", "a\nb\n", false, true);
	assert_round_trip("a\r\nb", "a\nb", false, true);
	assert_round_trip("\r\n", "\n", false, true);
	assert_round_trip(BOM "a\r\n", "a\n", true, true);
}

/* A CR that ends no line is an ordinary byte. */
static void test_stray_cr(void)
{
	assert_round_trip("a\rb\n", "a\rb\n", false, false);
	assert_round_trip("a\r", "a\r", false, false);
	assert_round_trip("a\r\r\nb\rc\r\n\r", "a\r\nb\rc\n\r", false, true);
}

static void assert_refused(const char *file, gssize length,
			   const char *expected)
{
	GBytes *before = bytes_from_string(g_string_new_len(file, length));
	struct encoding encoding;
	const char *reason = NULL;

	g_assert_null(encoding_decode(before, &encoding, &reason));
	g_assert_cmpstr(reason, ==, expected);
	g_bytes_unref(before);
}

static void test_mixed(void)
{
	static const char why[] = "mixes LF and CRLF line ends";

	assert_refused("a\r\nb\n", -1, why);
	assert_refused("a\nb\r\n", -1, why);
	assert_refused(BOM "\n\r\n", -1, why);
}

static void test_nul(void)
{
	static const char why[] = "holds a NUL byte, is it text?";

	assert_refused("a\0b\n", 4, why);
	assert_refused("\0", 1, why);
	assert_refused("a\n\0", 3, why);
}

/* What is already plain is not copied. */
static void test_no_copy(void)
{
	GBytes *bytes = unit_bytes("a\n");
	struct encoding encoding;
	const char *reason;
	GBytes *plain = encoding_decode(bytes, &encoding, &reason);
	GBytes *again = encoding_encode(plain, &encoding);

	g_assert_true(plain == bytes);
	g_assert_true(again == bytes);
	g_bytes_unref(again);
	g_bytes_unref(plain);
	g_bytes_unref(bytes);
}

/* A text that has changed takes the form of its file. */
static void test_other_text(void)
{
	struct encoding encoding = { .byte_order_mark = true, .crlf = true };
	GBytes *text = unit_bytes("x\n\ny");
	GBytes *file = encoding_encode(text, &encoding);

	unit_assert_bytes(file, BOM "x\r\n\r\ny");
	g_bytes_unref(file);
	g_bytes_unref(text);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/encoding/plain", test_plain);
	g_test_add_func("/encoding/mark", test_mark);
	g_test_add_func("/encoding/crlf", test_crlf);
	g_test_add_func("/encoding/stray-cr", test_stray_cr);
	g_test_add_func("/encoding/mixed", test_mixed);
	g_test_add_func("/encoding/nul", test_nul);
	g_test_add_func("/encoding/no-copy", test_no_copy);
	g_test_add_func("/encoding/other-text", test_other_text);
	return g_test_run();
}
