// SPDX-License-Identifier: GPL-2.0-only
/* The token alignment: known edits, and random ones against its promises. */
#include "align.h"

#include "source.h"
#include "unit.h"

/* Align, with the maps as a string: "0 1 - 2" for old tokens, "-" is gone. */
static void assert_alignment(const char *old_text, const char *new_text,
			     const char *expected)
{
	GString *map = g_string_new(NULL);
	struct lexed old_file, new_file;
	struct alignment alignment;

	lex(&old_file, old_text, strlen(old_text));
	lex(&new_file, new_text, strlen(new_text));
	g_assert_true(align(&alignment, &old_file, &new_file));
	for (size_t i = 0; i < old_file.count; i++)
		if (alignment.to_new[i] == NO_TOKEN)
			g_string_append(map, "- ");
		else
			g_string_append_printf(map, "%u ", alignment.to_new[i]);
	g_string_append(map, "/");
	for (size_t i = 0; i < new_file.count; i++)
		if (alignment.to_old[i] == NO_TOKEN)
			g_string_append(map, " -");
		else
			g_string_append_printf(map, " %u", alignment.to_old[i]);
	g_assert_cmpstr(map->str, ==, expected);
	g_string_free(map, TRUE);
	alignment_clear(&alignment);
	g_assert_null(alignment.to_new);
	g_assert_null(alignment.to_old);
	lexed_clear(&old_file);
	lexed_clear(&new_file);
}

static void test_identity(void)
{
	assert_alignment("a b c", "a b c", "0 1 2 / 0 1 2");
	assert_alignment("a  b\n", "a /* c */ b", "0 1 / 0 1");
}

static void test_empty(void)
{
	assert_alignment("", "", "/");
	assert_alignment("a b", "", "- - /");
	assert_alignment("", "a b", "/ - -");
}

static void test_deletion(void)
{
	assert_alignment("a b c", "b c", "- 0 1 / 1 2");
	assert_alignment("a b c", "a c", "0 - 1 / 0 2");
	assert_alignment("a b c", "a b", "0 1 - / 0 1");
	assert_alignment("f(0, \"x\")", "f(\"x\")", "0 1 - - 2 3 / 0 1 4 5");
}

static void test_insertion(void)
{
	assert_alignment("b c", "a b c", "1 2 / - 0 1");
	assert_alignment("a c", "a b c", "0 2 / 0 - 1");
	assert_alignment("a b", "a b c", "0 1 / 0 1 -");
}

static void test_replacement(void)
{
	assert_alignment("x b c", "y b c", "- 1 2 / - 1 2");
	assert_alignment("a x c", "a y c", "0 - 2 / 0 - 2");
	assert_alignment("a b x", "a b y", "0 1 - / 0 1 -");
	assert_alignment("x", "y", "- / -");
}

static void test_several(void)
{
	assert_alignment("a 1 b c 2 d", "a b 3 c d", "0 - 1 3 - 4 / 0 2 - 3 5");
	assert_alignment("a b c d", "d a b c", "1 2 3 - / - 0 1 2");
	/* Spelling counts, not the kind: "a" is no prefix of "ab". */
	assert_alignment("a ab", "ab a", "- 0 / 1 -");
}

/* "0 1 2 ...", from @first. */
static char *count_up(unsigned int first, unsigned int count)
{
	GString *text = g_string_new(NULL);

	while (count--)
		g_string_append_printf(text, "%u ", first++);
	return g_string_free(text, FALSE);
}

static void assert_limit(unsigned int count, bool expected)
{
	char *old_text = count_up(0, count), *new_text = count_up(50000, count);
	struct lexed old_file, new_file;
	struct alignment alignment;

	lex(&old_file, old_text, strlen(old_text));
	lex(&new_file, new_text, strlen(new_text));
	g_assert_true(align(&alignment, &old_file, &new_file) == expected);
	g_assert_true(!alignment.to_new == !expected);
	g_assert_true(!alignment.to_old == !expected);
	alignment_clear(&alignment);
	lexed_clear(&old_file);
	lexed_clear(&new_file);
	g_free(old_text);
	g_free(new_text);
}

static void test_limit(void)
{
	assert_limit(500, true);
	assert_limit(5000, false);
}

