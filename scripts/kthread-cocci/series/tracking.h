/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What b4 keeps of a series, so that it can take a branch over: the cover
 * letter in branch.NAME.description, and version and change-id as JSON in
 * branch.NAME.b4-tracking (b4 calls it the strategy "branch-description").
 */
#ifndef SERIES_TRACKING_H
#define SERIES_TRACKING_H

#include "series/repository.h"

struct tracking {
	char *change_id;	/* NULL: not known */
	unsigned int version;	/* 0: not known */
};

/* What the branch @name says; both unknown where it says nothing. */
struct tracking tracking_read(const struct repository *repository,
			      const char *name);
void tracking_clear(struct tracking *tracking);

/* Write it, and the letter @cover, for the branch @name. */
void tracking_write(const struct repository *repository, const char *name,
		    const struct tracking *tracking, const char *cover);

#endif
