// SPDX-License-Identifier: GPL-2.0-only
/* Cache files: written as a whole, read with care, the oldest go first. */
#include "cache.h"

#include <errno.h>
#include <sys/stat.h>

#include "unit.h"

static int write_text(const char *path, const char *text)
{
	const struct cache_chunk chunks[] = {
		{ text, strlen(text) / 2 },
		{ "", 0 },
		{ text + strlen(text) / 2, strlen(text) - strlen(text) / 2 },
	};

	return cache_write(path, chunks, G_N_ELEMENTS(chunks));
}

#define assert_read(path, expected)					\
	do {								\
		size_t read_length = 0;					\
		char *read_data = cache_read(path, &read_length);	\
									\
		g_assert_nonnull(read_data);				\
		g_assert_cmpmem(read_data, read_length, expected,	\
				strlen(expected));			\
		g_free(read_data);					\
	} while (0)

static void test_write(void)
{
	char *folder = unit_folder();
	char *path = g_build_filename(folder, "a", "b", "file", NULL);
	char *parent = g_path_get_dirname(path);
	struct stat st;
	size_t length;
	GDir *dir;

	g_assert_null(cache_read(path, &length));
	g_assert_cmpint(write_text(path, "first"), ==, 0);
	assert_read(path, "first");
	g_assert_cmpint(write_text(path, "second, longer"), ==, 0);
	assert_read(path, "second, longer");
	/* Nobody else is to read the user's sources. */
	g_assert_cmpint(stat(path, &st), ==, 0);
	g_assert_cmpint(st.st_mode & 0777, ==, 0600);
	g_assert_cmpint(stat(parent, &st), ==, 0);
	g_assert_cmpint(st.st_mode & 0777, ==, 0700);
	dir = g_dir_open(parent, 0, NULL);
	g_assert_cmpstr(g_dir_read_name(dir), ==, "file");
	g_assert_null(g_dir_read_name(dir));
	g_dir_close(dir);
	g_free(parent);
	g_free(path);
	unit_remove(folder);
}

static void test_refused(void)
{
	char *folder = unit_folder();
	char *below = g_build_filename(folder, "file", "below", NULL);
	char *link = g_build_filename(folder, "link", NULL);
	char *empty = g_build_filename(folder, "empty", NULL);
	size_t length;

	unit_put(folder, "file", "text");
	unit_put(folder, "empty", "");
	unit_link(folder, "link", "file");
	g_assert_cmpint(write_text(below, "text"), !=, 0);
	g_assert_null(cache_read(below, &length));
	g_assert_null(cache_read(link, &length));
	g_assert_null(cache_read(empty, &length));
	g_assert_null(cache_read(folder, &length));
	unit_assert_file(folder, "file", "text");
	g_free(empty);
	g_free(link);
	g_free(below);
	unit_remove(folder);
}

/* Somebody else's file is not believed. */
static void test_owner(void)
{
	char *folder = unit_folder();
	char *path = g_build_filename(folder, "file", NULL);
	size_t length;

	unit_put(folder, "file", "text");
	if (getuid()) {
		g_test_skip("only root can be somebody else");
	} else {
		g_assert_cmpint(chmod(path, 0644), ==, 0);
		unit_set_user(true);
		g_assert_null(cache_read(path, &length));
		unit_set_user(false);
		assert_read(path, "text");
	}
	g_free(path);
	unit_remove(folder);
}

/* A file of ten bytes that was used at @time. */
static void put_aged(const char *folder, const char *name, time_t time)
{
	const struct timespec times[2] = { { time, 0 }, { time, 0 } };
	char *path = g_build_filename(folder, name, NULL);

	unit_put(folder, name, "0123456789");
	if (utimensat(AT_FDCWD, path, times, 0))
		g_error("cannot set the time of %s", path);
	g_free(path);
}

static void test_trim(void)
{
	char *folder = unit_folder();
	char *none = g_build_filename(folder, "none", NULL);

	put_aged(folder, "b", 100);
	put_aged(folder, "a", 300);
	put_aged(folder, "d", 200);
	put_aged(folder, "c", 400);
	put_aged(folder, "below/e", 1);
	cache_trim(folder, 40);
	g_assert_true(unit_exists(folder, "b"));
	cache_trim(folder, 39);
	g_assert_false(unit_exists(folder, "b"));
	g_assert_true(unit_exists(folder, "d"));
	cache_trim(folder, 15);
	g_assert_false(unit_exists(folder, "d"));
	g_assert_false(unit_exists(folder, "a"));
	g_assert_true(unit_exists(folder, "c"));
	cache_trim(folder, 0);
	g_assert_false(unit_exists(folder, "c"));
	/* Only files of the folder itself. */
	g_assert_true(unit_exists(folder, "below/e"));
	cache_trim(none, 0);
	g_free(none);
	unit_remove(folder);
}

/* What was read is no longer the oldest. */
static void test_trim_used(void)
{
	char *folder = unit_folder();
	char *path = g_build_filename(folder, "old", NULL);

	put_aged(folder, "old", 100);
	put_aged(folder, "new", 200);
	assert_read(path, "0123456789");
	cache_trim(folder, 10);
	g_assert_true(unit_exists(folder, "old"));
	g_assert_false(unit_exists(folder, "new"));
	g_free(path);
	unit_remove(folder);
}

static void test_path(void)
{
	char *path;

	g_setenv("XDG_CACHE_HOME", "/x", TRUE);
	path = cache_path("name");
	g_assert_cmpstr(path, ==, "/x/kthread-cocci/name");
	g_free(path);
	g_setenv("XDG_CACHE_HOME", "relative", TRUE);
	g_setenv("HOME", "/h", TRUE);
	path = cache_path("name");
	g_assert_cmpstr(path, ==, "/h/.cache/kthread-cocci/name");
	g_free(path);
	g_unsetenv("XDG_CACHE_HOME");
	g_unsetenv("HOME");
	g_assert_null(cache_path("name"));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/cache/write", test_write);
	g_test_add_func("/cache/refused", test_refused);
	g_test_add_func("/cache/owner", test_owner);
	g_test_add_func("/cache/trim", test_trim);
	g_test_add_func("/cache/trim-used", test_trim_used);
	g_test_add_func("/cache/path", test_path);
	return g_test_run();
}
