// SPDX-License-Identifier: GPL-2.0-only
/* The keys of spatch's results, and what comes back for them. */
#include "spatch-cache.h"

#include <stdint.h>

#include <glib/gstdio.h>

#include "unit.h"

struct fixture {
	char *folder;
	char *semantic_patch;
	char *macros;
	struct spatch spatch;
	const char *options[3];
};

/* A spatch that nobody calls. */
static void put_program(const struct fixture *fixture, const char *text)
{
	char *path = g_build_filename(fixture->folder, "bin", "spatch", NULL);

	unit_put(fixture->folder, "bin/spatch", text);
	if (g_chmod(path, 0755))
		g_error("cannot change the mode of %s", path);
	g_free(path);
}

static void set_up(struct fixture *fixture, gconstpointer data)
{
	char *home, *bin;

	(void)data;
	fixture->folder = unit_folder();
	unit_put(fixture->folder, "a.cocci", "@@ @@\n- a\n+ b\n");
	unit_put(fixture->folder, "macros.h", "#define X\n");
	put_program(fixture, "#!/bin/sh\n");
	fixture->semantic_patch = g_build_filename(fixture->folder, "a.cocci",
						   NULL);
	fixture->macros = g_build_filename(fixture->folder, "macros.h", NULL);
	home = g_build_filename(fixture->folder, "cache", NULL);
	bin = g_build_filename(fixture->folder, "bin", NULL);
	g_setenv("XDG_CACHE_HOME", home, TRUE);
	g_setenv("PATH", bin, TRUE);
	g_chdir("/");
	fixture->spatch = (struct spatch){
		.semantic_patch = fixture->semantic_patch,
		.macros = fixture->macros, .version = "1.1.1",
	};
	fixture->options[0] = "-D";
	fixture->options[1] = "patch";
	g_free(bin);
	g_free(home);
}

static void tear_down(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	g_free(fixture->semantic_patch);
	g_free(fixture->macros);
	unit_remove(fixture->folder);
}

static struct spatch_file file_of(const char *path, const char *text,
				  const char *sites)
{
	return (struct spatch_file){
		.path = path, .text = unit_bytes(text), .sites = (char *)
			(uintptr_t)sites,
	};
}

static char *key_of(const struct fixture *fixture, const char *path,
		    const char *text, const char *sites)
{
	struct spatch_cache *cache = spatch_cache_open(&fixture->spatch,
						       fixture->options);
	struct spatch_file file = file_of(path, text, sites);
	char *key = spatch_cache_key(cache, &file);

	g_bytes_unref(file.text);
	spatch_cache_close(cache);
	return key;
}

/* The key of the same file must be another now, and the old one later. */
#define assert_differs(fixture, before)					\
	do {								\
		char *differs = key_of(fixture, "a.c", "text", "1 x y\n"); \
									\
		g_assert_cmpstr(differs, !=, before);			\
		g_free(differs);					\
	} while (0)

#define assert_key(fixture, path, text, sites, same, before)		\
	do {								\
		char *other = key_of(fixture, path, text, sites);	\
									\
		g_assert_true((strcmp(other, before) == 0) == (same));\
		g_free(other);						\
	} while (0)

static void test_file(struct fixture *fixture, gconstpointer data)
{
	char *key = key_of(fixture, "a.c", "text", "1 x y\n");

	(void)data;
	g_assert_cmpuint(strlen(key), ==, 64);
	assert_key(fixture, "a.c", "text", "1 x y\n", true, key);
	/* spatch sees no path, only whether it is a header. */
	assert_key(fixture, "b/c.c", "text", "1 x y\n", true, key);
	assert_key(fixture, "a.h", "text", "1 x y\n", false, key);
	assert_key(fixture, "a.c", "texts", "1 x y\n", false, key);
	assert_key(fixture, "a.c", "", "1 x y\n", false, key);
	assert_key(fixture, "a.c", "text", "2 x y\n", false, key);
	assert_key(fixture, "a.c", "text", "", false, key);
	/* The end of one part is not the beginning of the next. */
	assert_key(fixture, "a.c", "ext", "1 x y\nt", false, key);
	g_free(key);
	key = key_of(fixture, "a.c", "text", "");
	assert_key(fixture, "a.c", "text", NULL, true, key);
	g_free(key);
}

