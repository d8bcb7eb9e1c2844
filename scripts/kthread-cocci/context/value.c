// SPDX-License-Identifier: GPL-2.0-only
/*
 * Following functions as values, from the place where the name stands to
 * whoever calls it in the end; see value.h.
 */
#include "context/value.h"

#include "context/flow.h"

static uint32_t use_offset(const struct use *use)
{
	return use->body->toks.tok[use->token].offset;
}

struct node *value_owner(const struct use *use)
{
	if (use->body->region->kind == REGION_STATEMENT)
		return NULL;
	return graph_function(use->graph, use->body->file, use->body->region);
}

/* The row of chains.tab by which objects of the slot's struct have families. */
static const struct row *family_row(const struct graph *graph,
				    const struct slot *slot)
{
	const GPtrArray *chains = graph->tables->chains;

	for (guint i = 0; slot->record && i < chains->len; i++) {
		const struct row *row = chains->pdata[i];

		if (row->subject == SUBJECT_FAMILY &&
		    row->tag == slot->record->tag)
			return row;
	}
	return NULL;
}

/* The constant in ".family = CONSTANT" of the object that is initialised. */
static name_t family_of(const struct use *use, const struct slot *slot)
{
	const struct row *row = family_row(use->graph, slot);
	const struct body *body = use->body;

	if (!row || body->region->kind != REGION_STATEMENT)
		return 0;
	for (uint32_t i = 1; i + 2 < body->toks.count; i++)
		if (body_kind(body, i - 1) == '.' && body_is_name(body, i) &&
		    body->toks.tok[i].name == row->member &&
		    body_kind(body, i + 1) == '=' &&
		    body_is_name(body, i + 2))
			return body->toks.tok[i + 2].name;
	return 0;
}

/* Anything else that is stored under the name of a function is no function. */
static bool holds_functions(const struct graph *graph, const struct slot *slot)
{
	const struct member *member = record_member(slot->record, slot->member);

	return member && type_is_function(graph->model, &member->type);
}

/* The variable @name that @file means holds the node, put there at token @i. */
static void add_variable_edge(struct node *node, struct graph *graph,
			      const struct body *body, uint32_t i,
			      uint32_t file, name_t name)
{
	struct node *variable = graph_variable(graph, file, name);

	if (variable)
		graph_add_edge(node, variable, body->file, body->toks.tok[i].offset,
			 STRENGTH_TYPED);
}

/* Is this the member of what chains.tab's lists are made of? */
static bool is_listed(const struct graph *graph, const struct slot *slot)
{
	const GPtrArray *chains = graph->tables->chains;

	for (guint i = 0; slot->record && i < chains->len; i++) {
		const struct row *row = chains->pdata[i];

		if (row->subject != SUBJECT_FAMILY &&
		    row->tag == slot->record->tag &&
		    row->member == slot->member)
			return true;
	}
	return false;
}

/* The object that holds the function is an argument of the call at @i. */
static void follow_object(struct use *use, struct body *body, uint32_t i,
			  int argument)
{
	struct graph *graph = use->graph;
	name_t head = registered_head(graph->tables, body, i, argument);
	const GArray *definitions;

	if (head) {
		add_variable_edge(use->node, graph, body, i, body->file, head);
		return;
	}
	definitions = resolve(graph->model, body->file,
			      body->toks.tok[i].name);
	for (guint d = 0; d < definitions->len; d++) {
		const GArray *flows = parameter_flows(graph->model,
			graph->tables, &g_array_index(definitions,
				struct definition, d), argument);

		for (guint f = 0; f < flows->len; f++) {
			const struct flow *flow = &g_array_index(flows,
							struct flow, f);

			if (flow->kind == FLOW_HEAD)
				add_variable_edge(use->node, graph, body, i,
						  flow->file, flow->name);
		}
	}
}

/*
 * The function is stored in an object of a list: the object is the variable
 * that this statement initialises, and is registered somewhere in the file.
 */
static void follow_listed(struct use *use)
{
	struct model *model = use->graph->model;
	name_t object = use->body->region->name;
	struct places places = index_places_in(model->index, object,
					       use->body->file);

	if (use->body->region->kind != REGION_STATEMENT || !object)
		return;
	for (uint32_t i = 0; i < places.count; i++) {
		const struct place *place = &places.place[i];
		struct body *body;
		struct sink sink;
		uint32_t token;

		if (place->kind != REF_VALUE)
			continue;
		body = body_at(model, place, &token);
		if (!body)
			continue;
		sink = sink_of(model, body, token);
		if (sink.kind == SINK_ARGUMENT)
			follow_object(use, body, sink.token, sink.argument);
	}
}

static void store_in_slot(struct use *use, const struct slot *slot)
{
	struct graph *graph = use->graph;

	if (is_listed(graph, slot))
		follow_listed(use);
	if (slot->record ? !holds_functions(graph, slot) : !graph->by_name)
		return;
	graph_add_edge(use->node, graph_slot(graph, slot, family_of(use, slot)),
		       use->body->file, use_offset(use),
		       slot->record ? STRENGTH_TYPED : STRENGTH_NAME);
}

static void store_in_variable(struct use *use, uint32_t file, name_t name)
{
	add_variable_edge(use->node, use->graph, use->body, use->token, file,
			  name);
}

