// SPDX-License-Identifier: GPL-2.0-only
/*
 * Searching chains backwards; see chain.h.
 *
 * Dijkstra's algorithm.  The distance is the strength of the weakest link and
 * then the number of links; since every link counts one, a queue for each
 * strength takes the place of a heap.  A state is a node with the guard of the
 * place that is to be reached in it.
 */
#include "context/chain.h"

#include <string.h>

#include "context/scope.h"

struct state {
	struct node *node;
	struct guard guard;
	name_t family;			/* a caller must name this constant */
	bool scoped;			/* a caller gives it init's state */
	const struct edge *edge;	/* to the next state's node */
	guint next;			/* state; its own number: the last */
	enum strength strength;
	bool done;
};

struct search {
	const struct chain_query *query;
	GArray *cuts;
	GArray *states;			/* struct state */
	GHashTable *known;		/* node and guard -> state + 1 */
	GArray *queue[STRENGTH_NAME + 1];	/* guint: states */
	GPtrArray *chains;
	GHashTable *entries;		/* nodes that chains begin with */
};

static void chain_free(gpointer data)
{
	struct chain *chain = data;

	g_array_unref(chain->hops);
	g_free(chain);
}

static struct state *state_at(struct search *search, guint i)
{
	return &g_array_index(search->states, struct state, i);
}

static void cut(struct search *search, const struct row *row,
		const char *reason, const struct node *from,
		const struct node *to)
{
	struct cut found = {
		.row = row, .reason = reason, .from = from, .to = to,
	};

	if (search->cuts)
		g_array_append_val(search->cuts, found);
}

static unsigned int context_bit(const struct search *search)
{
	return CONTEXT_BIT(search->query->context);
}

/* A row by which the context does not run this node at all. */
static const struct row *node_barrier(const struct search *search,
				      const struct node *node)
{
	const struct tables *tables = search->query->graph->tables;
	const struct row *row = NULL;

	if (node->kind == NODE_SLOT)
		return node->cut && node->cut->contexts & context_bit(search) ?
			node->cut : NULL;
	if (node->kind != NODE_FUNCTION)
		return NULL;
	while ((row = tables_find(tables, tables->barriers, SUBJECT_FUNCTION,
				  node->name, row)))
		if (row->contexts & context_bit(search))
			return row;
	if (search->query->context != CONTEXT_KTHREAD)
		return NULL;
	return tables_find(tables, tables->private_fs, SUBJECT_FUNCTION,
			   node->name, NULL);
}

static const struct row *edge_barrier(const struct search *search,
				      const struct node *from,
				      const struct node *to)
{
	const struct tables *tables = search->query->graph->tables;
	const struct row *row = NULL;

	if (from->kind != NODE_FUNCTION || to->kind != NODE_FUNCTION)
		return NULL;
	while ((row = tables_find(tables, tables->barriers, SUBJECT_CALL,
				  from->name, row)))
		if (row->contexts & context_bit(search) &&
		    (!row->member || row->member == to->name))
			return row;
	return NULL;
}

/* Kernel threads do not get through a lookup: it fails before it goes on. */
static bool is_closed(const struct search *search, const struct node *node)
{
	const struct lookup *lookup;

	if (search->query->context == CONTEXT_USER ||
	    node->kind != NODE_FUNCTION)
		return false;
	lookup = tables_lookup(search->query->graph->tables, node->name);
	return lookup && !lookup->is_helper && !lookup->root &&
	       !lookup->needs;
}

static void arrive(struct search *search, struct state state)
{
	struct node *node = state.node;
	struct guard guard = state.guard;
	gint64 key = (gint64)name_mix((uint64_t)node->id << 16 |
				      (uint64_t)(guard.kind * 64 +
						 (unsigned int)guard.parameter) |
				      (uint64_t)state.scoped << 15,
				      guard.value ^ state.family);
	guint i = GPOINTER_TO_UINT(g_hash_table_lookup(search->known, &key));

	if (state.strength > search->query->limit)
		return;
	if (i) {
		struct state *old = state_at(search, i - 1);

		if (old->done || old->strength <= state.strength)
			return;
		*old = state;
		i--;
	} else {
		i = search->states->len;
		g_array_append_val(search->states, state);
		g_hash_table_insert(search->known,
				    g_memdup2(&key, sizeof(key)),
				    GUINT_TO_POINTER(i + 1));
	}
	g_array_append_val(search->queue[state.strength], i);
}

