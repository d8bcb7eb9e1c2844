// SPDX-License-Identifier: GPL-2.0-only
/* The identifier search: in bytes, and over the files of a tree. */
#include "words.h"

#include <errno.h>

#include "unit.h"

static struct words *words_of(const char *names)
{
	char **list = g_strsplit(names, " ", -1);
	GPtrArray *array = g_ptr_array_new();
	struct words *words;

	for (char **name = list; *name; name++)
		g_ptr_array_add(array, *name);
	words = words_new(array);
	/* The names are copied. */
	g_ptr_array_unref(array);
	g_strfreev(list);
	return words;
}

/* A heap copy of exactly these bytes and the NUL. */
static bool matches(const char *names, const char *text, size_t length)
{
	struct words *words = words_of(names);
	char *copy = g_malloc(length + 1);
	bool found;

	memcpy(copy, text, length);
	copy[length] = '\0';
	found = words_match(words, copy, length);
	g_free(copy);
	words_free(words);
	return found;
}

static bool hits(const char *names, const char *text)
{
	return matches(names, text, strlen(text));
}

static void test_places(void)
{
	g_assert_true(hits("foo", "foo"));
	g_assert_true(hits("foo", "foo bar"));
	g_assert_true(hits("foo", "bar foo"));
	g_assert_true(hits("foo", "bar foo bar"));
	g_assert_true(hits("foo", "(foo)"));
	g_assert_true(hits("foo", "\nfoo\n"));
	g_assert_true(hits("foo", "\"foo\" /* foo */"));
	g_assert_true(hits("foo", "\xc3\xa4" "foo\xff"));
}

static void test_inside(void)
{
	g_assert_false(hits("foo", ""));
	g_assert_false(hits("foo", "fo"));
	g_assert_false(hits("foo", "foobar"));
	g_assert_false(hits("foo", "barfoo"));
	g_assert_false(hits("foo", "_foo foo_ foo1 1foo"));
	g_assert_false(hits("foo", "Foo FOO f oo"));
	g_assert_false(hits("__foo", "foo _foo ___foo"));
}

static void test_several(void)
{
	g_assert_true(hits("foo bar", "x bar"));
	g_assert_true(hits("foo bar", "x foo"));
	g_assert_false(hits("foo bar", "foobar barfoo"));
}

/* A NUL is an ordinary byte between identifiers. */
static void test_nul_bytes(void)
{
	g_assert_true(matches("foo", "a\0foo", 5));
	g_assert_true(matches("foo", "foo\0a", 5));
	g_assert_false(matches("foo", "fo\0o", 4));
}

/* Names with the same hash ("Aa" and "BB" under times 31) are told apart. */
static void test_collision(void)
{
	g_assert_false(hits("Aa", "BB"));
	g_assert_true(hits("Aa", "BB Aa"));
	g_assert_true(hits("Aa BB", "BB"));
}

static bool is_part(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

/* The same by brute force. */
static bool simple_match(const char *name, const char *text)
{
	size_t length = strlen(name);

	for (const char *at = text; (at = strstr(at, name)); at++)
		if ((at == text || !is_part(at[-1])) && !is_part(at[length]))
			return true;
	return false;
}

static void test_random(void)
{
	static const char alphabet[] = "ab_ (";
	char text[13] = "";

	for (int round = 0; round < 20000 && !g_test_failed(); round++) {
		for (size_t i = 0; i < sizeof(text) - 1; i++)
			text[i] = alphabet[g_test_rand_int_range(0,
				sizeof(alphabet) - 1)];
		if (hits("ab", text) != simple_match("ab", text))
			g_test_fail_printf("'%s'", text);
	}
}

/* The files that hold "foo", and what was found to be wrong. */
static void assert_found(const char *folder, unsigned int jobs,
			 const char *expected, struct findings *findings)
{
	struct words *words = words_of("foo");
	struct findings *walk = findings_new();
	char *error = NULL;
	struct tree *tree = tree_open(folder, walk, &error);
	GString *list = g_string_new(NULL);
	GPtrArray *files;

	g_assert_cmpstr(error, ==, NULL);
	files = words_find(words, tree, NULL, jobs, findings);
	for (guint i = 0; i < files->len; i++)
		g_string_append_printf(list, "%s ", ((struct tree_file *)
						     files->pdata[i])->path);
	g_assert_cmpstr(list->str, ==, expected);
	g_string_free(list, TRUE);
	g_ptr_array_unref(files);
	tree_free(tree);
	findings_free(walk);
	words_free(words);
}

static void test_find(void)
{
	char *folder = unit_folder();
	struct findings *findings = findings_new();

	unit_put(folder, "a.c", "foo\n");
	unit_put(folder, "b/c.h", "#if 0\nfoo\n#endif\n");
	unit_put(folder, "b/d.c", "foobar\n");
	unit_put(folder, "b-c.rst", "the foo\n");
	unit_put(folder, "empty.c", "");
	assert_found(folder, 1, "a.c b-c.rst b/c.h ", findings);
	assert_found(folder, 4, "a.c b-c.rst b/c.h ", findings);
	g_assert_cmpuint(findings->list->len, ==, 0);
	findings_free(findings);
	unit_remove(folder);
}

static void test_find_links(void)
{
	char *folder = unit_folder(), *outside = unit_folder();
	char *hit = g_build_filename(outside, "hit.c", NULL);
	char *miss = g_build_filename(outside, "miss.c", NULL);
	struct findings *findings = findings_new();
	const struct finding *finding;

	unit_put(outside, "hit.c", "foo\n");
	unit_put(outside, "miss.c", "bar\n");
	unit_put(folder, "a.c", "foo\n");
	unit_link(folder, "hit.c", hit);
	unit_link(folder, "miss.c", miss);
	assert_found(folder, 1, "a.c ", findings);
	g_assert_cmpuint(findings->list->len, ==, 1);
	finding = findings->list->pdata[0];
	g_assert_cmpint(finding->kind, ==, FINDING_FAILED);
	g_assert_cmpstr(finding->path, ==, "hit.c");
	g_assert_cmpuint(finding->line, ==, 0);
	findings_free(findings);
	g_free(hit);
	g_free(miss);
	unit_remove(outside);
	unit_remove(folder);
}

static void test_find_unreadable(void)
{
	char *folder, *file;
	struct findings *findings = findings_new();
	const struct finding *finding;

	unit_set_user(true);
	folder = unit_folder();
	file = g_build_filename(folder, "b.c", NULL);
	unit_put(folder, "a.c", "foo\n");
	unit_put(folder, "b.c", "foo\n");
	g_assert_cmpint(chmod(file, 0), ==, 0);
	assert_found(folder, 2, "a.c ", findings);
	g_assert_cmpuint(findings->list->len, ==, 1);
	finding = findings->list->pdata[0];
	g_assert_cmpint(finding->kind, ==, FINDING_FAILED);
	g_assert_cmpstr(finding->path, ==, "b.c");
	g_assert_nonnull(strstr(finding->message, g_strerror(EACCES)));
	findings_free(findings);
	g_free(file);
	unit_remove(folder);
	unit_set_user(false);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/words/places", test_places);
	g_test_add_func("/words/inside", test_inside);
	g_test_add_func("/words/several", test_several);
	g_test_add_func("/words/nul-bytes", test_nul_bytes);
	g_test_add_func("/words/collision", test_collision);
	g_test_add_func("/words/random", test_random);
	g_test_add_func("/words/find", test_find);
	g_test_add_func("/words/find-links", test_find_links);
	g_test_add_func("/words/find-unreadable", test_find_unreadable);
	return g_test_run();
}