static void test_base(struct fixture *fixture, gconstpointer data)
{
	char *key = key_of(fixture, "a.c", "text", "1 x y\n");

	(void)data;
	unit_put(fixture->folder, "a.cocci", "@@ @@\n- a\n+ c\n");
	assert_differs(fixture, key);
	unit_put(fixture->folder, "a.cocci", "@@ @@\n- a\n+ b\n");
	assert_key(fixture, "a.c", "text", "1 x y\n", true, key);
	unit_put(fixture->folder, "macros.h", "#define Y\n");
	assert_differs(fixture, key);
	unit_put(fixture->folder, "macros.h", "#define X\n");
	fixture->spatch.version = "1.1.2";
	assert_differs(fixture, key);
	fixture->spatch.version = "1.1.1";
	fixture->options[1] = "context";
	assert_differs(fixture, key);
	fixture->options[1] = NULL;
	assert_differs(fixture, key);
	fixture->options[1] = "patch";
	assert_key(fixture, "a.c", "text", "1 x y\n", true, key);
	put_program(fixture, "#!/bin/sh\n:\n");
	assert_differs(fixture, key);
	g_free(key);
}

static void test_none(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	fixture->spatch.no_cache = true;
	g_assert_null(spatch_cache_open(&fixture->spatch, fixture->options));
	fixture->spatch.no_cache = false;
	fixture->spatch.macros = "/none";
	g_assert_null(spatch_cache_open(&fixture->spatch, fixture->options));
	fixture->spatch.macros = fixture->macros;
	g_setenv("PATH", "/none", TRUE);
	g_assert_null(spatch_cache_open(&fixture->spatch, fixture->options));
}

static void test_stale(struct fixture *fixture, gconstpointer data)
{
	struct spatch_cache *cache = spatch_cache_open(&fixture->spatch,
						       fixture->options);

	(void)data;
	g_assert_false(spatch_cache_is_stale(cache));
	unit_put(fixture->folder, "a.cocci", "@@ @@\n- a\n+ c\n");
	g_assert_true(spatch_cache_is_stale(cache));
	spatch_cache_close(cache);
}

static void assert_kept(struct fixture *fixture, const char *before,
			const char *after)
{
	struct spatch_cache *cache = spatch_cache_open(&fixture->spatch,
						       fixture->options);
	struct spatch_file file = file_of("a.c", before, NULL);
	struct spatch_file done = file_of("a.c", after, NULL);
	char *key = spatch_cache_key(cache, &file);
	GBytes *old = g_bytes_ref(file.text);

	g_assert_false(spatch_cache_get(cache, key, &file));
	unit_assert_bytes(file.text, before);
	spatch_cache_put(cache, key, old, &done);
	g_assert_true(spatch_cache_get(cache, key, &file));
	unit_assert_bytes(file.text, after);
	g_assert_true(file.changed == (strcmp(before, after) != 0));
	g_bytes_unref(file.text);
	g_bytes_unref(done.text);
	g_bytes_unref(old);
	g_free(key);
	spatch_cache_close(cache);
}

static void test_results(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	assert_kept(fixture, "abc", "abc");
	assert_kept(fixture, "abc\n", "aXc\n");
	assert_kept(fixture, "abc def", "abc");
	assert_kept(fixture, "abc ghi", "ghi");
	assert_kept(fixture, "aaaa", "aaa");
	assert_kept(fixture, "aaa", "aaaa");
	assert_kept(fixture, "abab", "abababab");
	assert_kept(fixture, "", "new");
	assert_kept(fixture, "old", "");
	assert_kept(fixture, "x y", "1 x y 2");
}

/* The result of one file is none of another. */
static void test_other_key(struct fixture *fixture, gconstpointer data)
{
	struct spatch_cache *cache = spatch_cache_open(&fixture->spatch,
						       fixture->options);
	struct spatch_file one = file_of("a.c", "one", NULL);
	struct spatch_file two = file_of("a.c", "two", NULL);
	struct spatch_file done = file_of("a.c", "ONE", NULL);
	char *key = spatch_cache_key(cache, &one);
	char *other = spatch_cache_key(cache, &two);
	char *from = g_build_filename(fixture->folder, "cache",
				      "kthread-cocci", "spatch", key, NULL);
	char *to = g_build_filename(fixture->folder, "cache", "kthread-cocci",
				    "spatch", other, NULL);

	(void)data;
	spatch_cache_put(cache, key, one.text, &done);
	g_assert_cmpint(g_rename(from, to), ==, 0);
	g_assert_false(spatch_cache_get(cache, other, &two));
	g_assert_false(spatch_cache_get(cache, key, &one));
	unit_assert_bytes(two.text, "two");
	g_bytes_unref(one.text);
	g_bytes_unref(two.text);
	g_bytes_unref(done.text);
	g_free(key);
	g_free(other);
	g_free(from);
	g_free(to);
	spatch_cache_close(cache);
}

#define ADD(name, test)							\
	g_test_add("/spatch-cache/" name, struct fixture, NULL, set_up, \
		   test, tear_down)

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	ADD("file", test_file);
	ADD("base", test_base);
	ADD("none", test_none);
	ADD("stale", test_stale);
	ADD("results", test_results);
	ADD("other-key", test_other_key);
	return g_test_run();
}
