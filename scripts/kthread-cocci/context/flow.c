// SPDX-License-Identifier: GPL-2.0-only
/* Functions as parameters; see flow.h. */
#include "context/flow.h"

/* What a function does with a parameter by itself, and whom it hands it to. */
struct own_flows {
	GArray *flows;			/* struct flow */
	GArray *handed;			/* struct handed */
};

struct handed {
	struct definition to;
	int number;
	struct body *body;		/* the call: token in the body */
	uint32_t token;
};

struct walk {
	struct model *model;
	const struct tables *tables;
	const struct definition *definition;
	struct body *body;
	struct own_flows *own;
	GHashTable *seen;		/* flows and variables, as numbers */
};

/* True the first time that the number is seen. */
static bool is_new(struct walk *walk, uint64_t number)
{
	gint64 key = (gint64)number;

	return !g_hash_table_contains(walk->seen, &key) &&
	       g_hash_table_add(walk->seen, g_memdup2(&key, sizeof(key)));
}

name_t registered_head(const struct tables *tables, const struct body *body,
		       uint32_t i, int argument)
{
	const struct row *row = tables_find(tables, tables->chains,
					    SUBJECT_REGISTER,
					    body->toks.tok[i].name, NULL);
	uint32_t first, end;

	if (!row || row->object != argument || body_kind(body, i + 1) != '(' ||
	    !body_argument(body, i + 1, row->number, &first, &end))
		return 0;
	if (body_kind(body, first) == '&')
		first++;
	return end == first + 1 && body_is_name(body, first) ?
		body->toks.tok[first].name : 0;
}

bool runs_head(const struct tables *tables, const struct body *body, uint32_t i,
	       int argument)
{
	const struct row *row = tables_find(tables, tables->chains, SUBJECT_RUN,
					    body->toks.tok[i].name, NULL);

	return row && row->number == argument;
}

static void add_flow(struct walk *walk, struct flow flow)
{
	uint64_t key = name_mix((uint64_t)flow.kind + 1, slot_key(&flow.slot));

	/* Two calls of one function would double all that it does. */
	key = name_mix(key, flow.name);
	key = name_mix(key, (uint64_t)flow.file << 32 | flow.offset);
	key = name_mix(key, (uint64_t)(uintptr_t)flow.row);
	key = name_mix(key, (uint64_t)(uintptr_t)flow.caller.region);
	key = name_mix(key, flow.parameter);
	if (is_new(walk, key))
		g_array_append_val(walk->own->flows, flow);
}

static void follow_name(struct walk *walk, name_t name, int depth);

static void follow_argument(struct walk *walk, uint32_t i,
			    const struct sink *sink)
{
	name_t callee = walk->body->toks.tok[sink->token].name;
	const struct row *row = NULL;
	const GArray *definitions;
	name_t head;

	if (body_is_member(walk->body, sink->token) ||
	    body_variable(walk->body, callee))
		return;
	while ((row = tables_find(walk->tables, walk->tables->entries,
				  SUBJECT_ARGUMENT, callee, row))) {
		if (row->number != sink->argument)
			continue;
		add_flow(walk, (struct flow){
			.kind = FLOW_ENTRY, .row = row,
			.file = walk->body->file,
			.offset = walk->body->toks.tok[i].offset,
		});
		return;
	}
	head = registered_head(walk->tables, walk->body, sink->token,
			       sink->argument);
	if (head) {
		add_flow(walk, (struct flow){
			.kind = FLOW_HEAD, .name = head,
			.file = walk->body->file,
			.offset = walk->body->toks.tok[i].offset,
		});
		return;
	}
	if (runs_head(walk->tables, walk->body, sink->token, sink->argument)) {
		add_flow(walk, (struct flow){
			.kind = FLOW_CALLED, .file = walk->body->file,
			.offset = walk->body->toks.tok[sink->token].offset,
			.caller = *walk->definition,
			.parameter = walk->body->toks.tok[i].offset,
		});
		return;
	}
	definitions = resolve(walk->model, walk->body->file, callee);
	for (guint d = 0; d < definitions->len; d++) {
		struct handed handed = {
			.to = g_array_index(definitions, struct definition, d),
			.number = sink->argument, .body = walk->body,
			.token = sink->token,
		};

		g_array_append_val(walk->own->handed, handed);
	}
}

/* The value at token @i: a parameter or a local variable that holds it. */
static void follow_value(struct walk *walk, uint32_t i, int depth)
{
	struct body *body = walk->body;
	struct sink sink;

	if (body_is_called(body, i)) {
		add_flow(walk, (struct flow){
			.kind = FLOW_CALLED, .file = body->file,
			.offset = body->toks.tok[i].offset,
			.caller = *walk->definition,
			.parameter = body->toks.tok[i].offset,
		});
		return;
	}
	sink = sink_of(walk->model, body, i);
	switch (sink.kind) {
	case SINK_ARGUMENT:
		follow_argument(walk, i, &sink);
		break;
	case SINK_SLOT:
		add_flow(walk, (struct flow){
			.kind = FLOW_SLOT, .slot = sink.slot,
			.file = body->file,
			.offset = body->toks.tok[i].offset,
		});
		break;
	case SINK_VARIABLE:
		add_flow(walk, (struct flow){
			.kind = FLOW_VARIABLE, .name = sink.name,
			.file = body->file,
			.offset = body->toks.tok[i].offset,
		});
		break;
	case SINK_LOCAL:
		if (depth < 2)
			follow_name(walk, sink.name, depth + 1);
		break;
	default:
		break;
	}
}

