/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Running git in the user's repository.
 *
 * git gets the user's environment and settings (HOME, safe.directory, an
 * identity), but the folder alone decides which repository it is: GIT_DIR and
 * its like, which hooks have set, are dropped.  It speaks English, uses no
 * pager, asks nothing and takes no lock that it can do without.
 */
#ifndef GIT_H
#define GIT_H

#include <stdbool.h>

#include <glib.h>

struct git {
	const char *folder;	/* where it runs; the user's when NULL */
	const char *const *environment;	/* "NAME=value" more, or NULL */
	const char *input;	/* file for stdin, NULL: nothing */
};

struct git_result {
	int status;		/* exit status, -1: ended by a signal */
	GBytes *output;		/* stdout; a NUL follows that is not counted */
	char *errors;		/* stderr without the line end, never NULL */
};

/*
 * Run "git @arguments" (NULL-terminated, without "git" itself) and wait.  Any
 * exit status is a result; dies where git cannot be run at all.
 */
struct git_result git_run(const struct git *git, const char *const *arguments);

/* The same with the arguments one by one, up to NULL. */
struct git_result git_call(const struct git *git, ...) G_GNUC_NULL_TERMINATED;

/* stdout as text, owned by @result: up to its first NUL. */
const char *git_text(const struct git_result *result);

/* stdout without the newlines at its end; the caller frees it. */
char *git_line(const struct git_result *result);

/* The first line of stderr, for a message; the caller frees it. */
char *git_complaint(const struct git_result *result);

void git_result_clear(struct git_result *result);

#endif
