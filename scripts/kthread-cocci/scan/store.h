/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The cache file of an index.
 *
 * One file per tree in $XDG_CACHE_HOME/kthread-cocci (or ~/.cache), named by a
 * hash of the tree's path, written beside and renamed.  It is a private format
 * of one version of the program on one machine, checked as a whole by a
 * checksum before anything in it is believed.
 */
#ifndef SCAN_STORE_H
#define SCAN_STORE_H

#include "scan/index.h"

/* Raised with every change of what the scanner finds or how it is kept. */
#define STORE_VERSION 8

/* The path of the tree's cache file, or NULL where there is no home for it. */
char *store_path(const struct tree *tree);

/*
 * Read an index.  NULL where there is none; a damaged or foreign file is said
 * so (message.h) and counts as none.
 */
struct index *store_read(const char *path, const struct tree *tree);

/* Write it.  Failure is said; the run goes on without a cache. */
void store_write(const struct index *index, const char *path);

#endif
