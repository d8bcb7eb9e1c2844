/* SPDX-License-Identifier: GPL-2.0-only */
/* What the program says on stderr, apart from findings. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>

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
 * The status line: a text at the end of what is on the terminal, which is
 * rewritten in place and wiped by every message.  For progress.h.
 */

/* Is stderr a terminal that can move its cursor, and this is not -q? */
bool can_show_status(void);

/* Show the text, as much of it as fits on a line, in place of the last one. */
void show_status(const char *text);

/* Take it away: something else is going to be printed. */
void wipe_status(void);

/* Take it away for good: the program ends, whatever its threads still do. */
void end_status(void);

#endif
