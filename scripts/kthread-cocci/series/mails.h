/* SPDX-License-Identifier: GPL-2.0-only */
/* The series as mails by git format-patch, and as a quilt series. */
#ifndef SERIES_MAILS_H
#define SERIES_MAILS_H

#include "series/repository.h"

struct mails {
	const char *folder;	/* where they are written; made if need be */
	const char *cover;	/* the letter: a subject, a blank line, prose */
	const char *change_id;
	unsigned int version;	/* from 1 */
};

/*
 * Write a mail for each commit of the repository's series, and the cover
 * letter; for a tree that is no git tree the file "series" for quilt as well.
 * Their names go to stdout.  Nothing is overwritten: dies, before anything is
 * written, where a file is there already.
 */
void mails_write(const struct repository *repository,
		 const struct mails *mails);

#endif
