/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The progress of a long phase: how many of its files are done and how much
 * time is left, as one line on a terminal that message.h rewrites in place.
 * Phases do not overlap; what several threads do in a phase is one progress.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <glib.h>

/* A phase begins that has @total files to do; nothing is shown for none. */
void progress_begin(const char *what, unsigned int total);

/* So many files more are done.  Safe to call from several threads. */
void progress_step(unsigned int files);

/* The phase is over: the line goes away. */
void progress_end(void);

/*
 * The line: "@what: 23/40 files, 3 s left" after @elapsed microseconds; without
 * the time while nothing tells the rate.  The caller frees it.
 */
char *progress_text(const char *what, unsigned int done, unsigned int total,
		    gint64 elapsed);

#endif
