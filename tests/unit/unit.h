/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the unit tests share: temporary folders, files in them, and the step
 * whose rules the scanner's tests work with.
 */
#ifndef UNIT_H
#define UNIT_H

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <glib.h>

#include "edit.h"
#include "scratch.h"
#include "step.h"

/* Below /tmp whatever $TMPDIR says, so that the tests do not depend on it. */
static inline char *unit_folder(void)
{
	char *path = g_strdup("/tmp/kthread-cocci-unit-XXXXXX");

	if (!g_mkdtemp_full(path, 0755))
		g_error("cannot make a folder below /tmp");
	return path;
}

static inline void unit_remove(char *folder)
{
	remove_folder(folder);
	g_assert_false(g_file_test(folder, G_FILE_TEST_EXISTS));
	g_free(folder);
}

/* Make a file below @folder, with the folders on the way. */
static inline void unit_put(const char *folder, const char *path,
			    const char *text)
{
	char *file = g_build_filename(folder, path, NULL);
	char *parent = g_path_get_dirname(file);

	if (g_mkdir_with_parents(parent, 0755) ||
	    !g_file_set_contents(file, text, -1, NULL))
		g_error("cannot write %s", file);
	g_free(parent);
	g_free(file);
}

/* The file's text, or NULL; the caller frees it. */
static inline char *unit_get(const char *folder, const char *path)
{
	char *file = g_build_filename(folder, path, NULL);
	char *text = NULL;

	g_file_get_contents(file, &text, NULL, NULL);
	g_free(file);
	return text;
}

#define unit_assert_file(folder, path, expected)			\
	do {								\
		char *unit_text = unit_get(folder, path);		\
									\
		g_assert_cmpstr(unit_text, ==, expected);		\
		g_free(unit_text);					\
	} while (0)

static inline void unit_link(const char *folder, const char *path,
			     const char *target)
{
	char *file = g_build_filename(folder, path, NULL);

	if (symlink(target, file))
		g_error("cannot make the link %s", file);
	g_free(file);
}

/* Is there anything at all, be it a dangling link? */
static inline bool unit_exists(const char *folder, const char *path)
{
	char *file = g_build_filename(folder, path, NULL);
	bool there = !faccessat(AT_FDCWD, file, F_OK, AT_SYMLINK_NOFOLLOW);

	g_free(file);
	return there;
}

static inline GBytes *unit_bytes(const char *text)
{
	return bytes_from_string(g_string_new(text));
}

#define unit_assert_bytes(bytes, expected)				\
	do {								\
		gsize unit_size;					\
		const char *unit_data = g_bytes_get_data(bytes,		\
							 &unit_size);	\
									\
		g_assert_cmpstr(unit_data, ==, expected);		\
		g_assert_cmpuint(unit_size, ==, strlen(expected));	\
	} while (0)

/*
 * Where the tests run as root, permissions say nothing: become an ordinary
 * user, and root again.  Only root changes anything here.
 */
static inline void unit_set_user(bool ordinary)
{
	if (getuid())
		return;
	if (seteuid(ordinary ? 65534 : 0))
		g_error("cannot change the user");
	/* or else the leak check cannot look at this process */
	prctl(PR_SET_DUMPABLE, 1);
}

/* The rules of a step that takes its argument out of create() and its kin. */
static inline GPtrArray *unit_steps(void)
{
	char *folder = unit_folder();
	GPtrArray *steps;
	char *error = NULL;

	unit_put(folder, "02-flags.cocci",
		 "/// flags: remove\n"
		 "//% removed-argument: flags 1 0 1 create run\n"
		 "//% removed-argument: flags 1 0 2 create_on_node\n"
		 "//% removed-argument: flags 2 0 2 create_on_cpu\n"
		 "//%     run_on_cpu\n"
		 "//% removed-name: KTW_OLD\n"
		 "//% removed-member: worker flags\n");
	steps = steps_read(folder, &error);
	if (!steps)
		g_error("%s", error);
	unit_remove(folder);
	return steps;
}

#endif
