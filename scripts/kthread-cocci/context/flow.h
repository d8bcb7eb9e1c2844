/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a function does with a function that is passed to it.
 */
#ifndef CONTEXT_FLOW_H
#define CONTEXT_FLOW_H

#include "context/resolve.h"
#include "context/sink.h"
#include "context/tables.h"

enum flow_kind {
	FLOW_CALLED,		/* it calls it, before it returns */
	FLOW_SLOT,		/* it stores it in a slot */
	FLOW_VARIABLE,		/* it stores it in a file-scope variable */
	FLOW_ENTRY,		/* it makes it an entry: a row of the tables */
	FLOW_HEAD,		/* it registers it at the head @name */
};

struct flow {
	enum flow_kind kind;
	struct slot slot;
	name_t name;			/* FLOW_VARIABLE, FLOW_HEAD */
	uint32_t file;			/* where that happens */
	uint32_t offset;
	const struct row *row;		/* FLOW_ENTRY */
	struct definition caller;	/* FLOW_CALLED: who calls it */
	uint32_t parameter;		/* and the byte of its parameter there */
};

/*
 * The head that the call of the name at token @i registers its argument
 * @argument at, by chains.tab: a variable at file scope, or 0.
 */
name_t registered_head(const struct tables *tables, const struct body *body,
		       uint32_t i, int argument);

/* Does the call at token @i run the list whose head is argument @argument? */
bool runs_head(const struct tables *tables, const struct body *body, uint32_t i,
	       int argument);

/*
 * What @definition does with its parameter @number (from 0), and what the
 * functions do that it passes it on to.  Kept by the model.
 */
const GArray *parameter_flows(struct model *model, const struct tables *tables,
			      const struct definition *definition, int number);

/* For the model, which keeps them. */
void own_flows_free(gpointer data);

#endif
