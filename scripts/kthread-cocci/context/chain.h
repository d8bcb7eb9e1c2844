/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The way from an entry to a function: the chain that proves a verdict.
 *
 * It is looked for backwards, from the function to its callers, so that no more
 * of the graph is built than the nearest entry needs.  Of all chains the one
 * with the strongest links comes first and, of these, the shortest.
 */
#ifndef CONTEXT_CHAIN_H
#define CONTEXT_CHAIN_H

#include "context/graph.h"
#include "context/guard.h"

/* A node of the chain and how it gets to the next one. */
struct hop {
	const struct node *node;
	const struct edge *edge;	/* NULL: the last one */
};

struct chain {
	enum strength strength;		/* of the weakest link */
	const struct root *root;	/* what makes its first node an entry */
	GArray *hops;			/* struct hop, the entry first */
};

/* A way that a row of the tables closed, or a condition or scope in the code. */
struct cut {
	const struct row *row;		/* or NULL */
	const char *reason;
	const struct node *from;	/* the caller, or NULL */
	const struct node *to;
};

struct chain_query {
	struct graph *graph;
	struct node *node;		/* where the chain is to end */
	struct guard guard;		/* of the place there */
	enum context context;
	enum strength limit;		/* no weaker links */
	bool all;			/* the best chain of every entry */
};

/*
 * The chains that answer the query (struct chain), the best first; none where
 * the context does not get there.  Ways that were closed are added to @cuts
 * (struct cut) where it is not NULL.
 */
GPtrArray *chains_find(const struct chain_query *query, GArray *cuts);

#endif
