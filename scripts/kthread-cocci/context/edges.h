/* SPDX-License-Identifier: GPL-2.0-only */
/* Every call that the index can tell, for whoever wants to check it. */
#ifndef CONTEXT_EDGES_H
#define CONTEXT_EDGES_H

#include <stdio.h>

#include "context/model.h"

/*
 * Print one line per call, "file<TAB>line<TAB>caller<TAB>callee", by file and
 * line, each once.  Calls are
 *
 * - those by name;
 * - the names of functions and macros in a macro's replacement list, whether
 *   called there or handed on: "#define f g";
 * - those that are handed to a macro, which may call them: DO_ONCE(f, x);
 * - macros without parameters that stand for calls;
 * - the names that a macro pastes together, see paste.h.
 *
 * A call in a macro's replacement list has the caller "#macro"; one at file
 * scope "-".  Files that cannot be read any more are left out.
 */
void edges_print(struct model *model, FILE *out);

#endif
