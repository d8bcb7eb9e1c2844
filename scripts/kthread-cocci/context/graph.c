// SPDX-License-Identifier: GPL-2.0-only
/* Building the graph backwards; see graph.h. */
#include "context/graph.h"

#include <string.h>

#include "context/flow.h"
#include "context/sink.h"

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

/* @family: only of objects with that constant, see chains.tab; 0: of all. */
static struct node *slot_node(struct graph *graph, const struct slot *slot,
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

/* The definition of a file-scope variable that @file means by @name. */
static const struct place *find_variable(struct graph *graph, uint32_t file,
					 name_t name)
{
	struct places places = index_places(graph->model->index, name);
	const struct place *best = NULL;
	unsigned int best_score = 0;

	for (uint32_t i = 0; i < places.count; i++) {
		unsigned int score;

		if (places.place[i].kind != REF_VARIABLE)
			continue;
		score = nearness(graph->model, file, places.place[i].file);
		/* What a header declares is defined elsewhere, if it is. */
		if (score && !g_str_has_suffix(graph->model->index->paths[
			places.place[i].file], ".h"))
			score += 500;
		if (score > best_score) {
			best_score = score;
			best = &places.place[i];
		}
	}
	return best;
}

static struct node *variable_node(struct graph *graph, uint32_t file,
				  name_t name)
{
	const struct place *place = find_variable(graph, file, name);
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

static void add_edge(struct node *to, struct node *from, uint32_t file,
		     uint32_t offset, enum strength strength)
{
	struct edge edge = {
		.from = from, .file = file, .offset = offset,
		.strength = strength,
	};

	if (from != to)
		g_array_append_val(to->in, edge);
}

static void add_root(struct node *node, const struct row *row, uint32_t file,
		     uint32_t offset, enum strength strength)
{
	struct root root = {
		.row = row, .contexts = row->contexts, .file = file,
		.offset = offset, .strength = strength,
	};

	g_array_append_val(node->roots, root);
}

/* The value of a node stands at token @i of @body: what happens to it there. */
struct use {
	struct graph *graph;
	struct node *node;
	struct body *body;
	uint32_t token;		/* of the value, for the place */
	int depth;
};

static void follow_sink(struct use *use, const struct sink *sink);

static uint32_t use_offset(const struct use *use)
{
	return use->body->toks.tok[use->token].offset;
}

/* The function that this place is in, or NULL at file scope. */
static struct node *use_owner(const struct use *use)
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
	struct node *variable = variable_node(graph, file, name);

	if (variable)
		add_edge(node, variable, body->file, body->toks.tok[i].offset,
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
	struct places places = index_places(model->index, object);

	if (use->body->region->kind != REGION_STATEMENT || !object)
		return;
	for (uint32_t i = 0; i < places.count; i++) {
		const struct place *place = &places.place[i];
		const struct region *region;
		struct body *body;
		struct sink sink;
		uint32_t token;

		if (place->kind != REF_VALUE || place->file != use->body->file)
			continue;
		region = index_region(model->index, place->file, place->offset);
		if (!region)
			continue;
		body = body_of(model, place->file, region);
		token = body_token(body, place->offset);
		if (token == NO_MATCH)
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
	add_edge(use->node, slot_node(graph, slot, family_of(use, slot)),
		 use->body->file,
		 use_offset(use), slot->record ? STRENGTH_TYPED :
		 STRENGTH_NAME);
}

static void store_in_variable(struct use *use, uint32_t file, name_t name)
{
	add_variable_edge(use->node, use->graph, use->body, use->token, file,
			  name);
}

static void follow_flow(struct use *use, const struct definition *definition,
			uint32_t callee, const struct flow *flow)
{
	struct slot slot = flow->slot;
	struct node *owner;
	struct edge edge;

	(void)definition;
	switch (flow->kind) {
	case FLOW_CALLED:
		owner = use_owner(use);
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
		add_root(use->node, flow->row, use->body->file,
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
		add_root(use->node, row, use->body->file,
			 use->body->toks.tok[sink->token].offset,
			 use->node->kind == NODE_FUNCTION && !use->depth ?
			 STRENGTH_DIRECT : STRENGTH_TYPED);
		return;
	}
	if (use->node->kind == NODE_VARIABLE &&
	    runs_head(tables, use->body, sink->token, sink->argument)) {
		struct node *owner = use_owner(use);

		if (owner)
			add_edge(use->node, owner, use->body->file,
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
			follow_flow(use, definition, sink->token,
				    &g_array_index(flows, struct flow, f));
	}
}

/* A local variable that holds the value. */
static void follow_local(struct use *use, name_t name)
{
	struct body *body = use->body;
	struct node *owner = use_owner(use);

	for (uint32_t i = body->first; i < body->toks.count; i++) {
		struct use inner = *use;
		struct sink sink;

		if (!body_is_name(body, i) || body->toks.tok[i].name != name ||
		    body_is_member(body, i) ||
		    body_declares(body, i))
			continue;
		if (body_is_called(body, i)) {
			if (owner)
				add_edge(use->node, owner, body->file,
					 body->toks.tok[i].offset,
					 STRENGTH_TYPED);
			continue;
		}
		inner.depth++;
		sink = sink_of(use->graph->model, body, i);
		if (sink.kind != SINK_LOCAL && sink.kind != SINK_NONE)
			follow_sink(&inner, &sink);
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
		const struct region *owner;
		struct sink sink;

		if (place->kind != REF_CALL ||
		    !can_mean(model, place->file, region->name, region))
			continue;
		owner = index_region(model->index, place->file, place->offset);
		if (!owner)
			continue;
		outer.body = body_of(model, place->file, owner);
		outer.token = body_token(outer.body, place->offset);
		outer.depth++;
		if (outer.token == NO_MATCH)
			continue;
		sink = sink_of_call(model, outer.body, outer.token);
		follow_sink(&outer, &sink);
	}
}

static void follow_sink(struct use *use, const struct sink *sink)
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
		owner = use_owner(use);
		if (owner)
			add_edge(use->node, owner, use->body->file,
				 use_offset(use), STRENGTH_DIRECT);
		break;
	case SINK_CALLED:
		owner = use_owner(use);
		if (owner)
			add_edge(use->node, owner, use->body->file,
				 use_offset(use), STRENGTH_TYPED);
		break;
	case SINK_NONE:
		break;
	}
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
	const struct region *region = index_region(model->index, place->file,
						   place->offset);
	struct use use = { .graph = graph, .node = node };
	struct sink sink;

	if (!region || region == node->region)
		return;
	use.body = body_of(model, place->file, region);
	use.token = body_token(use.body, place->offset);
	if (use.token == NO_MATCH || body_variable(use.body, node->name))
		return;
	if (place->kind == REF_CALL) {
		struct node *owner = use_owner(&use);

		if (owner)
			add_edge(node, owner, place->file, place->offset,
				 node->kind == NODE_FUNCTION ?
				 STRENGTH_DIRECT : STRENGTH_TYPED);
		return;
	}
	/* A macro without parameters: its name alone is a call of what it calls. */
	if (is_call_macro(model, node) && use_owner(&use))
		add_edge(node, use_owner(&use), place->file, place->offset,
			 STRENGTH_DIRECT);
	sink = sink_of(model, use.body, use.token);
	follow_sink(&use, &sink);
}

static void expand_function(struct graph *graph, struct node *node)
{
	const struct tables *tables = graph->tables;
	struct places places = index_places(graph->model->index, node->name);
	const struct row *row = NULL;
	gint64 key = (gint64)node->name;
	GArray *pasted = g_hash_table_lookup(graph->pasted, &key);

	for (row = NULL; (row = tables_find(tables, tables->entries,
					    SUBJECT_FUNCTION, node->name,
					    row));)
		add_root(node, row, node->file, node->region->name_offset,
			 STRENGTH_DIRECT);
	/* Such a row says who calls the function, all of them. */
	if (node->roots->len)
		return;
	/* A thread that got here goes on with a root of its own. */
	row = tables_find(tables, tables->private_fs, SUBJECT_FUNCTION,
			  node->name, NULL);
	if (row)
		add_root(node, row, node->file, node->region->name_offset,
			 STRENGTH_DIRECT);
	if (node->region->flags & (REGION_SYSCALL | REGION_COMPAT_SYSCALL)) {
		row = tables_find(tables, tables->entries, SUBJECT_SYSCALL,
				  name_of("SYSCALL_DEFINE"), NULL);
		if (row)
			add_root(node, row, node->file,
				 node->region->name_offset, STRENGTH_DIRECT);
	}
	for (guint i = 0; pasted && i < pasted->len; i++) {
		const struct root *root = &g_array_index(pasted, struct root,
							 i);

		if (root->file == node->file ||
		    (!(node->region->flags & REGION_STATIC) &&
		     nearness(graph->model, root->file, node->file)))
			g_array_append_val(node->roots, *root);
	}
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
		mine = find_variable(graph, place->file, node->name);
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
	uint64_t key;			/* 0: not what it seems */
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
		const struct region *region;
		struct body *body;
		struct slot slot;
		uint32_t token;

		if (place->kind != REF_MEMBER_CALL &&
		    place->kind != REF_MEMBER_READ)
			continue;
		region = index_region(model->index, place->file, place->offset);
		if (!region || is_host_file(model, place->file))
			continue;
		body = body_of(model, place->file, region);
		token = body_token(body, place->offset);
		if (token == NO_MATCH)
			continue;
		slot = chain_slot(model, body, token);
		use.key = slot_key(&slot);
		use.known = slot.record != NULL;
		g_array_append_val(uses, use);
	}
	return uses;
}

/* A place where the slot's function is called, or its value goes on. */
static void expand_member_use(struct graph *graph, struct node *node,
			      const struct place *place, bool known)
{
	struct model *model = graph->model;
	struct use use = { .graph = graph, .node = node };
	struct sink sink;

	use.body = body_of(model, place->file,
			   index_region(model->index, place->file,
					place->offset));
	use.token = body_token(use.body, place->offset);
	if (place->kind == REF_MEMBER_CALL) {
		struct node *owner = use_owner(&use);

		if (owner)
			add_edge(node, owner, place->file, place->offset,
				 known ? STRENGTH_TYPED : STRENGTH_NAME);
		return;
	}
	sink = sink_of(model, use.body, use.token);
	follow_sink(&use, &sink);
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
		add_root(node, row, node->slot.file, node->slot.offset,
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
			expand_member_use(graph, node, use->place, use->known);
		else if (graph->by_name && (!use->known || !node->slot.record))
			expand_member_use(graph, node, use->place, false);
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

/* "$1_show" with the macro's arguments put in. */
static char *paste(struct model *model, struct body *body, uint32_t open,
		   const char *format)
{
	GString *text = g_string_new(NULL);

	(void)model;
	for (; *format; format++) {
		uint32_t first, end;

		if (*format != '$' || !g_ascii_isdigit(format[1])) {
			g_string_append_c(text, *format);
			continue;
		}
		format++;
		if (!body_argument(body, open, *format - '1', &first, &end) ||
		    end != first + 1 || !body_is_name(body, first)) {
			/* Nothing to put in: "CONFIGFS_ATTR(, name)" */
			continue;
		}
		g_string_append_len(text, body->text +
				    body->toks.tok[first].offset,
				    body->toks.tok[first].length);
	}
	return g_string_free(text, FALSE);
}

static void add_pasted(struct graph *graph, const struct row *row,
		       const struct place *place)
{
	struct model *model = graph->model;
	const struct region *region = index_region(model->index, place->file,
						   place->offset);
	struct body *body;
	uint32_t token;

	if (!region || region->kind == REGION_MACRO)
		return;
	body = body_of(model, place->file, region);
	token = body_token(body, place->offset);
	if (token == NO_MATCH || body_kind(body, token + 1) != '(')
		return;
	for (char **format = row->formats; *format; format++) {
		char *name = paste(model, body, token + 1, *format);
		struct root root = {
			.row = row, .contexts = row->contexts,
			.file = place->file, .offset = place->offset,
			.strength = STRENGTH_DIRECT,
		};
		gint64 key = *name ? (gint64)name_of(name) : 0;
		GArray *roots = g_hash_table_lookup(graph->pasted, &key);

		if (!roots) {
			roots = g_array_new(FALSE, FALSE, sizeof(root));
			g_hash_table_insert(graph->pasted,
					    g_memdup2(&key, sizeof(key)),
					    roots);
		}
		g_array_append_val(roots, root);
		g_free(name);
	}
}

/* Functions whose names only a macro spells out. */
static void find_pasted(struct graph *graph)
{
	const GPtrArray *entries = graph->tables->entries;

	for (guint i = 0; i < entries->len; i++) {
		const struct row *row = entries->pdata[i];
		struct places places;

		if (row->subject != SUBJECT_PASTED)
			continue;
		places = index_places(graph->model->index, row->name);
		for (uint32_t p = 0; p < places.count; p++)
			if (places.place[p].kind == REF_CALL)
				add_pasted(graph, row, &places.place[p]);
	}
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
	graph->pasted = g_hash_table_new_full(g_int64_hash, g_int64_equal,
					      g_free, array_free);
	find_pasted(graph);
	return graph;
}

void graph_free(struct graph *graph)
{
	g_hash_table_unref(graph->functions);
	g_hash_table_unref(graph->slots);
	g_hash_table_unref(graph->variables);
	g_hash_table_unref(graph->members);
	g_hash_table_unref(graph->pasted);
	g_ptr_array_unref(graph->nodes);
	g_free(graph);
}