static void follow_name(struct walk *walk, name_t name, int depth)
{
	const struct body *body = walk->body;

	if (!is_new(walk, name_mix(name, (uint64_t)depth + 1)))
		return;
	for (uint32_t i = body->first; i < body->toks.count; i++)
		if (body_is_name(body, i) && body->toks.tok[i].name == name &&
		    !body_is_member(body, i) && !body_declares(body, i))
			follow_value(walk, i, depth);
}

static gint64 flow_key(const struct definition *definition, int number)
{
	return (gint64)name_mix((uint64_t)(uintptr_t)definition->region,
				(uint64_t)number);
}

void own_flows_free(gpointer data)
{
	struct own_flows *own = data;

	g_array_unref(own->flows);
	g_array_unref(own->handed);
	g_free(own);
}

/* What the function does itself; kept by the model. */
static const struct own_flows *own_flows(struct model *model,
					 const struct tables *tables,
					 const struct definition *definition,
					 int number)
{
	gint64 key = flow_key(definition, number);
	struct own_flows *own = g_hash_table_lookup(model->own_flows, &key);
	struct walk walk = {
		.model = model, .tables = tables, .definition = definition,
	};
	const struct variable *parameter;

	if (own)
		return own;
	own = g_new0(struct own_flows, 1);
	own->flows = g_array_new(FALSE, FALSE, sizeof(struct flow));
	own->handed = g_array_new(FALSE, FALSE, sizeof(struct handed));
	g_hash_table_insert(model->own_flows, g_memdup2(&key, sizeof(key)),
			    own);
	walk.own = own;
	walk.seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free,
					  NULL);
	walk.body = body_of(model, definition->file, definition->region);
	if (number >= 0 && (guint)number < walk.body->parameters->len) {
		parameter = &g_array_index(walk.body->parameters,
					   struct variable, number);
		if (parameter->name)
			follow_name(&walk, parameter->name, 0);
	}
	g_hash_table_unref(walk.seen);
	return own;
}

/* A function on the way, and the calls by which the value got there. */
struct stop {
	struct definition definition;
	int number;
	guint from;			/* stop; its own number: the first */
	struct body *body;
	uint32_t token;
};

/* A member of an unnamed initialiser in a macro: ask the macro's users. */
static void settle_slot(struct model *model, const GArray *stops, guint at,
			struct flow *flow)
{
	while (flow->kind == FLOW_SLOT && !flow->slot.record && at) {
		const struct stop *stop = &g_array_index(stops, struct stop,
							 at);

		flow->slot = slot_at_use(model, stop->body, stop->token,
					 &flow->slot);
		at = stop->from;
	}
}

/*
 * Breadth first over everybody who gets the parameter, each once: a circle of
 * functions that hand it to each other gives the same from wherever one starts.
 */
const GArray *parameter_flows(struct model *model, const struct tables *tables,
			      const struct definition *definition, int number)
{
	gint64 key = flow_key(definition, number);
	GArray *flows = g_hash_table_lookup(model->flows, &key);
	GArray *stops;
	GHashTable *seen;
	struct stop first = { .definition = *definition, .number = number };

	if (flows)
		return flows;
	flows = g_array_new(FALSE, FALSE, sizeof(struct flow));
	stops = g_array_new(FALSE, FALSE, sizeof(struct stop));
	seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	g_hash_table_add(seen, g_memdup2(&key, sizeof(key)));
	g_array_append_val(stops, first);
	for (guint s = 0; s < stops->len; s++) {
		struct stop stop = g_array_index(stops, struct stop, s);
		const struct own_flows *own = own_flows(model, tables,
							&stop.definition,
							stop.number);

		for (guint f = 0; f < own->flows->len; f++) {
			struct flow flow = g_array_index(own->flows,
							 struct flow, f);

			settle_slot(model, stops, s, &flow);
			g_array_append_val(flows, flow);
		}
		for (guint h = 0; h < own->handed->len; h++) {
			const struct handed *handed =
				&g_array_index(own->handed, struct handed, h);
			struct stop next = {
				.definition = handed->to,
				.number = handed->number, .from = s,
				.body = handed->body, .token = handed->token,
			};
			gint64 to = flow_key(&handed->to, handed->number);

			if (g_hash_table_add(seen, g_memdup2(&to, sizeof(to))))
				g_array_append_val(stops, next);
		}
	}
	g_hash_table_unref(seen);
	g_array_unref(stops);
	g_hash_table_insert(model->flows, g_memdup2(&key, sizeof(key)), flows);
	return flows;
}
