// SPDX-License-Identifier: GPL-2.0-only
/* Building the graph backwards; see graph.h. */
#include "context/graph.h"

#include <string.h>

#include "context/scope.h"
#include "context/spelled.h"
#include "context/value.h"

static struct node *new_node(struct graph *graph, enum node_kind kind)
{
	struct node *node = g_new0(struct node, 1);

	node->kind = kind;
	node->id = graph->nodes->len;
	node->in = g_array_new(FALSE, FALSE, sizeof(struct edge));
	node->roots = g_array_new(FALSE, FALSE, sizeof(struct root));
	g_ptr_array_add(graph->nodes, node);
	return node;
}

static void node_free(gpointer data)
{
	struct node *node = data;

	g_array_unref(node->in);
	g_array_unref(node->roots);
	g_free(node);
}

struct node *graph_function(struct graph *graph, uint32_t file,
			    const struct region *region)
{
	struct node *node = g_hash_table_lookup(graph->functions, region);

	if (node)
		return node;
	node = new_node(graph, NODE_FUNCTION);
	node->file = file;
	node->region = region;
	node->name = region->name;
	g_hash_table_insert(graph->functions, (gpointer)(uintptr_t)region,
			    node);
	return node;
}

struct node *graph_slot(struct graph *graph, const struct slot *slot,
			name_t family)
{
	gint64 key = (gint64)(family ? name_mix(slot_key(slot), family) :
			      slot_key(slot));
	struct node *node = g_hash_table_lookup(graph->slots, &key);

	if (node)
		return node;
	node = new_node(graph, NODE_SLOT);
	node->slot = *slot;
	node->family = family;
	node->file = slot->file;
	g_hash_table_insert(graph->slots, g_memdup2(&key, sizeof(key)), node);
	return node;
}

const struct place *graph_find_variable(struct graph *graph, uint32_t file,
					name_t name)
{
	return nearest_place(graph->model, file, name, REF_VARIABLE, true);
}

struct node *graph_variable(struct graph *graph, uint32_t file, name_t name)
{
	const struct place *place = graph_find_variable(graph, file, name);
	struct node *node;
	gint64 key;

	if (!place)
		return NULL;
	key = (gint64)(name ^ ((uint64_t)place->file << 32 | place->offset));
	node = g_hash_table_lookup(graph->variables, &key);
	if (node)
		return node;
	node = new_node(graph, NODE_VARIABLE);
	node->name = name;
	node->file = place->file;
	node->place = place->offset;
	g_hash_table_insert(graph->variables, g_memdup2(&key, sizeof(key)),
			    node);
	return node;
}

void graph_add_edge(struct node *to, struct node *from, uint32_t file,
		    uint32_t offset, enum strength strength)
{
	struct edge edge = {
		.from = from, .file = file, .offset = offset,
		.strength = strength,
	};

	if (from != to)
		g_array_append_val(to->in, edge);
}

void graph_add_root(struct graph *graph, struct node *node,
		    const struct row *row, uint32_t file, uint32_t offset,
		    enum strength strength)
{
	struct root root = {
		.row = row, .contexts = row->contexts, .file = file,
		.offset = offset, .strength = strength,
	};

	/* Its hook has put the thread into init's state. */
	if (root.contexts & CONTEXT_BIT(CONTEXT_KTHREAD) &&
	    scope_is_set_up(graph->model, graph->tables, file, offset)) {
		root.contexts &= ~CONTEXT_BIT(CONTEXT_KTHREAD);
		root.contexts |= CONTEXT_BIT(CONTEXT_SAFE);
	}
	g_array_append_val(node->roots, root);
}

/* An object-like macro that calls something. */
static bool is_call_macro(struct model *model, const struct node *node)
{
	const struct body *body;

	if (node->kind != NODE_FUNCTION ||
	    node->region->kind != REGION_MACRO ||
	    node->region->flags & REGION_PARAMETERS)
		return false;
	body = body_of(model, node->file, node->region);
	for (uint32_t i = body->first; i < body->toks.count; i++)
		if (body_is_name(body, i) && body_kind(body, i + 1) == '(')
			return true;
	return false;
}