/* A large file with few edits is no problem. */
static void test_large(void)
{
	char *old_text = count_up(0, 200000);
	char *new_text = g_strconcat("x ", old_text, "y", NULL);
	struct lexed old_file, new_file;
	struct alignment alignment;

	lex(&old_file, old_text, strlen(old_text));
	lex(&new_file, new_text, strlen(new_text));
	g_assert_true(align(&alignment, &old_file, &new_file));
	for (uint32_t i = 0; i < old_file.count; i++)
		if (alignment.to_new[i] != i + 1)
			g_test_fail_printf("token %u", i);
	alignment_clear(&alignment);
	lexed_clear(&old_file);
	lexed_clear(&new_file);
	g_free(old_text);
	g_free(new_text);
}

/* A copy of @words with random deletions, insertions and replacements. */
static GString *edit_words(const GString *words)
{
	GString *result = g_string_new(NULL);

	for (gsize i = 0; i < words->len; i++) {
		char other = (char)('a' + g_test_rand_int_range(0, 4));

		switch (g_test_rand_int_range(0, 8)) {
		case 0:
			break;
		case 1:
			g_string_append_c(result, other);
			break;
		case 2:
			g_string_append_c(result, other);
			/* fallthrough */
		default:
			g_string_append_c(result, words->str[i]);
		}
	}
	return result;
}

/* Each letter a token. */
static char *spread(const GString *words)
{
	GString *text = g_string_new(NULL);

	for (gsize i = 0; i < words->len; i++)
		g_string_append_printf(text, "%c ", words->str[i]);
	return g_string_free(text, FALSE);
}

/* The length of the longest common subsequence, by the textbook. */
static unsigned int common(const GString *a, const GString *b)
{
	unsigned int *row = g_new0(unsigned int, b->len + 1);
	unsigned int result;

	for (gsize i = 0; i < a->len; i++) {
		unsigned int diagonal = 0;

		for (gsize k = 0; k < b->len; k++) {
			unsigned int above = row[k + 1];

			row[k + 1] = a->str[i] == b->str[k] ? diagonal + 1 :
				     MAX(above, row[k]);
			diagonal = above;
		}
	}
	result = row[b->len];
	g_free(row);
	return result;
}

/* Monotonic, mutual, of equal spelling; returns how many are joined. */
static unsigned int assert_sound(const struct alignment *alignment,
				 const GString *a, const GString *b)
{
	unsigned int joined = 0;
	uint32_t next = 0;

	for (uint32_t i = 0; i < a->len; i++) {
		uint32_t to = alignment->to_new[i];

		if (to == NO_TOKEN)
			continue;
		g_assert_cmpuint(to, >=, next);
		g_assert_cmpuint(to, <, b->len);
		g_assert_cmpuint(alignment->to_old[to], ==, i);
		g_assert_cmpint(a->str[i], ==, b->str[to]);
		next = to + 1;
		joined++;
	}
	for (uint32_t i = 0; i < b->len; i++)
		if (alignment->to_old[i] != NO_TOKEN)
			g_assert_cmpuint(alignment->to_new[
				alignment->to_old[i]], ==, i);
	return joined;
}

static void assert_random(const GString *a, const GString *b)
{
	char *old_text = spread(a), *new_text = spread(b);
	struct lexed old_file, new_file;
	struct alignment alignment;

	lex(&old_file, old_text, strlen(old_text));
	lex(&new_file, new_text, strlen(new_text));
	g_assert_true(align(&alignment, &old_file, &new_file));
	/* The script is a shortest one. */
	g_assert_cmpuint(assert_sound(&alignment, a, b), ==, common(a, b));
	alignment_clear(&alignment);
	lexed_clear(&old_file);
	lexed_clear(&new_file);
	g_free(old_text);
	g_free(new_text);
}

static void test_random_edits(void)
{
	for (int round = 0; round < 3000 && !g_test_failed(); round++) {
		GString *a = g_string_new(NULL);
		int count = g_test_rand_int_range(0, 60);
		GString *b;

		while (count--)
			g_string_append_c(a, (char)('a' +
					  g_test_rand_int_range(0, 4)));
		b = edit_words(a);
		assert_random(a, b);
		g_string_free(a, TRUE);
		g_string_free(b, TRUE);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/align/identity", test_identity);
	g_test_add_func("/align/empty", test_empty);
	g_test_add_func("/align/deletion", test_deletion);
	g_test_add_func("/align/insertion", test_insertion);
	g_test_add_func("/align/replacement", test_replacement);
	g_test_add_func("/align/several", test_several);
	g_test_add_func("/align/limit", test_limit);
	g_test_add_func("/align/large", test_large);
	g_test_add_func("/align/random-edits", test_random_edits);
	return g_test_run();
}
