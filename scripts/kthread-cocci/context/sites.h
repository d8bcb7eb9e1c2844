/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The sites: every call of a lookup in the tree, who reaches it, and what
 * follows from that.
 */
#ifndef CONTEXT_SITES_H
#define CONTEXT_SITES_H

#include "context/chain.h"
#include "context/graph.h"

enum verdict {
	VERDICT_KTHREAD,	/* kernel threads only, PID 1's boot perhaps */
	VERDICT_MIXED,		/* kernel threads and user processes */
	VERDICT_USER,
	VERDICT_BOOT,
	VERDICT_SAFE,		/* a root of its own, or an explicit one */
	VERDICT_UNREACHED,
	VERDICTS
};

extern const char *const verdict_words[VERDICTS];
extern const char *const strength_words[];

struct site {
	uint32_t file;
	uint32_t offset;		/* of the lookup's name */
	unsigned int line;
	struct node *owner;
	const struct lookup *lookup;
	struct guard guard;		/* of the call */
	enum task task;			/* whom the conditions let to it */
	enum verdict verdict;
	const char *safe;		/* why the call itself is safe, or NULL */
	const struct chain *chain[CONTEXTS];	/* the best of each, or NULL */
};

struct sites {
	struct model *model;
	struct graph *graph;
	enum strength limit;
	GArray *list;			/* struct site, by file and offset */
	GHashTable *chains;		/* keeps them: owner and guard -> chains */
};

/* Find all sites of the tree and judge them by chains of @limit or better. */
struct sites *sites_new(struct model *model, const struct tables *tables,
			enum strength limit);
/* All chains of @context to a site, not only the best; the caller's to unref. */
GPtrArray *site_chains(const struct sites *sites, const struct site *site,
		       enum context context, GArray *cuts);

void sites_free(struct sites *sites);

/* The context whose chain proves the verdict; CONTEXTS where there is none. */
enum context verdict_context(enum verdict verdict);

#endif
