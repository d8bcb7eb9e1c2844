/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The audit: every use of the old API in a file, and what becomes of it.
 *
 * The audit reads tokens, not what spatch made of them, so it sees a use that
 * spatch never saw.  It knows the API only through the step's rules.
 */
#ifndef AUDIT_H
#define AUDIT_H

#include "source.h"
#include "step.h"
#include "tree.h"

enum use_class {
	USE_CONVERTIBLE,	/* the semantic patch is meant to change it */
	USE_DEFINITION,		/* defines the API, changes with it */
	USE_NOT_LITERAL,	/* the argument is no literal: for a human */
	USE_REFERENCE,		/* the function as a value, a removed name */
	USE_DEAD,		/* below #if 0: spatch does not see it */
	USE_ALTERNATIVES,	/* #if inside the argument list */
	USE_DOCUMENTATION,	/* in a comment or a text file */
	USE_NOT_C,		/* assembler, Rust */
	USE_BY_HAND,		/* there is no mechanical way */
};

struct use {
	enum use_class class;
	uint32_t token;		/* NO_TOKEN in comments and documentation */
	unsigned int line;
	char *message;		/* what is used, and how */
	const char *verdict;	/* of a lookup site, else NULL */
};

/* What the tree's own definition of the API looks like. */
enum api_shape {
	API_ABSENT,		/* not defined in the files looked at */
	API_OLD,		/* as before the step */
	API_NEW,		/* as after the step */
};

/*
 * The shape of the API in one source file.  Over several files the largest
 * claim wins: one old definition makes the tree's API old.
 */
enum api_shape audit_shape(const struct step *step,
			   const struct source *source);
enum api_shape audit_join_shapes(enum api_shape a, enum api_shape b);

/*
 * The uses of the old API in one file, in file order; array of struct use.
 * With API_OLD every call that does not pass the literal is an old one.  With
 * API_NEW a call is an old one only where its argument is certain to be: the
 * literal, a removed name, an integer.
 */
GPtrArray *audit_uses(const struct step *step, const struct source *source,
		      enum file_kind kind, enum api_shape shape);

/* Does @source define a struct, union or enum @type that holds @member? */
bool audit_type_holds(const struct source *source, const char *type,
		      const char *member);

#endif
