/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The prefix of a commit's subject ("btrfs: ", "usb: gadget: "), as the history
 * of the files has it.
 */
#ifndef SERIES_PREFIX_H
#define SERIES_PREFIX_H

#include <glib.h>

#include "git.h"

/*
 * The prefix that most of the last commits to @paths (char *) have.  @git is
 * the repository, NULL where there is none; where its history does not tell,
 * the folder of the paths is the prefix.  Ends with ": "; the caller frees it.
 */
char *prefix_find(const struct git *git, const GPtrArray *paths);

/* "fs: smb: " of "fs: smb: add x"; "" where there is none. */
char *prefix_of_subject(const char *subject);

/* The prefix for a folder: "drivers/usb/gadget" is "usb: gadget: ". */
char *prefix_of_folder(const char *folder);

#endif