/* One place where the name of a function or variable stands. */
static void expand_place(struct graph *graph, struct node *node,
			 const struct place *place)
{
	struct model *model = graph->model;
	struct use use = { .graph = graph, .node = node };
	struct sink sink;

	use.body = body_at(model, place, &use.token);
	if (!use.body || use.body->region == node->region ||
	    body_variable(use.body, node->name))
		return;
	if (place->kind == REF_CALL) {
		struct node *owner = value_owner(&use);

		if (owner)
			graph_add_edge(node, owner, place->file, place->offset,
				 node->kind == NODE_FUNCTION ?
				 STRENGTH_DIRECT : STRENGTH_TYPED);
		return;
	}
	/* A macro without parameters: its name alone calls what it calls. */
	if (is_call_macro(model, node) && value_owner(&use))
		graph_add_edge(node, value_owner(&use), place->file,
			       place->offset, STRENGTH_DIRECT);
	sink = sink_of(model, use.body, use.token);
	value_follow(&use, &sink);
}

static void expand_function(struct graph *graph, struct node *node)
{
	const struct tables *tables = graph->tables;
	struct places places = index_places(graph->model->index, node->name);
	const struct row *row = NULL;

	for (row = NULL; (row = tables_find(tables, tables->entries,
					    SUBJECT_FUNCTION, node->name,
					    row));)
		graph_add_root(graph, node, row, node->file, node->region->name_offset,
			 STRENGTH_DIRECT);
	/* Such a row says who calls the function, all of them. */
	if (node->roots->len)
		return;
	/* A thread that got here goes on with a root of its own. */
	row = tables_find(tables, tables->private_fs, SUBJECT_FUNCTION,
			  node->name, NULL);
	if (row)
		graph_add_root(graph, node, row, node->file, node->region->name_offset,
			 STRENGTH_DIRECT);
	if (node->region->flags & (REGION_SYSCALL | REGION_COMPAT_SYSCALL)) {
		row = tables_find(tables, tables->entries, SUBJECT_SYSCALL,
				  name_of("SYSCALL_DEFINE"), NULL);
		if (row)
			graph_add_root(graph, node, row, node->file,
				 node->region->name_offset, STRENGTH_DIRECT);
	}
	spelled_roots(graph, node);
	for (uint32_t i = 0; i < places.count; i++) {
		const struct place *place = &places.place[i];

		if ((place->kind == REF_CALL || place->kind == REF_VALUE) &&
		    can_mean(graph->model, place->file, node->name,
			     node->region))
			expand_place(graph, node, place);
	}
}

static void expand_variable(struct graph *graph, struct node *node)
{
	struct places places = index_places(graph->model->index, node->name);

	for (uint32_t i = 0; i < places.count; i++) {
		const struct place *place = &places.place[i];
		const struct place *mine;

		if (place->kind != REF_CALL && place->kind != REF_VALUE)
			continue;
		mine = graph_find_variable(graph, place->file, node->name);
		if (mine && mine->file == node->file &&
		    mine->offset == node->place)
			expand_place(graph, node, place);
	}
}

/* The rows of a table about a member, those for all members included. */
static const struct row *member_row(const struct tables *tables,
				    const GPtrArray *table,
				    const struct slot *slot)
{
	const struct row *row = NULL;

	if (!slot->record || !slot->record->tag)
		return NULL;
	while ((row = tables_find(tables, table, SUBJECT_MEMBER,
				  slot->record->tag, row)))
		if (!row->member || row->member == slot->member)
			return row;
	return NULL;
}

/* A place where a member of some name is called or read, and its slot. */
struct member_use {
	const struct place *place;
	struct body *body;
	uint32_t token;
	uint64_t key;			/* of the slot */
	bool known;			/* the struct is known */
};

