/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names that only a macro spells out: "stem##_1(x)".
 *
 * What a macro pastes is kept as a pattern, in which its parameters stand for
 * the arguments of a call; one that hands its own parameters on to such a macro
 * gets patterns of its own.  An argument counts if it is one word, or nothing,
 * or pasted itself.
 */
#ifndef CONTEXT_PASTE_H
#define CONTEXT_PASTE_H

#include "context/body.h"

struct pastes;

/* Reads the whole tree. */
struct pastes *pastes_new(struct model *model);
void pastes_free(struct pastes *pastes);

/* Is there a macro of this name that pastes? */
bool pastes_has(const struct pastes *pastes, name_t name);

/*
 * The functions and macros whose names the call of the macro at token @i pastes
 * together, each once: they live as long as @pastes.  @names is emptied first.
 */
void pastes_names(struct pastes *pastes, const struct body *body, uint32_t i,
		  GPtrArray *names);

/* Are there any? */
bool pastes_any(struct pastes *pastes, const struct body *body, uint32_t i);

#endif
