/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Calls that have to leave their statement before a scope can be put around
 * them: initialisers and conditions.  See scoped.h.
 */
#ifndef HOIST_H
#define HOIST_H

#include "scopetext.h"

/*
 * Each adds edits that do it and returns true, or returns false where the call
 * cannot be moved without changing what the code does.
 */
bool hoist_declaration(struct marked_call *call);
bool hoist_condition(struct marked_call *call);

/* The same for a call whose value, an int, is not assigned. */
bool hoist_value(struct marked_call *call);

#endif