/* All uses of a member name; the same name serves many structs. */
static const GArray *member_uses(struct graph *graph, name_t name)
{
	struct model *model = graph->model;
	gint64 key = (gint64)name;
	GArray *uses = g_hash_table_lookup(graph->members, &key);
	struct places places = index_places(model->index, name);

	if (uses)
		return uses;
	uses = g_array_new(FALSE, FALSE, sizeof(struct member_use));
	g_hash_table_insert(graph->members, g_memdup2(&key, sizeof(key)), uses);
	for (uint32_t i = 0; i < places.count; i++) {
		const struct place *place = &places.place[i];
		struct member_use use = { .place = place };
		struct slot slot;

		if ((place->kind != REF_MEMBER_CALL &&
		     place->kind != REF_MEMBER_READ) ||
		    is_host_file(model, place->file))
			continue;
		use.body = body_at(model, place, &use.token);
		if (!use.body)
			continue;
		slot = chain_slot(model, use.body, use.token);
		use.key = slot_key(&slot);
		use.known = slot.record != NULL;
		g_array_append_val(uses, use);
	}
	return uses;
}

/* A place where the slot's function is called, or its value goes on. */
static void expand_member_use(struct graph *graph, struct node *node,
			      const struct member_use *at, bool known)
{
	const struct place *place = at->place;
	struct use use = {
		.graph = graph, .node = node, .body = at->body,
		.token = at->token,
	};
	struct sink sink;

	if (place->kind == REF_MEMBER_CALL) {
		struct node *owner = value_owner(&use);

		if (owner)
			graph_add_edge(node, owner, place->file, place->offset,
				 known ? STRENGTH_TYPED : STRENGTH_NAME);
		return;
	}
	sink = sink_of(graph->model, use.body, use.token);
	value_follow(&use, &sink);
}

/* Is the place in a function by which the kernel calls objects of a family? */
static bool is_gateway(const struct graph *graph, const struct place *place)
{
	const struct region *region = index_region(graph->model->index,
						   place->file, place->offset);

	return region && tables_find(graph->tables, graph->tables->chains,
				     SUBJECT_FAMILY, region->name, NULL);
}

static void expand_slot(struct graph *graph, struct node *node)
{
	const struct row *row = member_row(graph->tables,
					   graph->tables->entries, &node->slot);
	uint64_t key = slot_key(&node->slot);
	const GArray *uses;

	node->cut = member_row(graph->tables, graph->tables->barriers,
			       &node->slot);
	if (row)
		graph_add_root(graph, node, row, node->slot.file, node->slot.offset,
			 STRENGTH_DIRECT);
	if ((row || node->cut) && !node->family)
		return;
	uses = member_uses(graph, node->slot.member);
	for (guint i = 0; i < uses->len; i++) {
		const struct member_use *use =
			&g_array_index(uses, struct member_use, i);

		if (node->family && !is_gateway(graph, use->place))
			continue;
		if (use->key == key && use->known == !!node->slot.record)
			expand_member_use(graph, node, use, use->known);
		else if (graph->by_name && (!use->known || !node->slot.record))
			expand_member_use(graph, node, use, false);
	}
}

void graph_callers(struct graph *graph, struct node *node)
{
	if (node->expanded)
		return;
	node->expanded = true;
	graph->expanded++;
	switch (node->kind) {
	case NODE_FUNCTION:
		expand_function(graph, node);
		break;
	case NODE_SLOT:
		expand_slot(graph, node);
		break;
	case NODE_VARIABLE:
		expand_variable(graph, node);
		break;
	}
}

static void array_free(gpointer data)
{
	g_array_unref(data);
}


struct graph *graph_new(struct model *model, const struct tables *tables,
			bool by_name)
{
	struct graph *graph = g_new0(struct graph, 1);

	graph->model = model;
	graph->tables = tables;
	graph->by_name = by_name;
	graph->nodes = g_ptr_array_new_with_free_func(node_free);
	graph->functions = g_hash_table_new(NULL, NULL);
	graph->slots = g_hash_table_new_full(g_int64_hash, g_int64_equal,
					     g_free, NULL);
	graph->variables = g_hash_table_new_full(g_int64_hash, g_int64_equal,
						 g_free, NULL);
	graph->members = g_hash_table_new_full(g_int64_hash, g_int64_equal,
					       g_free, array_free);
	return graph;
}

void graph_free(struct graph *graph)
{
	g_hash_table_unref(graph->functions);
	g_hash_table_unref(graph->slots);
	g_hash_table_unref(graph->variables);
	g_hash_table_unref(graph->members);
	g_ptr_array_unref(graph->nodes);
	g_free(graph);
}
