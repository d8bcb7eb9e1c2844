/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where a value goes: the place that an expression stands in.
 */
#ifndef CONTEXT_SINK_H
#define CONTEXT_SINK_H

#include "context/types.h"

enum sink_kind {
	SINK_NONE,		/* compared, tested, computed with */
	SINK_ARGUMENT,		/* argument @argument of the call at @token */
	SINK_SLOT,		/* stored in @slot */
	SINK_VARIABLE,		/* stored in the file-scope variable @name */
	SINK_LOCAL,		/* stored in the local variable @name */
	SINK_RETURN,		/* returned by the function */
	SINK_ALIAS,		/* it is all that the macro expands to */
	SINK_CALLED,		/* READ_ONCE(x->f)(...) */
};

struct sink {
	enum sink_kind kind;
	uint32_t token;		/* SINK_ARGUMENT: the callee's name */
	int argument;		/* from 0 */
	struct slot slot;
	name_t name;
};

/* Where the value of the name at token @i of @body goes. */
struct sink sink_of(struct model *model, struct body *body, uint32_t i);

/*
 * The same of the call of the name at token @i: where its result goes.
 */
struct sink sink_of_call(struct model *model, struct body *body, uint32_t i);

/*
 * A macro used at token @i of @body puts something into the member @name of an
 * unnamed initialiser: the slot it is at this use, or one without a record.
 */
struct slot slot_at_use(struct model *model, struct body *body, uint32_t i,
			const struct slot *slot);

#endif
