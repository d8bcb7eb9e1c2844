/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What happens to a function whose name stands somewhere as a value: who gets
 * to call it, or what it becomes an entry of.
 */
#ifndef CONTEXT_VALUE_H
#define CONTEXT_VALUE_H

#include "context/graph.h"
#include "context/sink.h"

/* The value of a node stands at token @token of @body. */
struct use {
	struct graph *graph;
	struct node *node;
	struct body *body;
	uint32_t token;
	int depth;		/* local variables and returns on the way */
};

/* Add the edges and roots that the node gets by going to @sink. */
void value_follow(struct use *use, const struct sink *sink);

/* The function that the place is in, or NULL at file scope. */
struct node *value_owner(const struct use *use);

#endif
