/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of the audit share: audit.c looks at what a step takes away,
 * demand.c at what it adds.
 */
#ifndef AUDITOR_H
#define AUDITOR_H

#include "audit.h"

struct audit {
	const struct step *step;
	const struct source *source;
	enum file_kind kind;
	enum api_shape shape;
	GPtrArray *uses;
};

void audit_add(struct audit *audit, enum use_class class, uint32_t token,
	       unsigned int line, const char *fmt, ...) G_GNUC_PRINTF(5, 6);

/*
 * "probe(): " or "macro FOO: ", so that a finding names its function; "" at
 * file scope.  The caller frees it.
 */
char *audit_place(const struct audit *audit, uint32_t token);

/* ", below #if 0" for a dead token, else "". */
const char *audit_dead_note(const struct audit *audit, uint32_t token);

/* Does a string literal stand in @span? */
bool span_has_string(const struct source *source, struct span span);

/*
 * What the inside, outside and beside rules say of a file: whether all of them
 * hold where they have something to say.
 */
enum api_shape demand_shape(const struct step *step,
			    const struct source *source);

/* Add a use for each inside, outside and beside rule that does not hold. */
void demand_audit(struct audit *audit);

/* A function of an added-argument or struct-argument rule at token @i. */
void audit_added_argument(struct audit *audit, const struct rule *rule,
			  uint32_t i);
void audit_struct_argument(struct audit *audit, const struct rule *rule,
			   uint32_t i);

/* The shape that the declarations of an added-argument rule's function show. */
enum api_shape added_argument_shape(const struct rule *rule,
				    const struct source *source, uint32_t i);

#endif
