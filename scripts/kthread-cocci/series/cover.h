/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The cover letter: what the series does, the review,
 * and what is left for a human.
 */
#ifndef SERIES_COVER_H
#define SERIES_COVER_H

#include "context/engine.h"
#include "series/patch.h"

/*
 * The prose of the letter in the file @path: a subject, a blank line and text.
 * Lines that begin with # are left out.  Where a line "% STEP" begins a section,
 * the first one counts whose step is among @patches (struct patch), or that of
 * a "%" alone.  Dies where there is none; the caller frees it.
 */
char *cover_read(const char *path, const GPtrArray *patches);

struct cover_source {
	const char *text;		/* the subject, a blank line, the prose */
	const GPtrArray *patches;
	const struct sites *sites;	/* the review, NULL: no lookup is touched */
	const struct findings *findings;	/* what is left */
	const char *command;		/* that made it */
	const char *spatch;		/* its version */
};

/* The letter; the caller frees it. */
char *cover_letter(const struct cover_source *source);

/*
 * The change-id that all versions of a series share, as b4 makes them:
 * DATE-NAME-HASH.  @identity is who makes it and from what ("seconds zone" at
 * its end gives the date).  The caller frees it.
 */
char *cover_change_id(const char *subject, const char *identity,
		      const char *base);

#endif
