/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One source file as the scanner sees it: tokens, matched brackets, function
 * bodies and macros.
 */
#ifndef SOURCE_H
#define SOURCE_H

#include <glib.h>

#include "lexer.h"

#define NO_TOKEN UINT32_MAX

/* A half-open range of token indices. */
struct span {
	uint32_t first;
	uint32_t end;
};

struct function {
	uint32_t name;		/* token */
	uint32_t open;		/* the parenthesis of its parameters */
	struct span body;	/* from { to } */
};

struct macro {
	uint32_t name;		/* token */
	uint32_t open;		/* of its parameters, or NO_TOKEN */
	struct span body;	/* replacement list */
};

struct source {
	struct lexed lexed;
	uint32_t *match;	/* partner of a bracket token, or NO_TOKEN */
	unsigned int unmatched;	/* brackets that have no partner */
	GArray *functions;	/* struct function, in file order */
	GArray *macros;		/* struct macro, in file order */
};

/* Scan @length bytes at @text, which must outlive the result. */
struct source *source_new(const char *text, size_t length);
void source_free(struct source *source);

static inline const struct token *token_at(const struct source *source,
					   uint32_t i)
{
	return &source->lexed.tokens[i];
}

/* Where token @i ends in the text. */
static inline size_t token_end(const struct source *source, uint32_t i)
{
	return token_at(source, i)->offset + token_at(source, i)->length;
}

/* The function whose body holds token @i, or NULL. */
const struct function *source_function_at(const struct source *source,
					  uint32_t i);

/* The macro whose name, parameters or body hold token @i, or NULL. */
const struct macro *source_macro_at(const struct source *source, uint32_t i);

/*
 * Split the bracket that opens at token @open at its commas: one span per
 * argument or parameter, none for "()".  Returns an array of struct span, or
 * NULL where the bracket has no partner.
 */
GArray *source_arguments(const struct source *source, uint32_t open);

/* Is token @i spelt as one of @names (char *)? */
bool source_is_one_of(const struct source *source, const GPtrArray *names,
		      uint32_t i);

/*
 * The token of the name that a parameter declares: its last identifier outside
 * of [], or NO_TOKEN.
 */
uint32_t source_declared_name(const struct source *source, struct span span);

/* Does the parameter list that opens at @open declare the name? */
bool source_has_parameter(const struct source *source, uint32_t open,
			  const char *name);

/* Where a name followed by a parenthesis stands. */
enum use_kind {
	USE_CALL,		/* name(arguments) in code */
	USE_DECLARATION,	/* prototype or definition of a function */
	USE_MACRO_DEFINITION,	/* #define name(parameters) */
	USE_VALUE,		/* the name alone, as a value */
	USE_EXPORT,		/* EXPORT_SYMBOL(name) */
	USE_DIRECTIVE,		/* in #undef, #ifdef and their like */
};

/* How the identifier at token @i is used. */
enum use_kind source_use(const struct source *source, uint32_t i);

/* Does token @i stand in the #else or #elif branch of a conditional? */
bool source_in_else(const struct source *source, uint32_t i);

/* The tokens in @span as written, white space folded; the caller frees it. */
char *source_text(const struct source *source, struct span span);

#endif