static void add_chain(struct search *search, guint i, const struct root *root)
{
	struct chain *chain = g_new0(struct chain, 1);

	chain->strength = MAX(state_at(search, i)->strength, root->strength);
	chain->root = root;
	chain->hops = g_array_new(FALSE, FALSE, sizeof(struct hop));
	for (;;) {
		const struct state *state = state_at(search, i);
		struct hop hop = { state->node, state->edge };

		g_array_append_val(chain->hops, hop);
		if (!state->edge)
			break;
		i = state->next;
	}
	g_ptr_array_add(search->chains, chain);
}

/* Does the context begin here?  Returns true where the search is over. */
static bool try_entry(struct search *search, guint i)
{
	const struct node *node = state_at(search, i)->node;
	unsigned int bits = context_bit(search);

	/* The thread is safe by one of the calls. */
	if (state_at(search, i)->scoped)
		bits |= CONTEXT_BIT(CONTEXT_KTHREAD);
	for (guint r = 0; r < node->roots->len; r++) {
		const struct root *root = &g_array_index(node->roots,
							 struct root, r);

		if (!(root->contexts & bits) ||
		    root->strength > search->query->limit)
			continue;
		if (g_hash_table_add(search->entries,
				     (gpointer)(uintptr_t)node))
			add_chain(search, i, root);
		return !search->query->all;
	}
	return false;
}

/* A call whose arguments are the parameters of what is guarded. */
static bool is_plain_call(const struct state *state, const struct edge *edge)
{
	if (edge->through)
		return false;
	return edge->strength == STRENGTH_DIRECT ||
	       state->node->kind == NODE_SLOT;
}

/* Does the call at this edge let the context through?  It may give it init's state. */
static bool admits(struct search *search, const struct state *state,
		   const struct edge *edge, bool *scoped)
{
	struct model *model = search->query->graph->model;
	enum context context = search->query->context;
	const char *reason = NULL;
	const struct body *body;
	uint32_t token;

	if (context == CONTEXT_BOOT || edge->from->kind != NODE_FUNCTION)
		return true;
	body = body_of(model, edge->file, edge->from->region);
	token = body_token(body, edge->offset);
	if (token == NO_MATCH)
		return true;
	switch (guard_task(body, token)) {
	case TASK_KTHREAD:
		if (context == CONTEXT_USER)
			reason = "only kernel threads take this branch";
		break;
	case TASK_USER:
		if (context != CONTEXT_USER)
			reason = "kernel threads take the other branch";
		break;
	case TASK_ANY:
		break;
	}
	if (context != CONTEXT_USER && !reason && scope_holds(model, body, token)) {
		if (context == CONTEXT_SAFE)
			*scoped = true;
		else
			reason = "it is called with init's filesystem state";
	}
	if (reason)
		cut(search, NULL, reason, edge->from, state->node);
	return !reason;
}

/* Can the guard of this state be met by the call at this edge? */
static bool passes(const struct search *search, const struct state *state,
		   const struct edge *edge, struct guard *guard)
{
	struct model *model = search->query->graph->model;
	struct body *body;
	uint32_t token;

	guard->kind = GUARD_NONE;
	guard->parameter = 0;
	guard->value = 0;
	if (edge->from->kind != NODE_FUNCTION) {
		*guard = state->guard;	/* it was stored there */
		return true;
	}
	body = body_of(model, edge->file, edge->from->region);
	token = body_token(body, edge->offset);
	if (token == NO_MATCH)
		return true;
	*guard = guard_handed_on(body, token, &state->guard);
	if (guard->kind == GUARD_NONE || !is_plain_call(state, edge))
		*guard = guard_of(body, token);
	return !is_plain_call(state, edge) ||
	       guard_lets(body, token, &state->guard);
}

/*
 * The file that uses an object is the one that makes it: behind it there is no
 * use in looking for the constant of its family.
 */
