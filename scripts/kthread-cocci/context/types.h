/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which struct an expression is, and which slot a member chain ends in.
 *
 * A slot is a member of one definition of a struct: two drivers' private
 * structs of the same name are two.  Slots are what indirect calls go through.
 */
#ifndef CONTEXT_TYPES_H
#define CONTEXT_TYPES_H

#include "context/body.h"

/* One member of a struct; members of unnamed parts count as its own. */
struct member {
	name_t name;
	struct type type;
	uint32_t offset;	/* of the name, in bytes */
	bool is_part;		/* not counted by positional initialisers */
};

/* A definition of a struct. */
struct record {
	uint32_t file;
	uint32_t brace;		/* byte of its opening brace */
	name_t tag;
	GArray *members;	/* struct member, in order */
};

void record_free(struct record *record);

/*
 * The struct that a type names as seen from @file, through typedefs; NULL
 * where it is none or is not defined in the tree.
 */
const struct record *type_record(struct model *model, const struct type *type,
				 uint32_t file);

/* The member of a name, or NULL. */
const struct member *record_member(const struct record *record, name_t name);

/* Is it a function or a pointer to one? */
bool type_is_function(const struct model *model, const struct type *type);

/*
 * The type of the postfix expression that ends at token @end (its last token).
 * *@start is its first token.  A zero type where the source does not say.
 */
struct type expression_type(struct model *model, struct body *body,
			    uint32_t end, uint32_t *start);

/*
 * The type of the variable @name: a parameter or local variable of @body (NULL:
 * none is looked for), else one at file scope.
 */
struct type variable_type(struct model *model, struct body *body,
			  uint32_t file, name_t name);

/* A slot: a member of a record. */
struct slot {
	const struct record *record;	/* NULL: the struct is not known */
	name_t member;
	uint32_t offset;	/* of the member's name in the record's file, or
				   of a place in @file that names it */
	uint32_t file;
};

/* A number for each slot; those of an unknown struct share one per member. */
uint64_t slot_key(const struct slot *slot);

/* The slot that the member name at token @i of @body stands for. */
struct slot chain_slot(struct model *model, struct body *body, uint32_t i);

/* "struct.member" for messages; the caller frees it. */
char *slot_text(struct model *model, const struct slot *slot);

#endif
