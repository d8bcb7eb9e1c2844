// SPDX-License-Identifier: GPL-2.0-only
/*
 * From an expression outwards to what is done with its value; see sink.h.
 *
 * Casts, parentheses, & and both branches of ?: are walked through.
 */
#include "context/sink.h"

/* An object that a list in braces initialises. */
static bool list_type(struct model *model, struct body *body, uint32_t brace,
		      struct type *type);


/* Does the brace at @close end a struct that a declaration defines? */
static bool is_struct_body(const struct body *body, uint32_t close)
{
	uint32_t open = body_match(body, close);

	if (open == NO_MATCH || !open)
		return false;
	if (body_is_name(body, open - 1) && open >= 2)
		open--;
	return body_kind(body, open - 1) == TOK_TYPE;
}

/* The first token of the declaration that holds token @i. */
static uint32_t declaration_of(const struct body *body, uint32_t i)
{
	while (i) {
		uint8_t kind = body_kind(body, i - 1);

		if (kind == '}' && is_struct_body(body, i - 1)) {
			i = body_match(body, i - 1);
			continue;
		}
		if (kind == ';' || kind == '{' || kind == '}' ||
		    kind == TOK_MACRO || kind == TOK_MACRO_END)
			break;
		if ((kind == ')' || kind == ']') &&
		    body_match(body, i - 1) != NO_MATCH) {
			i = body_match(body, i - 1);
			continue;
		}
		if (kind == '(')
			break;
		i--;
	}
	return i;
}

/* The type that is declared in front of the = at @equal. */
static bool declared(const struct body *body, uint32_t equal,
		     struct type *type)
{
	uint32_t start = declaration_of(body, equal);
	uint32_t next;

	*type = type_parse(body->text, &body->toks, start, equal, &next);
	type->file = body->file;
	if (next >= equal)
		return false;
	for (uint32_t i = next; i < equal; i++) {
		type->is_array |= body_kind(body, i) == '[';
		type->is_function |= body_kind(body, i) == '(' &&
				     body_kind(body, i + 1) == '*';
	}
	return type->tag || type->brace || type->is_function;
}

/*
 * The designator in front of the = at @equal, ".a.b[2] =" or "[i] =": its first
 * token, or NO_MATCH where this is no designator.
 */
static uint32_t designator_start(const struct body *body, uint32_t equal)
{
	uint32_t i = equal;

	while (i) {
		if (body_kind(body, i - 1) == ']' &&
		    body_match(body, i - 1) != NO_MATCH) {
			i = body_match(body, i - 1);
		} else if (body_is_name(body, i - 1) && i >= 2 &&
			   body_kind(body, i - 2) == '.') {
			i -= 2;
		} else {
			break;
		}
	}
	if (i == equal || !i)
		return NO_MATCH;
	if (body_kind(body, i - 1) != '{' && body_kind(body, i - 1) != ',')
		return NO_MATCH;
	return i;
}

static bool member_type(struct model *model, struct body *body,
			struct type *type, name_t name)
{
	const struct record *record = type_record(model, type, type->file ?
						  type->file : body->file);
	const struct member *member = record_member(record, name);

	if (!member)
		return false;
	*type = member->type;
	type->file = record->file;
	return true;
}

/* Follow a designator from @i to @end into @type, but for its last part. */
static bool follow(struct model *model, struct body *body, uint32_t i,
		   uint32_t end, struct type *type, uint32_t *last)
{
	*last = NO_MATCH;
	while (i < end) {
		if (body_kind(body, i) == '[') {
			if (*last != NO_MATCH &&
			    !member_type(model, body, type,
					 body->toks.tok[*last].name))
				return false;
			*last = NO_MATCH;
			type->is_array = false;
			i = body_match(body, i) + 1;
		} else {
			if (*last != NO_MATCH &&
			    !member_type(model, body, type,
					 body->toks.tok[*last].name))
				return false;
			*last = i + 1;
			i += 2;
		}
	}
	return true;
}

/* The @number-th member as positional initialisers count them. */
static const struct member *member_at(const struct record *record, int number)
{
	for (guint i = 0; record && i < record->members->len; i++) {
		const struct member *member =
			&g_array_index(record->members, struct member, i);

		if (!member->is_part && !number--)
			return member;
	}
	return NULL;
}

static bool list_in_list(struct model *model, struct body *body, uint32_t brace,
			 struct type *type)
{
	uint32_t outer = body_enclosing(body, brace);
	const struct member *member;
	const struct record *record;

