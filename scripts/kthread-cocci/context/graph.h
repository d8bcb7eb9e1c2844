/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The part of the call graph that leads to path lookups.
 *
 * It is built backwards and as far as somebody asks: from a function that calls
 * a lookup to whoever may call it.  Function pointers are followed as values:
 * stored in a member, passed as an argument, kept in a variable, returned; a
 * function that calls its parameter calls it on behalf of the caller that
 * passed it, and of no other.
 */
#ifndef CONTEXT_GRAPH_H
#define CONTEXT_GRAPH_H

#include "context/resolve.h"
#include "context/tables.h"
#include "context/types.h"

enum strength {
	STRENGTH_DIRECT,	/* a call by name */
	STRENGTH_TYPED,		/* a pointer that was followed, or a slot */
	STRENGTH_NAME,		/* a member of that name in some struct */
};

enum node_kind {
	NODE_FUNCTION,		/* or a macro */
	NODE_SLOT,
	NODE_VARIABLE,		/* at file scope, holding functions */
};

struct node {
	enum node_kind kind;
	uint32_t id;		/* in order of creation */
	uint32_t file;
	const struct region *region;	/* NODE_FUNCTION */
	struct slot slot;		/* NODE_SLOT */
	name_t family;			/* of the objects that hold it; 0: all */
	name_t name;			/* NODE_FUNCTION, NODE_VARIABLE */
	uint32_t place;			/* of a variable's name */
	GArray *in;			/* struct edge: who calls this */
	GArray *roots;			/* struct root: who makes it an entry */
	const struct row *cut;		/* a barrier's row that stops the way */
	bool expanded;			/* in and roots are known */
};

/* @from calls this one, at a place. */
struct edge {
	struct node *from;
	uint32_t file;
	uint32_t offset;
	enum strength strength;
	/* The call is made by this function, of its parameter; or NULL. */
	const struct region *through;
	uint32_t through_file;
	uint32_t parameter;	/* byte of the parameter's name there */
};

/* A place that makes a function an entry of some contexts. */
struct root {
	const struct row *row;
	unsigned int contexts;
	uint32_t file;
	uint32_t offset;	/* of the function's name, where it is passed */
	enum strength strength;
};

struct graph {
	struct model *model;
	const struct tables *tables;
	bool by_name;		/* follow members of unknown structs */
	GPtrArray *nodes;	/* struct node, by id */
	GHashTable *functions;	/* region -> node */
	GHashTable *slots;	/* slot key -> node */
	GHashTable *variables;	/* name and file -> node */
	GHashTable *members;	/* name -> GArray of struct member_use */
	guint expanded;		/* nodes whose callers are known */
};

struct graph *graph_new(struct model *model, const struct tables *tables,
			bool by_name);
void graph_free(struct graph *graph);

/* The node of a function or macro. */
struct node *graph_function(struct graph *graph, uint32_t file,
			    const struct region *region);

/*
 * The node of a slot.  @family: only of objects with that constant, see
 * chains.tab; 0: of all.
 */
struct node *graph_slot(struct graph *graph, const struct slot *slot,
			name_t family);

/*
 * The node of the file-scope variable that @file means by @name, or NULL.
 */
struct node *graph_variable(struct graph *graph, uint32_t file, name_t name);

/* Where it is defined, or NULL. */
const struct place *graph_find_variable(struct graph *graph, uint32_t file,
					name_t name);

/* @from calls @to at a place. */
void graph_add_edge(struct node *to, struct node *from, uint32_t file,
		    uint32_t offset, enum strength strength);

/* The place makes the node an entry by the row. */
void graph_add_root(struct graph *graph, struct node *node,
		    const struct row *row, uint32_t file, uint32_t offset,
		    enum strength strength);

/* Find who calls the node and what makes it an entry: its in and roots. */
void graph_callers(struct graph *graph, struct node *node);

#endif
