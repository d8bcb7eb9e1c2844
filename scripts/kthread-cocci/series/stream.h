/* SPDX-License-Identifier: GPL-2.0-only */
/* Patches as the input of git fast-import, see git-fast-import(1). */
#ifndef SERIES_STREAM_H
#define SERIES_STREAM_H

#include "series/repository.h"

/*
 * Write the stream that makes a commit of each of @patches to the file @path.
 * Their files must be as git has them at the base; a file that git does not
 * track is left out and added to @findings.  Dies where one is not as git has
 * it, and where the stream cannot be written.
 */
void stream_write(const struct repository *repository,
		  const GPtrArray *patches, const char *path,
		  struct findings *findings);

#endif