	if (outer == NO_MATCH || body_kind(body, outer) != '{' ||
	    !list_type(model, body, outer, type))
		return false;
	if (type->is_array) {
		type->is_array = false;
		return true;
	}
	record = type_record(model, type, type->file ? type->file :
			     body->file);
	member = member_at(record, body_argument_index(body, outer, brace));
	if (!member)
		return false;
	*type = member->type;
	type->file = record->file;
	return true;
}

/* What the = at @equal assigns to, as a type. */
static bool assigned_type(struct model *model, struct body *body,
			  uint32_t equal, struct type *type)
{
	uint32_t start = designator_start(body, equal);
	uint32_t outer, last;

	if (start != NO_MATCH) {
		outer = body_enclosing(body, start);
		if (outer == NO_MATCH || !list_type(model, body, outer, type) ||
		    !follow(model, body, start, equal, type, &last))
			return false;
		return last == NO_MATCH ||
		       member_type(model, body, type,
				   body->toks.tok[last].name);
	}
	if (declared(body, equal, type))
		return true;
	*type = expression_type(model, body, equal - 1, &start);
	return type->tag || type->brace;
}

static bool list_type_of(struct model *model, struct body *body,
			 uint32_t brace, struct type *type)
{
	uint32_t open, next;

	switch (body_kind(body, brace - 1)) {
	case '=':
		return assigned_type(model, body, brace - 1, type);
	case ')':
		open = body_match(body, brace - 1);
		if (open == NO_MATCH)
			return false;
		*type = type_parse(body->text, &body->toks, open + 1, brace - 1,
				   &next);
		type->file = body->file;
		for (; next < brace - 1; next++)
			type->is_array |= body_kind(body, next) == '[';
		return type->tag || type->brace;
	case '{': case ',':
		return list_in_list(model, body, brace, type);
	default:
		return false;
	}
}

static bool list_type(struct model *model, struct body *body, uint32_t brace,
		      struct type *type)
{
	bool known;

	if (!brace || model->depth >= MODEL_MAX_DEPTH)
		return false;
	model->depth++;
	known = list_type_of(model, body, brace, type);
	model->depth--;
	return known;
}

static struct slot slot_in(struct model *model, struct body *body,
			   const struct type *type, name_t name, uint32_t token)
{
	struct slot slot = {
		.member = name, .file = body->file,
		.offset = body->toks.tok[token].offset,
	};
	const struct member *member;

	slot.record = type_record(model, type, type->file ? type->file :
				  body->file);
	member = record_member(slot.record, name);
	if (member) {
		slot.file = slot.record->file;
		slot.offset = member->offset;
	} else {
		slot.record = NULL;
	}
	return slot;
}

/*
 * The variable that the list at @brace initialises: that of the statement, or
 * a local one.
 */
static struct sink variable_sink(const struct body *body, uint32_t brace)
{
	struct sink sink = { .kind = SINK_VARIABLE,
			     .name = body->region->name };
	uint32_t i;

	if (body->region->kind == REGION_STATEMENT) {
		if (!sink.name)
			sink.kind = SINK_NONE;
		return sink;
	}
	while (brace != NO_MATCH && (!brace ||
				     body_kind(body, brace - 1) != '='))
		brace = body_enclosing(body, brace);
	if (brace == NO_MATCH)
		return (struct sink){ 0 };
	for (i = brace - 1; i; i--) {
		if (body_kind(body, i - 1) == ']' &&
		    body_match(body, i - 1) != NO_MATCH)
			i = body_match(body, i - 1) + 1;
		else
			break;
	}
	if (!i || !body_is_name(body, i - 1))
		return (struct sink){ 0 };
	sink.name = body->toks.tok[i - 1].name;
	sink.kind = body_variable(body, sink.name) ? SINK_LOCAL : SINK_NONE;
	return sink;
}

static struct sink assignment_sink(struct model *model, struct body *body,
				   uint32_t equal);

/* An element of the list of functions at @brace: where the list belongs. */
static struct sink function_list_sink(struct model *model, struct body *body,
				      uint32_t brace)
{
	uint32_t outer = brace;

	/* Lists of lists are one table. */
	while (outer && body_kind(body, outer - 1) != '=') {
		outer = body_enclosing(body, outer);
		if (outer == NO_MATCH || body_kind(body, outer) != '{')
			return variable_sink(body, brace);
	}
	if (outer && designator_start(body, outer - 1) != NO_MATCH)
		return assignment_sink(model, body, outer - 1);
	return variable_sink(body, brace);
}

