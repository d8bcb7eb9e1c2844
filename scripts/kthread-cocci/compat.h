/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A module that has to build on older kernels as well: a header of its own that
 * has there what the converted files use.
 *
 * The header is made once, in the style of the module's headers, and is the
 * module's from then on: one that is there is never written to.
 */
#ifndef COMPAT_H
#define COMPAT_H

#include "align.h"
#include "edit.h"
#include "source.h"
#include "step.h"
#include "workspace.h"

struct compat;

/* Look at the headers of the module. */
struct compat *compat_new(const struct tree *tree);
void compat_free(struct compat *compat);

/* Has the header what @step gives to the files? */
bool compat_covers(const struct step *step);

/*
 * Where @step has brought new names into @source, the file at @path, see that it
 * includes the header: adds to @edits.  Safe to call from several threads.
 */
void compat_include(struct compat *compat, const struct step *step,
		    const char *path, const struct source *source,
		    const struct alignment *map, struct edits *edits);

/* Put the header into @workspace if a file includes it and it is not there. */
void compat_finish(const struct compat *compat, struct workspace *workspace);

#endif