static bool is_far(const struct search *search, const struct node *from,
		   const struct node *to)
{
	const struct tables *tables = search->query->graph->tables;

	return to->kind == NODE_FUNCTION && from->kind == NODE_FUNCTION &&
	       from->file != to->file &&
	       !tables_find(tables, tables->chains, SUBJECT_FAMILY, to->name,
			    NULL);
}

static void leave(struct search *search, guint i)
{
	struct node *node = state_at(search, i)->node;

	for (guint e = 0; e < node->in->len; e++) {
		const struct edge *edge = &g_array_index(node->in, struct edge,
							 e);
		struct state here = *state_at(search, i);
		const struct row *row;
		struct guard guard;

		if (!passes(search, &here, edge, &guard) ||
		    !admits(search, &here, edge, &here.scoped))
			continue;
		row = edge_barrier(search, edge->from, node);
		if (row) {
			cut(search, row, row->reason, edge->from, node);
			continue;
		}
		if (is_closed(search, edge->from))
			continue;
		/* An object of one family calls through one of another. */
		if (here.family && node->family)
			continue;
		if (here.family && is_far(search, edge->from, node))
			continue;
		arrive(search, (struct state){
			.node = edge->from, .guard = guard, .edge = edge,
			.next = i, .scoped = here.scoped, .family = node->family ? node->family :
				here.family,
			.strength = MAX(here.strength, edge->strength),
		});
	}
}

/* Does the function name the constant, or another one of its value? */
static bool names_constant(const struct search *search,
			   const struct node *node, name_t constant)
{
	const struct tables *tables = search->query->graph->tables;
	const struct body *body;

	if (node->kind != NODE_FUNCTION)
		return false;
	body = body_of(search->query->graph->model, node->file, node->region);
	for (uint32_t i = body->first; i < body->toks.count; i++) {
		const struct row *row = NULL;
		name_t name = body->toks.tok[i].name;

		if (!body_is_name(body, i))
			continue;
		if (name == constant)
			return true;
		while ((row = tables_find(tables, tables->chains, SUBJECT_ALIAS,
					  constant, row)))
			if (row->member == name)
				return true;
	}
	return false;
}

static bool visit(struct search *search, guint i)
{
	struct state *state = state_at(search, i);
	struct node *node = state->node;
	const struct row *row;

	state->done = true;
	graph_callers(search->query->graph, node);
	row = node_barrier(search, node);
	if (row) {
		cut(search, row, row->reason, NULL, node);
		return false;
	}
	if (state->family && names_constant(search, node, state->family))
		state->family = 0;
	if (!state->family && try_entry(search, i))
		return true;
	leave(search, i);
	return false;
}

static void run(struct search *search)
{
	for (int strength = 0; strength <= STRENGTH_NAME; strength++) {
		GArray *queue = search->queue[strength];

		for (guint q = 0; q < queue->len; q++) {
			guint i = g_array_index(queue, guint, q);
			const struct state *state = state_at(search, i);

			if (!state->done && (int)state->strength == strength &&
			    visit(search, i))
				return;
		}
	}
}

GPtrArray *chains_find(const struct chain_query *query, GArray *cuts)
{
	struct search search = { .query = query, .cuts = cuts };

	search.chains = g_ptr_array_new_with_free_func(chain_free);
	search.states = g_array_new(FALSE, FALSE, sizeof(struct state));
	search.known = g_hash_table_new_full(g_int64_hash, g_int64_equal,
					     g_free, NULL);
	search.entries = g_hash_table_new(NULL, NULL);
	for (int i = 0; i <= STRENGTH_NAME; i++)
		search.queue[i] = g_array_new(FALSE, FALSE, sizeof(guint));
	arrive(&search, (struct state){
		.node = query->node, .guard = query->guard,
		.strength = STRENGTH_DIRECT,
	});
	run(&search);
	for (int i = 0; i <= STRENGTH_NAME; i++)
		g_array_unref(search.queue[i]);
	g_hash_table_unref(search.entries);
	g_hash_table_unref(search.known);
	g_array_unref(search.states);
	return search.chains;
}
