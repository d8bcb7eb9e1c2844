/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which subsystem a file belongs to, by the tree's MAINTAINERS.
 *
 * Of all sections with a matching F: line the one whose pattern goes deepest
 * into the path counts, as scripts/get_maintainer.pl ranks them; N: lines, the
 * patterns of whole paths, count where no F: line does; X: lines exclude.
 */
#ifndef CONTEXT_MAINTAINERS_H
#define CONTEXT_MAINTAINERS_H

#include "tree.h"

struct maintainers;

/* Read MAINTAINERS of the tree; without one there is but one subsystem. */
struct maintainers *maintainers_new(const struct tree *tree);
void maintainers_free(struct maintainers *maintainers);

/* The title of the file's section; "THE REST" where there is none. */
const char *maintainers_subsystem(const struct maintainers *maintainers,
				  const char *path);

#endif
