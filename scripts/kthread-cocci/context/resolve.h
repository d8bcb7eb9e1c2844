/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which definitions a name can mean where it stands.
 *
 * There are no include paths here: what a file can see is told by where the
 * files are.  A definition in the same file hides all others; static functions
 * of other .c files are not seen; of functions of one name in several folders
 * those in the nearest count, with those of any architecture, one of which is
 * built.  Code of one architecture does not see another's.  Programs that run
 * on the host (tools/, scripts/, ...) and the kernel do not see each other.
 */
#ifndef CONTEXT_RESOLVE_H
#define CONTEXT_RESOLVE_H

#include "context/model.h"

/* A function or macro. */
struct definition {
	uint32_t file;
	const struct region *region;
};

/* All that @name can mean in @file (struct definition); kept by the model. */
const GArray *resolve(struct model *model, uint32_t file, name_t name);

/* Can @name in @file mean this definition? */
bool can_mean(struct model *model, uint32_t file, name_t name,
	      const struct region *region);

/*
 * How near a definition in file @to is to a use in file @from; 0: it is out of
 * its sight.
 */
unsigned int nearness(struct model *model, uint32_t from, uint32_t to);

/*
 * Of the places of a name of one kind, the nearest to @file; NULL where none is
 * in its sight.  With @defined, what a header has counts only where no other
 * file does: it declares what is defined elsewhere.
 */
const struct place *nearest_place(struct model *model, uint32_t file,
				  name_t name, enum ref_kind kind,
				  bool defined);

/* Is this a file of a program that runs on the host? */
bool is_host_file(struct model *model, uint32_t file);

#endif
