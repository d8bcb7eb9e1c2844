/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which subsystem takes the change of a file, and who hears of it: the tree's
 * own scripts/get_maintainer.pl says it.  Where that or perl is missing,
 * MAINTAINERS is read by context/maintainers.h, and nobody is told.
 */
#ifndef SERIES_SUBSYSTEM_H
#define SERIES_SUBSYSTEM_H

#include "tree.h"

struct subsystems;

struct subsystems *subsystems_new(const struct tree *tree);
void subsystems_free(struct subsystems *subsystems);

/* Ask for all of @paths (char *) at once, on up to @jobs processors. */
void subsystems_load(struct subsystems *subsystems, const GPtrArray *paths,
		     unsigned int jobs);

/* The title of a path's section. */
const char *subsystems_of(struct subsystems *subsystems, const char *path);

/*
 * The maintainers, reviewers and lists of a path: array of char *, not owned,
 * as they stand behind Cc:.
 */
const GPtrArray *subsystems_people(struct subsystems *subsystems,
				   const char *path);

#endif