/* An element of the list at @brace; it begins at @first. */
static struct sink list_sink(struct model *model, struct body *body,
			     uint32_t brace, uint32_t first)
{
	struct sink sink = { .kind = SINK_SLOT };
	const struct member *member;
	const struct record *record;
	struct type type;

	if (!list_type(model, body, brace, &type))
		return (struct sink){ 0 };
	if (type_is_function(model, &type) || (type.is_array &&
	    !type_record(model, &type, type.file ? type.file : body->file)))
		return function_list_sink(model, body, brace);
	record = type_record(model, &type, type.file ? type.file : body->file);
	if (type.is_array)	/* braces of the element left out */
		return (struct sink){ 0 };
	member = member_at(record, body_argument_index(body, brace, first));
	if (!member)
		return (struct sink){ 0 };
	sink.slot = (struct slot){
		.record = record, .member = member->name,
		.offset = member->offset, .file = record->file,
	};
	return sink;
}

/* The left side of the = at @equal. */
static struct sink assignment_sink(struct model *model, struct body *body,
				   uint32_t equal)
{
	uint32_t start = designator_start(body, equal);
	struct sink sink = { .kind = SINK_SLOT };
	uint32_t i = equal, last;
	struct type type = { 0 };

	if (start != NO_MATCH) {
		uint32_t outer = body_enclosing(body, start);
		uint32_t end = equal;
		bool known;

		/* An element of a table: the table counts. */
		while (end > start && body_kind(body, end - 1) == ']')
			end = body_match(body, end - 1);
		known = outer != NO_MATCH &&
			list_type(model, body, outer, &type) &&
			follow(model, body, start, end, &type, &last);
		if (end == start)
			return known ? function_list_sink(model, body, outer) :
				(struct sink){ 0 };
		if (!known) {
			last = body_is_name(body, end - 1) ? end - 1 : NO_MATCH;
			type = (struct type){ 0 };
		}
		if (last == NO_MATCH)
			return (struct sink){ 0 };
		sink.slot = slot_in(model, body, &type,
				    body->toks.tok[last].name, last);
		return sink;
	}
	while (i && body_kind(body, i - 1) == ']' &&
	       body_match(body, i - 1) != NO_MATCH)
		i = body_match(body, i - 1);
	if (!i)
		return (struct sink){ 0 };
	i--;
	if (body_is_name(body, i)) {
		uint8_t before = i ? body_kind(body, i - 1) : TOK_END;

		if (before == TOK_ARROW || before == '.') {
			sink.slot = chain_slot(model, body, i);
			return sink;
		}
		sink.kind = body_variable(body, body->toks.tok[i].name) ?
			SINK_LOCAL : SINK_VARIABLE;
		sink.name = body->toks.tok[i].name;
		return sink;
	}
	/* "(*name)(int) = f", in a declaration; "*p = f" is beyond us. */
	if (body_kind(body, i) == ')' && body_match(body, i) != NO_MATCH) {
		uint32_t close = body_match(body, i);

		close = close ? close - 1 : 0;
		if (body_kind(body, close) != ')' ||
		    body_match(body, close) == NO_MATCH)
			return (struct sink){ 0 };
		for (i = body_match(body, close) + 1; i < close; i++) {
			if (!body_is_name(body, i))
				continue;
			sink.name = body->toks.tok[i].name;
			sink.kind = body_variable(body, sink.name) ?
				SINK_LOCAL : SINK_VARIABLE;
		}
		if (sink.kind == SINK_SLOT)
			sink.kind = SINK_NONE;
		return sink;
	}
	return (struct sink){ 0 };
}

static bool is_cast(const struct body *body, uint32_t open, uint32_t close)
{
	if (close <= open + 1)
		return false;
	/* (x)(y): a call, unless x looks like a type */
	if (open && (body_is_name(body, open - 1) ||
		     body_kind(body, open - 1) == ')' ||
		     body_kind(body, open - 1) == TOK_KEYWORD))
		return false;
	return body_kind(body, close - 1) == '*' ||
	       body_kind(body, open + 1) == TOK_TYPE ||
	       body_kind(body, close - 1) == ')' ||
	       (close == open + 2 && body_is_name(body, open + 1));
}

