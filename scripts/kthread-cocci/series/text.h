/* SPDX-License-Identifier: GPL-2.0-only */
/* Prose for mails and commit messages. */
#ifndef SERIES_TEXT_H
#define SERIES_TEXT_H

#include <glib.h>

/* The columns of a commit message. */
#define TEXT_WIDTH 72

/*
 * Append @text to @out in lines of TEXT_WIDTH columns, broken at blanks; the
 * first begins with @first, the others with @rest.  A word that is longer than
 * a line stands alone.  Ends with a newline.
 */
void text_wrap(GString *out, const char *first, const char *rest,
	       const char *text);

#endif
