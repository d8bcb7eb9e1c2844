/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Conditions on a parameter under which a call is made.
 *
 * "if (!ctx) lookup();" is not reached by a caller that passes a context, nor
 * "if (flags == A)" by one that passes B.  A parameter that is handed on as it
 * is takes the guard along.
 */
#ifndef CONTEXT_GUARD_H
#define CONTEXT_GUARD_H

#include "context/body.h"

enum guard_kind {
	GUARD_NONE,
	GUARD_ZERO,		/* only if the parameter is 0 or NULL */
	GUARD_NONZERO,
	GUARD_EQUAL,		/* only if it is the constant @value */
	GUARD_UNEQUAL,
};

struct guard {
	enum guard_kind kind;
	int parameter;		/* from 0 */
	name_t value;		/* of a named constant */
};

/* The condition under which token @i of @body is reached. */
struct guard guard_of(const struct body *body, uint32_t i);

/* Who gets through the conditions around a place. */
enum task {
	TASK_ANY,
	TASK_KTHREAD,		/* only kernel threads */
	TASK_USER,		/* all but kernel threads */
};

/*
 * Whom the conditions let to token @i of @body, by tsk_is_kthread(current) or
 * the flag PF_KTHREAD of current.
 */
enum task guard_task(const struct body *body, uint32_t i);

/*
 * The guard of the callee as one of the caller: the call at token @i hands on a
 * parameter of its own.  GUARD_NONE where it does not.
 */
struct guard guard_handed_on(const struct body *body, uint32_t i,
			     const struct guard *guard);

/*
 * Can the call of the function name at token @i of @body get through the
 * guard in that function?  True wherever the argument is not a constant.
 */
bool guard_lets(const struct body *body, uint32_t i,
		const struct guard *guard);

#endif
