/* SPDX-License-Identifier: GPL-2.0-only */
/* Every call by name that the index has, for whoever wants to check it. */
#ifndef SCAN_EDGES_H
#define SCAN_EDGES_H

#include <stdio.h>

#include "scan/index.h"

/*
 * Print one line per call, "file<TAB>line<TAB>caller<TAB>callee", by file and
 * line.  A call in a macro's replacement list has the caller "#macro"; one at
 * file scope "-".  Files that cannot be read any more are left out.
 */
void edges_print(const struct index *index, FILE *out);

#endif
