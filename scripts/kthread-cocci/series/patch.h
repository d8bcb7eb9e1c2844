/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The patches of a series: a step of the run, or what of it belongs to one
 * subsystem, with the files as they are behind it.
 */
#ifndef SERIES_PATCH_H
#define SERIES_PATCH_H

#include "commands.h"
#include "series/subsystem.h"

struct patch_file {
	char *path;		/* relative to the tree */
	GBytes *before;		/* in front of this patch */
	GBytes *after;
};

struct patch {
	const struct step *step;
	char *subsystem;	/* its title, or NULL: the whole step */
	char *subject;
	char *message;		/* all of it, ends with a newline */
	GPtrArray *files;	/* struct patch_file, by path */
	GPtrArray *left;	/* char *: "path: what is left for a human" */
};

/*
 * Carry out the chosen steps of @session, one after the other.  Returns the
 * patches in their order, without subject and message: a step that changes
 * nothing has none; one with a split rule is split by @subsystems, where that
 * is not NULL, the part that defines what the others use first.  Findings go
 * to the session's.
 */
GPtrArray *patches_new(struct session *session,
		       struct subsystems *subsystems);

/* Does the patch change the file? */
bool patch_has_file(const struct patch *patch, const char *path);

#endif
