/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The identifier search of words.h, kept for the next run.
 *
 * The names of all steps are looked for together, so that one answer per file
 * serves every command: what it does not hold, no step has to look for there.
 * One cache file per tree (cache.h) tells for each file of the tree whether it
 * holds a name, and how the file looked then; only files that look different
 * are read again.  Another set of names makes the whole of it worthless.
 */
#ifndef WORDS_CACHE_H
#define WORDS_CACHE_H

#include "words.h"

/*
 * What words_find() says for @names over all files of @tree that are no links.
 * With @no_cache nothing is read or written.
 */
GPtrArray *words_cache_find(GPtrArray *names, const struct tree *tree,
			    unsigned int jobs, bool no_cache,
			    struct findings *findings);

#endif
