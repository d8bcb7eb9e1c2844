/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A few files that changed since the cache file was written, laid over its
 * index: to merge 14 million places and write them anew takes longer than to
 * scan those files again at every run.
 */
#ifndef SCAN_OVERLAY_H
#define SCAN_OVERLAY_H

#include "scan/build.h"

struct overlay;

/* More changed files than this are merged. */
#define OVERLAY_MAX_FILES 32

/*
 * What the wanted files of @build hold now, to be laid over @index, which is
 * as they were.  NULL where there are too many, where files came or went, or
 * where they bring names that build_update() would not take over either.
 */
struct overlay *overlay_new(struct build *build, const struct index *index);
void overlay_free(struct overlay *overlay);

/* All places of @name: @places are those of the index. */
struct places overlay_places(const struct overlay *overlay, name_t name,
			     struct places places);

/* The regions of a file that is laid over into @first to @end; else false. */
bool overlay_regions(const struct overlay *overlay, uint32_t file,
		     const struct region **first, const struct region **end);

#endif
