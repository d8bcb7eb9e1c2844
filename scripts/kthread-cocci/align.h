/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which token of a rewritten file is which token of the file before.
 *
 * Layout and audit need to know where each old token went.  The alignment is
 * a shortest edit script over the tokens' spelling, after E. Myers, "An O(ND)
 * Difference Algorithm and Its Variations" (1986), the greedy form; rewrites are small, so D is small.
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

/*
 * Align @old_file with @new_file.  Returns false (and no maps) where the two differ
 * in more than a few thousand tokens.  Release with alignment_clear().
 */
bool align(struct alignment *alignment, const struct lexed *old_file,
	   const struct lexed *new_file);
void alignment_clear(struct alignment *alignment);

#endif