static void follow_flow(struct use *use, uint32_t callee,
			const struct flow *flow)
{
	struct slot slot = flow->slot;
	struct node *owner;
	struct edge edge;

	switch (flow->kind) {
	case FLOW_CALLED:
		owner = value_owner(use);
		if (!owner || owner == use->node)
			break;
		edge = (struct edge){
			.from = owner, .file = use->body->file,
			.offset = use->body->toks.tok[callee].offset,
			.strength = STRENGTH_TYPED,
			.through = flow->caller.region,
			.through_file = flow->caller.file,
			.parameter = flow->parameter,
		};
		g_array_append_val(use->node->in, edge);
		break;
	case FLOW_SLOT:
		if (!slot.record)
			slot = slot_at_use(use->graph->model, use->body, callee,
					   &slot);
		store_in_slot(use, &slot);
		break;
	case FLOW_VARIABLE:
		store_in_variable(use, flow->file, flow->name);
		break;
	case FLOW_HEAD:
		break;		/* what is registered is an object */
	case FLOW_ENTRY:
		graph_add_root(use->graph, use->node, flow->row, use->body->file,
			 use->body->toks.tok[callee].offset, STRENGTH_TYPED);
		break;
	}
}

static void follow_argument(struct use *use, const struct sink *sink)
{
	const struct tables *tables = use->graph->tables;
	name_t callee = use->body->toks.tok[sink->token].name;
	const struct row *row = NULL;
	const GArray *definitions;

	if (body_is_member(use->body, sink->token) ||
	    body_variable(use->body, callee))
		return;
	while ((row = tables_find(tables, tables->entries, SUBJECT_ARGUMENT,
				  callee, row))) {
		if (row->number != sink->argument)
			continue;
		graph_add_root(use->graph, use->node, row, use->body->file,
			 use->body->toks.tok[sink->token].offset,
			 use->node->kind == NODE_FUNCTION && !use->depth ?
			 STRENGTH_DIRECT : STRENGTH_TYPED);
		return;
	}
	if (use->node->kind == NODE_VARIABLE &&
	    runs_head(tables, use->body, sink->token, sink->argument)) {
		struct node *owner = value_owner(use);

		if (owner)
			graph_add_edge(use->node, owner, use->body->file,
				 use->body->toks.tok[sink->token].offset,
				 STRENGTH_TYPED);
		return;
	}
	definitions = resolve(use->graph->model, use->body->file, callee);
	for (guint d = 0; d < definitions->len; d++) {
		const struct definition *definition =
			&g_array_index(definitions, struct definition, d);
		const GArray *flows =
			parameter_flows(use->graph->model, tables, definition,
					sink->argument);

		for (guint f = 0; f < flows->len; f++)
			follow_flow(use, sink->token,
				    &g_array_index(flows, struct flow, f));
	}
}

/* A local variable that holds the value. */
static void follow_local(struct use *use, name_t name)
{
	struct body *body = use->body;
	struct node *owner = value_owner(use);

	for (uint32_t i = body->first; i < body->toks.count; i++) {
		struct use inner = *use;
		struct sink sink;

		if (!body_is_name(body, i) || body->toks.tok[i].name != name ||
		    body_is_member(body, i) ||
		    body_declares(body, i))
			continue;
		if (body_is_called(body, i)) {
			if (owner)
				graph_add_edge(use->node, owner, body->file,
					 body->toks.tok[i].offset,
					 STRENGTH_TYPED);
			continue;
		}
		inner.depth++;
		sink = sink_of(use->graph->model, body, i);
		if (sink.kind != SINK_LOCAL && sink.kind != SINK_NONE)
			value_follow(&inner, &sink);
	}
}

/* The function that this place is in returns the value. */
static void follow_return(struct use *use)
{
	const struct region *region = use->body->region;
	struct model *model = use->graph->model;
	struct places places = index_places(model->index, region->name);

	for (uint32_t i = 0; i < places.count; i++) {
		const struct place *place = &places.place[i];
		struct use outer = *use;
		struct sink sink;

		if (place->kind != REF_CALL ||
		    !can_mean(model, place->file, region->name, region))
			continue;
		outer.body = body_at(model, place, &outer.token);
		if (!outer.body)
			continue;
		outer.depth++;
		sink = sink_of_call(model, outer.body, outer.token);
		value_follow(&outer, &sink);
	}
}

void value_follow(struct use *use, const struct sink *sink)
{
	struct node *owner;

	if (use->depth > 3)
		return;
	switch (sink->kind) {
	case SINK_ARGUMENT:
		follow_argument(use, sink);
		break;
	case SINK_SLOT:
		store_in_slot(use, &sink->slot);
		break;
	case SINK_VARIABLE:
		store_in_variable(use, use->body->file, sink->name);
		break;
	case SINK_LOCAL:
		follow_local(use, sink->name);
		break;
	case SINK_RETURN:
		if (use->body->region->kind == REGION_FUNCTION)
			follow_return(use);
		break;
	case SINK_ALIAS:
		owner = value_owner(use);
		if (owner)
			graph_add_edge(use->node, owner, use->body->file,
				 use_offset(use), STRENGTH_DIRECT);
		break;
	case SINK_CALLED:
		owner = value_owner(use);
		if (owner)
			graph_add_edge(use->node, owner, use->body->file,
				 use_offset(use), STRENGTH_TYPED);
		break;
	case SINK_NONE:
		break;
	}
}

