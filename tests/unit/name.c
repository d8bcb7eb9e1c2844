// SPDX-License-Identifier: GPL-2.0-only
/* Identifiers as numbers: the same wherever the spelling stands. */
#include "scan/name.h"

#include "unit.h"

static name_t hash_in(const char *before, const char *word, const char *behind)
{
	char *text = g_strconcat(before, word, behind, "\0\0\0\0\0\0\0\0", NULL);
	size_t length = strlen(text);
	char *padded = g_malloc0(length + NAME_PADDING);
	name_t name;

	memcpy(padded, text, length);
	name = name_hash(padded + strlen(before), strlen(word));
	g_free(padded);
	g_free(text);
	return name;
}

/* What stands in front of it and behind it does not matter. */
static void test_place(void)
{
	GString *word = g_string_new(NULL);

	for (int length = 1; length < 80; length++) {
		name_t name;

		g_string_append_c(word, (char)('a' + length % 26));
		name = name_of(word->str);
		g_assert_cmpuint(hash_in("", word->str, ""), ==, name);
		g_assert_cmpuint(hash_in("x", word->str, "("), ==, name);
		g_assert_cmpuint(hash_in("\xff\xff", word->str, "\xff\xff\xff"),
				 ==, name);
		g_assert_cmpuint(hash_in("  ", word->str, " abcdefghijk"), ==,
				 name);
	}
	g_string_free(word, TRUE);
}

static void test_different(void)
{
	GHashTable *seen = g_hash_table_new_full(g_int64_hash, g_int64_equal,
						 g_free, NULL);
	guint count = 0;

	for (int i = 0; i < 20000; i++) {
		static const char *const formats[] = {
			"%d", "a%d", "a_%d_long_name_with_a_number",
			"the_number_comes_last_%d",
		};
		char word[64];
		gint64 name;

		g_snprintf(word, sizeof(word), formats[i % 4], i / 4);
		name = (gint64)name_of(word);
		g_assert_cmpint(name, !=, 0);
		g_hash_table_add(seen, g_memdup2(&name, sizeof(name)));
		count++;
	}
	g_assert_cmpuint(g_hash_table_size(seen), ==, count);
	g_hash_table_unref(seen);
	g_assert_cmpuint(name_of("ab"), !=, name_of("ba"));
	g_assert_cmpuint(name_of("a"), !=, name_of("aa"));
	g_assert_cmpuint(name_of("abcdefgh"), !=, name_of("abcdefghabcdefgh"));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/name/place", test_place);
	g_test_add_func("/name/different", test_different);
	return g_test_run();
}
