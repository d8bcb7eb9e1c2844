// SPDX-License-Identifier: GPL-2.0-only
/* The scratch folder: where it is, when it goes, and what it clears away. */
#include "scratch.h"

#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "unit.h"

#define FOLDER_VARIABLE "KTHREAD_COCCI_UNIT_FOLDER"

/* Run this test again in a subprocess, with $TMPDIR set. */
static void run_below(const char *tmp, const char *folder)
{
	char *saved = g_strdup(g_getenv("TMPDIR"));

	g_setenv("TMPDIR", tmp, TRUE);
	g_setenv(FOLDER_VARIABLE, folder, TRUE);
	g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
	g_unsetenv(FOLDER_VARIABLE);
	if (saved)
		g_setenv("TMPDIR", saved, TRUE);
	else
		g_unsetenv("TMPDIR");
	g_free(saved);
}

static unsigned int count_entries(const char *folder)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	unsigned int count = 0;

	g_assert_nonnull(dir);
	while (dir && g_dir_read_name(dir))
		count++;
	if (dir)
		g_dir_close(dir);
	return count;
}

/* Where no usable TMPDIR is set: in memory, or in /tmp. */
#define DEFAULT "by default"

static void make_folder(void)
{
	char *path = scratch_path("name");
	char *base = g_path_get_dirname(path);
	char *folder = scratch_folder("a/b");
	char *again = scratch_folder("a/b");
	char *expected = g_build_filename(base, "a", "b", NULL);
	struct stat st = { 0 };

	if (strcmp(g_getenv(FOLDER_VARIABLE), DEFAULT))
		g_assert_true(g_str_has_prefix(path, g_getenv(FOLDER_VARIABLE)));
	else
		g_assert_true(g_str_has_prefix(path, "/dev/shm/kthread-cocci.") ||
			      g_str_has_prefix(path, "/tmp/kthread-cocci."));
	g_assert_true(g_str_has_suffix(path, "/name"));
	/* A path is only a path, a folder is there. */
	g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
	g_assert_cmpstr(folder, ==, expected);
	g_assert_cmpstr(again, ==, expected);
	g_assert_true(g_file_test(folder, G_FILE_TEST_IS_DIR));
	/* Nobody else looks into it. */
	g_assert_cmpint(stat(base, &st), ==, 0);
	g_assert_cmphex(st.st_mode & 0777, ==, 0700);
	unit_put(base, "a/b/file", "text");
	g_free(expected);
	g_free(again);
	g_free(folder);
	g_free(base);
	g_free(path);
}

static void test_exit(void)
{
	char *tmp;

	if (g_test_subprocess()) {
		make_folder();
		g_assert_cmpuint(count_entries(g_getenv("TMPDIR")), ==, 1);
		return;
	}
	tmp = unit_folder();
	run_below(tmp, tmp);
	g_test_trap_assert_passed();
	g_assert_cmpuint(count_entries(tmp), ==, 0);
	unit_remove(tmp);
}

static void test_remove(void)
{
	char *tmp;

	if (g_test_subprocess()) {
		scratch_remove();	/* there is none */
		make_folder();
		scratch_remove();
		g_assert_cmpuint(count_entries(g_getenv("TMPDIR")), ==, 0);
		scratch_remove();
		return;
	}
	tmp = unit_folder();
	run_below(tmp, tmp);
	g_test_trap_assert_passed();
	unit_remove(tmp);
}

/* spatch gives names to a shell: a name that it could misread is not used. */
static void test_unsafe_folder(void)
{
	char *tmp, *unsafe;

	if (g_test_subprocess()) {
		make_folder();
		g_assert_cmpuint(count_entries(g_getenv("TMPDIR")), ==, 0);
		return;
	}
	tmp = unit_folder();
	unsafe = g_build_filename(tmp, "a b", NULL);
	g_assert_cmpint(mkdir(unsafe, 0755), ==, 0);
	run_below(unsafe, DEFAULT);
	g_test_trap_assert_passed();
	g_free(unsafe);
	unit_remove(tmp);
}

static void test_useless_folders(void)
{
	static const char *const folders[] = { "", "relative", "/nonexistent" };

	if (g_test_subprocess()) {
		make_folder();
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
		run_below(folders[i], DEFAULT);
		g_test_trap_assert_passed();
	}
}

