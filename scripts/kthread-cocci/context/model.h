/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The code model: what the source says at the places that the index names.
 *
 * The index tells where names stand; everything else (which function, which
 * struct, what is passed where) is read from the source when it is asked for,
 * and kept.  Only what lies on the way to a path lookup is ever asked for: some
 * ten thousand functions of a million.
 *
 * Not for several threads at once.
 */
#ifndef CONTEXT_MODEL_H
#define CONTEXT_MODEL_H

#include "scan/arena.h"
#include "scan/index.h"

struct model {
	const struct index *index;
	GHashTable *texts;	/* file -> struct text */
	struct arena *arena;	/* where texts are */
	struct arena_rest rest;
	GHashTable *bodies;	/* struct region -> struct body */
	GHashTable *structs;	/* place of a definition -> struct record */
	GHashTable *resolved;	/* file and name -> GArray of definitions */
	GHashTable *defining;	/* name -> GArray of places of definitions */
	GHashTable *flows;	/* definition and parameter -> GArray */
	GHashTable *own_flows;	/* the same -> struct own_flows */
	GHashTable *variables;	/* file and name -> struct type */
	GHashTable *returns;	/* region -> struct type */
	struct toks scratch;	/* room to read tokens into */
	uint16_t *worlds;	/* per file, see resolve.h */
	unsigned int depth;	/* of recursion, see MODEL_MAX_DEPTH */
	struct {
		uint32_t file, offset;
		unsigned int line;	/* 0: none */
	} last;			/* where model_line() was asked last */
};

/*
 * Expressions, initialisers, structs and calls may be nested without end; what
 * is deeper is not looked at.
 */
#define MODEL_MAX_DEPTH 200

struct model *model_new(const struct index *index);
void model_free(struct model *model);

/*
 * The text of a file, TREE_PADDING zero bytes behind it; @length may be NULL.
 * An empty text where it cannot be read any more.
 */
const char *model_text(struct model *model, uint32_t file, uint32_t *length);

/*
 * The same, but only the bytes from @start to @end are sure to be there.  The
 * pointer is the file's start nevertheless.
 */
const char *model_part(struct model *model, uint32_t file, uint32_t start,
		       uint32_t end);

uint32_t model_length(struct model *model, uint32_t file);

/*
 * The tokens of @length bytes from @start of the file, with offsets from the
 * file's start; the caller frees toks->tok.
 */
void model_tokens(struct model *model, uint32_t file, uint32_t start,
		  uint32_t length, struct toks *toks);

/*
 * For who goes through the tree file by file: drop all texts, and what was made
 * of them.  Only what body_of() and resolve() gave may be there.
 */
void model_forget(struct model *model);

/* The 1-based line of a byte. */
unsigned int model_line(struct model *model, uint32_t file, uint32_t offset);

/* The identifier at a byte; the caller frees it. */
char *model_word(struct model *model, uint32_t file, uint32_t offset);

/* The name of a region as its callers spell it; the caller frees it. */
char *model_region_name(struct model *model, uint32_t file,
			const struct region *region);

#endif
