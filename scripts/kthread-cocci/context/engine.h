/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The context engine over one tree, from its tables to the judged sites: what
 * contexts, check and series share.
 */
#ifndef CONTEXT_ENGINE_H
#define CONTEXT_ENGINE_H

#include "context/sites.h"
#include "findings.h"
#include "scan/index.h"
#include "tree.h"

struct engine {
	struct tables *tables;
	struct index *index;
	struct model *model;
	struct sites *sites;
};

/*
 * Read the tables and the index of @tree; files that cannot be read are added
 * to @findings.  Dies where the tables are broken.
 */
void engine_open(struct engine *engine, const struct tree *tree,
		 const struct index_options *options,
		 struct findings *findings);

/* Find the sites and judge them by chains of @limit or better. */
void engine_judge(struct engine *engine, enum strength limit);

/* Release everything; also where engine_judge() was not called. */
void engine_close(struct engine *engine);

#endif