static void test_signals(void)
{
	char *tmp;

	if (g_test_subprocess()) {
		scratch_handle_signals();
		make_folder();
		puts("raised");
		fflush(stdout);
		kill(getpid(), SIGTERM);
		sleep(60);
		puts("survived");
		return;
	}
	tmp = unit_folder();
	run_below(tmp, tmp);
	g_test_trap_assert_failed();
	g_test_trap_assert_stdout("*raised*");
	g_test_trap_assert_stdout_unmatched("*survived*");
	g_assert_cmpuint(count_entries(tmp), ==, 0);
	unit_remove(tmp);
}

/* The name that a process of this user and start time gives its folder. */
static char *folder_name(unsigned int user, int process, unsigned int start)
{
	return g_strdup_printf("kthread-cocci.%u.%d.%u", user, process, start);
}

static void put_folder(const char *tmp, char *name)
{
	char *path = g_build_filename(tmp, name, "a", NULL);

	unit_put(path, "file", "text");
	g_free(path);
	g_free(name);
}

/* Of a process that is no more: there is no such process number. */
static void test_stale(void)
{
	char *tmp;

	if (g_test_subprocess()) {
		make_folder();
		g_assert_cmpuint(count_entries(g_getenv("TMPDIR")), ==, 1);
		return;
	}
	tmp = unit_folder();
	put_folder(tmp, folder_name(geteuid(), 99999999, 1));
	/* This process lives, but began at another time. */
	put_folder(tmp, folder_name(geteuid(), getpid(), 1));
	run_below(tmp, tmp);
	g_test_trap_assert_passed();
	g_assert_cmpuint(count_entries(tmp), ==, 0);
	unit_remove(tmp);
}

static void test_not_stale(void)
{
	char *tmp, *name, *path;
	int fd;

	if (g_test_subprocess()) {
		make_folder();
		return;
	}
	tmp = unit_folder();
	put_folder(tmp, folder_name(geteuid() + 1, 99999999, 1));
	put_folder(tmp, g_strdup("kthread-cocci.mine"));
	put_folder(tmp, g_strdup("kthread-cocci-other.1.2.3"));
	unit_put(tmp, "kthread-cocci.file", "");
	/* Its process cannot be seen from here, yet holds the lock. */
	name = folder_name(geteuid(), 99999998, 1);
	path = g_build_filename(tmp, name, NULL);
	put_folder(tmp, name);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	g_assert_cmpint(flock(fd, LOCK_EX | LOCK_NB), ==, 0);
	run_below(tmp, tmp);
	g_test_trap_assert_passed();
	g_assert_cmpuint(count_entries(tmp), ==, 5);
	close(fd);
	g_free(path);
	unit_remove(tmp);
}

/* A link with the name of a stale folder is not followed. */
static void test_stale_link(void)
{
	char *tmp, *target, *name;

	if (g_test_subprocess()) {
		make_folder();
		return;
	}
	tmp = unit_folder();
	target = unit_folder();
	name = folder_name(geteuid(), 99999999, 1);
	unit_put(target, "file", "text");
	unit_link(tmp, name, target);
	run_below(tmp, tmp);
	g_test_trap_assert_passed();
	unit_assert_file(target, "file", "text");
	g_free(name);
	unit_remove(target);
	unit_remove(tmp);
}

static void test_remove_folder(void)
{
	char *folder = unit_folder(), *outside = unit_folder();
	char *path = g_build_filename(folder, "a", NULL);

	unit_put(outside, "file", "text");
	unit_put(folder, "a/b/c", "");
	unit_put(folder, "a/.d", "");
	unit_link(folder, "a/out", outside);
	unit_link(folder, "a/dangling", "nowhere");
	unit_put(folder, "ab", "text");
	remove_folder(path);
	g_assert_cmpuint(count_entries(folder), ==, 1);
	unit_assert_file(outside, "file", "text");
	remove_folder(path);	/* it is gone */
	g_free(path);
	unit_remove(outside);
	unit_remove(folder);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/scratch/exit", test_exit);
	g_test_add_func("/scratch/remove", test_remove);
	g_test_add_func("/scratch/unsafe-folder", test_unsafe_folder);
	g_test_add_func("/scratch/useless-folders", test_useless_folders);
	g_test_add_func("/scratch/signals", test_signals);
	g_test_add_func("/scratch/stale", test_stale);
	g_test_add_func("/scratch/not-stale", test_not_stale);
	g_test_add_func("/scratch/stale-link", test_stale_link);
	g_test_add_func("/scratch/remove-folder", test_remove_folder);
	return g_test_run();
}
