/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which files of the tree hold which identifiers: the candidates of the
 * steps, found in one pass over the tree.
 *
 * A hit means that the identifier stands somewhere in the file, be it in code,
 * in a comment or in dead code; the scanner tells these apart later.  The pass
 * cannot miss one: it looks at every byte and knows no context.
 */
#ifndef WORDS_H
#define WORDS_H

#include <glib.h>

#include "findings.h"
#include "tree.h"

struct words;

/* A set of identifiers to look for.  @names is copied. */
struct words *words_new(GPtrArray *names);
void words_free(struct words *words);

/*
 * Does any identifier of the set stand in these bytes?  @data must be followed
 * by a NUL.
 */
bool words_match(const struct words *words, const char *data, size_t len);

/* What is known of a file. */
enum word_state {
	WORD_MISSING,		/* none of the names stands in it */
	WORD_HIT,
	WORD_UNREAD,		/* it could not be read: there is a finding */
};

/*
 * Look into each of @files (struct tree_file) and put the answers into @states.
 * Files that cannot be read and links that lead to a matching file outside of
 * the tree are added to @findings.
 */
void words_search(const struct words *words, const struct tree *tree,
		  const GPtrArray *files, unsigned int jobs,
		  enum word_state *states, struct findings *findings);

/*
 * The files among @files (NULL: all of @tree) that hold at least one identifier,
 * in their order (struct tree_file, not owned); see words_search().
 */
GPtrArray *words_find(const struct words *words, const struct tree *tree,
		      const GPtrArray *files, unsigned int jobs,
		      struct findings *findings);

#endif
