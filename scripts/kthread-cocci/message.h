/* SPDX-License-Identifier: GPL-2.0-only */
/* What the program says on stderr, apart from findings. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <glib.h>

/* -q is -1, -v is 1; set once by the command line. */
extern int verbosity;

/* "kthread-cocci: ..." and exit status 2. */
void die(const char *fmt, ...) G_GNUC_PRINTF(1, 2) G_GNUC_NORETURN;

/* "kthread-cocci: ...", a line for users who want to know; not with -q. */
void say(const char *fmt, ...) G_GNUC_PRINTF(1, 2);

/* The same, only with -v. */
void say_verbose(const char *fmt, ...) G_GNUC_PRINTF(1, 2);

/* @text with its control characters as C escapes; the caller frees it. */
char *printable(const char *text);

/* Die if stdout could not be written; silently where nobody reads it. */
void finish_output(void);

/*
 * The progress line: @done of @total things named @what.  Shown only where
 * stderr is a terminal that can move its cursor, and not with -q; wiped by
 * progress_end() and by every message.
 */
void progress(const char *what, unsigned int done, unsigned int total);
void progress_end(void);

#endif