/* Out of "a ? b : c" around the tokens from *first to *last. */
static void widen_choice(const struct body *body, uint32_t *first,
			 uint32_t *last)
{
	uint32_t i = *first;

	while (i) {
		uint8_t kind = body_kind(body, i - 1);

		if (kind == '=' || kind == '(' || kind == ',' || kind == '{' ||
		    kind == ';' || kind == '}' || kind == '[' ||
		    kind == TOK_KEYWORD || kind == TOK_MACRO)
			break;
		if ((kind == ')' || kind == ']') &&
		    body_match(body, i - 1) != NO_MATCH) {
			i = body_match(body, i - 1);
			continue;
		}
		i--;
	}
	*first = i;
	for (i = *last + 1; i < body->toks.count; i++) {
		uint8_t kind = body_kind(body, i);

		if (kind == ',' || kind == ';' || kind == ')' || kind == '}' ||
		    kind == TOK_MACRO_END)
			break;
		if ((kind == '(' || kind == '[' || kind == '{') &&
		    body_match(body, i) != NO_MATCH)
			i = body_match(body, i);
	}
	*last = i - 1;
}

static struct sink argument_sink(const struct body *body, uint32_t open,
				 uint32_t first)
{
	struct sink sink = { .kind = SINK_ARGUMENT };

	if (!open)
		return (struct sink){ 0 };
	sink.token = open - 1;
	/* (*f)(x), f[i](x): the callee's name stands further in front. */
	while (sink.token && (body_kind(body, sink.token) == ']' ||
			      body_kind(body, sink.token) == ')')) {
		if (body_kind(body, sink.token) == ')') {
			sink.token--;
			continue;
		}
		if (body_match(body, sink.token) == NO_MATCH ||
		    !body_match(body, sink.token))
			return (struct sink){ 0 };
		sink.token = body_match(body, sink.token) - 1;
	}
	if (!body_is_name(body, sink.token))
		return (struct sink){ 0 };
	sink.argument = body_argument_index(body, open, first);
	return sink;
}

static struct sink sink_of_range(struct model *model, struct body *body,
				 uint32_t first, uint32_t last)
{
	/* Each round widens the range. */
	for (;;) {
		uint8_t before = first ? body_kind(body, first - 1) : TOK_END;
		uint8_t next = body_kind(body, last + 1);
		uint32_t open;

		switch (before) {
		case '&': case '*':
			first--;
			continue;
		case ')':
			open = body_match(body, first - 1);
			if (open != NO_MATCH && is_cast(body, open, first - 1)) {
				first = open;
				continue;
			}
			/* The head of a macro: it is its replacement. */
			if (body->region->kind == REGION_MACRO &&
			    first == body->first && next == TOK_END)
				return (struct sink){ .kind = SINK_ALIAS };
			return (struct sink){ 0 };
		case '=':
			return assignment_sink(model, body, first - 1);
		case '?': case ':':
			/* A label: "case x: f;" has no value. */
			open = first;
			widen_choice(body, &first, &last);
			if (first == open)
				return (struct sink){ 0 };
			continue;
		case TOK_KEYWORD:
			return (struct sink){ .kind =
				body->toks.tok[first - 1].length == 6 &&
				body->text[body->toks.tok[first - 1].offset] ==
				'r' ? SINK_RETURN : SINK_NONE };
		case '(':
			if (next == ')' && first >= 2 &&
			    body_kind(body, first - 2) != ')' &&
			    body_kind(body, first - 2) != ']' &&
			    !body_is_name(body, first - 2)) {
				if (body_kind(body, first - 2) ==
				    TOK_KEYWORD &&
				    body->text[body->toks.tok[first - 2].offset]
				    != 'r')
					return (struct sink){ 0 };
				first--;
				last++;
				continue;
			}
			if (first == 1 && next == ')') {
				first--;
				last++;
				continue;
			}
			if (next != ',' && next != ')' && next != '?')
				return (struct sink){ 0 };
			if (next == '?')
				return (struct sink){ 0 };
			/* "(x) (value)": a cast in front of parentheses */
			if (next == ')' && first >= 2 &&
			    body_kind(body, first - 2) == ')' &&
			    body_match(body, first - 2) != NO_MATCH &&
			    is_cast(body, body_match(body, first - 2),
				    first - 2)) {
				first--;
				last++;
				continue;
			}
			return argument_sink(body, first - 1, first);
		case ',':
		case '{':
			open = body_enclosing(body, first);
			if (next == '?')
				return (struct sink){ 0 };
			if (open == NO_MATCH)
				return (struct sink){ 0 };
			if (body_kind(body, open) == '(')
				return argument_sink(body, open, first);
			if (body_kind(body, open) == '{')
				return list_sink(model, body, open, first);
			return (struct sink){ 0 };
		case TOK_MACRO:
		case TOK_END:
			return (struct sink){ .kind = SINK_ALIAS };
		default:
			if (body->region->kind == REGION_MACRO &&
			    first == body->name + 1 &&
			    !(body->region->flags & REGION_PARAMETERS) &&
			    next == TOK_END)
				return (struct sink){ .kind = SINK_ALIAS };
			return (struct sink){ 0 };
		}
	}
}

