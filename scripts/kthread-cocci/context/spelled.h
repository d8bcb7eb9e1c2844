/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions whose names a macro puts together: DEVICE_ATTR_RW(mode) makes
 * entries of mode_show() and mode_store(), and nothing else names them.
 */
#ifndef CONTEXT_SPELLED_H
#define CONTEXT_SPELLED_H

#include "context/graph.h"

/*
 * Add a root for each call, in the file of the function, of a macro that spells
 * its name by a "pasted" row of entries.tab.
 */
void spelled_roots(struct graph *graph, struct node *node);

#endif
