/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which token of a rewritten file is which token of the file before.
 *
 * Layout and audit need to know where each old token went.  The alignment is
 * a shortest edit script over the tokens' spelling, after E. Myers, "An O(ND)
 * Difference Algorithm and Its Variations" (1986), the greedy form; rewrites are
 * small, so D is small.
 */
#ifndef ALIGN_H
#define ALIGN_H

#include <stdbool.h>
#include <stdint.h>

#include "lexer.h"

struct alignment {
	uint32_t *to_new;	/* per old token: its new index, or NO_TOKEN */
	uint32_t *to_old;	/* per new token: its old index, or NO_TOKEN */
};

/* Is element @x of the old sequence the same as element @y of the new one? */
typedef bool align_same(const void *context, uint32_t x, uint32_t y);

/*
 * Align two sequences of any kind.  Returns false (and no maps) where they
 * differ in more than a few thousand elements.  Release with
 * alignment_clear().
 */
bool align_sequences(struct alignment *alignment, uint32_t old_count,
		     uint32_t new_count, align_same *same,
		     const void *context);

/*
 * Align the tokens of @old_file with those of @new_file.  Returns false (and no
 * maps) where the two differ in more than a few thousand tokens.  Release with
 * alignment_clear().
 */
bool align(struct alignment *alignment, const struct lexed *old_file,
	   const struct lexed *new_file);
void alignment_clear(struct alignment *alignment);

#endif
