/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The inside of one function, macro or file-scope statement: its tokens, its
 * parameters and the variables that it declares.
 */
#ifndef CONTEXT_BODY_H
#define CONTEXT_BODY_H

#include "context/model.h"

/* A type as far as it is of interest: which struct, or a function. */
struct type {
	name_t tag;		/* of a struct or union, or a typedef's name */
	bool is_typedef;	/* it may be either */
	bool is_function;	/* a function or a pointer to one */
	bool is_array;
	bool is_class;		/* CLASS(tag, name): see DEFINE_CLASS() */
	/* An unnamed struct: byte of its brace in file @file. */
	uint32_t brace;
	uint32_t file;
};

struct variable {
	name_t name;		/* 0: a parameter without one */
	struct type type;
	uint32_t token;		/* of its name */
};

struct body {
	uint32_t file;
	const struct region *region;
	const char *text;	/* of the file */
	struct toks toks;	/* offsets count from the file's start */
	GArray *parameters;	/* struct variable, in order */
	GArray *locals;		/* struct variable, in order */
	uint32_t *outer;	/* see body_enclosing() */
	uint32_t *argument;	/* see body_argument_index() */
	uint32_t first;		/* first token behind the parameters */
	uint32_t name;		/* token of the function's name, or NO_MATCH */
};

/* The inside of @region of @file; kept by the model. */
struct body *body_of(struct model *model, uint32_t file,
		     const struct region *region);
void body_free(struct body *body);

/*
 * The region around a place, and the token there.  NULL where the place is in
 * no region, or no token starts at it.
 */
struct body *body_at(struct model *model, const struct place *place,
		     uint32_t *token);

/* The token that starts at the byte, or NO_MATCH. */
uint32_t body_token(const struct body *body, uint32_t offset);

/* A parameter's number, or -1. */
int body_parameter(const struct body *body, name_t name);

/* The parameter or local variable of a name, or NULL. */
const struct variable *body_variable(const struct body *body, name_t name);

/*
 * The token behind the statement that begins at @i, with its blocks and its
 * else branches.
 */
uint32_t body_statement_end(const struct body *body, uint32_t i);

/* Is token @i the name in the declaration of a local variable? */
bool body_declares(const struct body *body, uint32_t i);

/* The kind of token @i; TOK_END outside. */
static inline uint8_t body_kind(const struct body *body, uint32_t i)
{
	return i < body->toks.count ? body->toks.tok[i].kind : (uint8_t)TOK_END;
}

static inline bool body_is_name(const struct body *body, uint32_t i)
{
	return body_kind(body, i) == TOK_NAME;
}

/* The partner of the bracket at @i, or NO_MATCH. */
static inline uint32_t body_match(const struct body *body, uint32_t i)
{
	return (uint32_t)MIN(body->toks.tok[i].match, NO_MATCH);
}

/* Is the name at @i one of a member: x->name, x.name? */
bool body_is_member(const struct body *body, uint32_t i);

/* Is the name at @i called: name(...), (*name)(...), name[i](...)? */
bool body_is_called(const struct body *body, uint32_t i);

/* The opening bracket around token @i, or NO_MATCH. */
uint32_t body_enclosing(const struct body *body, uint32_t i);

/* Which argument of the bracket at @open token @i stands in, from 0. */
int body_argument_index(const struct body *body, uint32_t open, uint32_t i);

/*
 * Argument @number of the bracket that opens at @open: its first token and the
 * token behind it.  False where there are not so many.
 */
bool body_argument(const struct body *body, uint32_t open, int number,
		   uint32_t *first, uint32_t *end);

/*
 * The type that the declaration specifiers from @i to @end name; *@next is the
 * token behind them.
 */
struct type type_parse(const char *text, const struct toks *toks, uint32_t i,
		       uint32_t end, uint32_t *next);

#endif
