/* SPDX-License-Identifier: GPL-2.0-only */
/* After a step: what is left in each candidate, and why. */
#ifndef LEFTOVER_H
#define LEFTOVER_H

#include "candidate.h"

/*
 * Add a finding for every use of the old API that is left in @candidate: what
 * no step may convert, what spatch did not convert, with the reason, and what
 * stands in comments.  A candidate without a result is as it was.
 */
void leftover_report(const struct rewrite *rewrite,
		     const struct candidate *candidate);

#endif