/* Macros that give their first argument, READ_ONCE(p) and its like. */
static bool is_read(const struct body *body, uint32_t i)
{
	static const char *const words[] = {
		"READ_ONCE", "rcu_dereference", "rcu_dereference_protected",
		"rcu_dereference_check", "rcu_dereference_raw",
		"rcu_access_pointer", "smp_load_acquire",
		"lockless_dereference", "srcu_dereference",
	};

	for (size_t w = 0; w < G_N_ELEMENTS(words); w++)
		if (body->toks.tok[i].name == name_of(words[w]))
			return true;
	return false;
}

/* Macros that store their second argument in the first. */
static bool is_write(const struct body *body, uint32_t i)
{
	static const char *const words[] = {
		"WRITE_ONCE", "rcu_assign_pointer", "RCU_INIT_POINTER",
		"smp_store_release", "smp_store_mb", "xchg",
	};

	for (size_t w = 0; w < G_N_ELEMENTS(words); w++)
		if (body->toks.tok[i].name == name_of(words[w]))
			return true;
	return false;
}

static struct sink sink_of_range(struct model *model, struct body *body,
				 uint32_t first, uint32_t last);

/* Through the macros that only read or write a variable. */
static struct sink through_access(struct model *model, struct body *body,
				  struct sink sink)
{
	uint32_t i = sink.token, first, end, start;

	if (sink.kind != SINK_ARGUMENT || body_is_member(body, i) ||
	    body_match(body, i + 1) == NO_MATCH)
		return sink;
	if (sink.argument == 0 && is_read(body, i)) {
		if (body_kind(body, body_match(body, i + 1) + 1) == '(')
			return (struct sink){ .kind = SINK_CALLED };
		return sink_of_range(model, body, i, body_match(body, i + 1));
	}
	if (sink.argument != 1 || !is_write(body, i) ||
	    !body_argument(body, i + 1, 0, &first, &end) || end <= first)
		return sink;
	expression_type(model, body, end - 1, &start);
	if (!body_is_name(body, end - 1))
		return sink;
	if (body_is_member(body, end - 1))
		return (struct sink){ .kind = SINK_SLOT,
				      .slot = chain_slot(model, body,
							 end - 1) };
	sink.name = body->toks.tok[end - 1].name;
	sink.kind = body_variable(body, sink.name) ? SINK_LOCAL :
		SINK_VARIABLE;
	return sink;
}

struct sink sink_of(struct model *model, struct body *body, uint32_t i)
{
	uint32_t first = i, last = i, start;

	while (body_kind(body, last + 1) == '[' &&
	       body_match(body, last + 1) != NO_MATCH)
		last = body_match(body, last + 1);
	/* x->y as a whole */
	if (i && (body_kind(body, i - 1) == TOK_ARROW ||
		  body_kind(body, i - 1) == '.') && i >= 2 &&
	    body_kind(body, i - 2) != '{' && body_kind(body, i - 2) != ',') {
		expression_type(model, body, i, &start);
		first = MIN(start, i);
	}
	return through_access(model, body,
			      sink_of_range(model, body, first, last));
}

struct sink sink_of_call(struct model *model, struct body *body, uint32_t i)
{
	uint32_t last = i;

	if (body_kind(body, i + 1) == '(' && body_match(body, i + 1) != NO_MATCH)
		last = body_match(body, i + 1);
	if (last > i && body_kind(body, last + 1) == '(')
		return (struct sink){ .kind = SINK_CALLED };
	return sink_of_range(model, body, i, last);
}

struct slot slot_at_use(struct model *model, struct body *body, uint32_t i,
			const struct slot *slot)
{
	uint32_t open = body_enclosing(body, i);
	struct slot found = *slot;
	struct type type;
	bool known;

	if (i && body_kind(body, i - 1) == '=') {
		known = assigned_type(model, body, i - 1, &type);
	} else {
		known = open != NO_MATCH && body_kind(body, open) == '{' &&
			list_type(model, body, open, &type);
	}
	if (!known)
		return found;
	found.record = type_record(model, &type, type.file ? type.file :
				   body->file);
	if (!record_member(found.record, slot->member)) {
		found.record = NULL;
	} else {
		found.file = found.record->file;
		found.offset = record_member(found.record,
					     slot->member)->offset;
	}
	return found;
}
