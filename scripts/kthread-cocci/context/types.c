// SPDX-License-Identifier: GPL-2.0-only
/*
 * Structs and the types of expressions; see types.h.
 *
 * The scope of a name is guessed from folders: of several structs of one name
 * the one in the same file counts, then the one whose folder is nearest, for
 * that is what the file can include.
 */
#include "context/types.h"

#include <string.h>

#include "context/resolve.h"

void record_free(struct record *record)
{
	g_array_unref(record->members);
	g_free(record);
}

static struct record *record_at(struct model *model, uint32_t file,
				uint32_t brace, name_t tag);

/* The tokens of the struct body that opens at byte @brace of the file. */
static void read_braces(struct model *model, uint32_t file, uint32_t brace,
			struct toks *toks)
{
	uint32_t length = model_length(model, file);

	memset(toks, 0, sizeof(*toks));
	if (brace >= length)
		return;
	for (uint32_t window = 2048; ; window *= 4) {
		uint32_t size = MIN(window, length - brace);

		model_tokens(model, file, brace, size, toks);
		if (size == length - brace ||
		    (toks->count && toks->tok[0].match != NO_MATCH))
			break;
		toks_clear(toks);
	}
}

static void add_member(struct record *record, name_t name, uint32_t offset,
		       struct type type, bool is_part)
{
	struct member member = {
		.name = name, .type = type, .offset = offset,
		.is_part = is_part,
	};

	g_array_append_val(record->members, member);
}

/* The members of an unnamed struct or union inside of @record. */
static void take_members(struct record *record, const struct record *inner)
{
	for (guint i = 0; i < inner->members->len; i++) {
		struct member member = g_array_index(inner->members,
						     struct member, i);

		member.is_part = i > 0;
		g_array_append_val(record->members, member);
	}
}

/* One declarator of a member; returns the token behind it. */
static uint32_t read_declarator(struct record *record, const char *text,
				const struct toks *toks, uint32_t i,
				uint32_t end, struct type type)
{
	uint32_t name = NO_MATCH;

	for (; i < end; i++) {
		const struct tok *tok = &toks->tok[i];

		if (tok->kind == ',' || tok->kind == ';')
			break;
		if (tok->kind == '(' && tok->match < end) {
			uint32_t close = (uint32_t)tok->match;

			if (name == NO_MATCH && toks->tok[i + 1].kind == '*') {
				for (uint32_t j = i + 1; j < close; j++)
					if (toks->tok[j].kind == TOK_NAME)
						name = j;
					else if (toks->tok[j].kind == '[')
						type.is_array = true;
				type.is_function = true;
			}
			i = close;
		} else if (tok->kind == '[' && tok->match < end) {
			type.is_array = true;
			i = (uint32_t)tok->match;
		} else if (tok->kind == TOK_NAME && !type.is_function &&
			   (name == NO_MATCH || i == name + 1)) {
			/* "* const name": the last name; attributes follow it. */
			if (name == NO_MATCH || tok->length < 2 ||
			    memcmp(text + tok->offset, "__", 2))
				name = i;
		}
	}
	if (name != NO_MATCH)
		add_member(record, toks->tok[name].name,
			   toks->tok[name].offset, type, false);
	return i;
}

static uint32_t read_member(struct model *model, struct record *record,
			    const char *text, const struct toks *toks,
			    uint32_t i, uint32_t end)
{
	struct type type = type_parse(text, toks, i, end, &i);

	type.file = record->file;
	/* struct { ... }; */
	if (type.brace && i < end && toks->tok[i].kind == ';') {
		if (model->depth < MODEL_MAX_DEPTH) {
			model->depth++;
			take_members(record, record_at(model, record->file,
						       type.brace, type.tag));
			model->depth--;
		}
		return i + 1;
	}
	while (i < end && toks->tok[i].kind != ';') {
		uint32_t next = read_declarator(record, text, toks, i, end,
						type);

		if (next < end && toks->tok[next].kind == ',')
			next++;
		i = MAX(next, i + (next == i));
	}
	return i + 1;
}

/* Macros that stand for members: "struct_group(name, members);" and its like. */
static uint32_t read_group(struct model *model, struct record *record,
			   const char *text, const struct toks *toks,
			   uint32_t i)
{
	uint32_t close = (uint32_t)toks->tok[i + 1].match;

	for (uint32_t j = i + 2; j < close;)
		j = read_member(model, record, text, toks, j, close);
	i = close + 1;
	while (i < toks->count && toks->tok[i].kind != ';' &&
	       toks->tok[i].kind != '}')
		i++;
	return i + 1;
}

static struct record *record_at(struct model *model, uint32_t file,
				uint32_t brace, name_t tag)
{
	gint64 key = (gint64)((uint64_t)file << 32 | brace);
	struct record *record = g_hash_table_lookup(model->structs, &key);
	const char *text;
	struct toks toks;
	uint32_t end, i = 1;

	if (record)
		return record;
	record = g_new0(struct record, 1);
	record->file = file;
	record->brace = brace;
	record->tag = tag;
	record->members = g_array_new(FALSE, FALSE, sizeof(struct member));
	g_hash_table_insert(model->structs, g_memdup2(&key, sizeof(key)),
			    record);
	read_braces(model, file, brace, &toks);
	text = model_part(model, file, brace, brace);
	if (!toks.count || toks.tok[0].kind != '{') {
		toks_clear(&toks);
		return record;
	}
	end = toks.tok[0].match == NO_MATCH ? toks.count :
		(uint32_t)toks.tok[0].match;
	while (i < end) {
		if (toks.tok[i].kind == TOK_MACRO)
			while (i < end && toks.tok[i].kind != TOK_MACRO_END)
				i++;
		if (toks.tok[i].kind >= TOK_MACRO)
			i++;
		else if (toks.tok[i].kind == TOK_NAME && i + 1 < end &&
			 toks.tok[i + 1].kind == '(' &&
			 toks.tok[i + 1].match < end &&
			 toks.tok[i + 2].kind != '*')
			i = read_group(model, record, text, &toks, i);
		else
			i = read_member(model, record, text, &toks, i, end);
	}
	toks_clear(&toks);
	return record;
}

/* From the word typedef to the name at most; bytes. */
#define TYPEDEF_MAX 4096u

/* What a typedef stands for. */
static struct type typedef_type(struct model *model, name_t name, uint32_t file)
{
	const struct place *best = nearest_place(model, file, name,
						 REF_TYPEDEF, false);
	struct type type = { 0 };
	uint32_t start, next;
	const char *text;
	struct toks toks = { 0 };

	if (!best)
		return type;
	text = model_part(model, best->file,
			  best->offset - MIN(best->offset, TYPEDEF_MAX),
			  best->offset + TREE_PADDING);
	/* From the word typedef in front of it. */
	for (start = best->offset; start > 0; start--)
		if (!strncmp(text + start, "typedef", 7) ||
		    best->offset - start >= TYPEDEF_MAX)
			break;
	model_tokens(model, best->file, start, best->offset - start, &toks);
	type = type_parse(text, &toks, 0, toks.count, &next);
	type.file = best->file;
	toks_clear(&toks);
	if (type.is_typedef && type.tag == name)
		memset(&type, 0, sizeof(type));
	return type;
}

/* What DEFINE_CLASS(name, type, ...) says of a class; 0 of an unknown one. */
static struct type class_type(struct model *model, name_t name, uint32_t file)
{
	struct places places = index_places(model->index,
					    name_of("DEFINE_CLASS"));
	struct type type = { 0 };

	for (uint32_t i = 0; i < places.count; i++) {
		const struct place *place = &places.place[i];
		uint32_t first, end, token, next;
		struct body *body;

		if (place->kind != REF_CALL ||
		    !nearness(model, file, place->file))
			continue;
		body = body_at(model, place, &token);
		if (!body ||
		    !body_argument(body, token + 1, 0, &first, &end) ||
		    end != first + 1 || body->toks.tok[first].name != name ||
		    !body_argument(body, token + 1, 1, &first, &end))
			continue;
		type = type_parse(body->text, &body->toks, first, end, &next);
		type.file = place->file;
		break;
	}
	return type;
}

const struct record *type_record(struct model *model, const struct type *type,
				 uint32_t file)
{
	struct type now = type->is_class ?
		class_type(model, type->tag, file) : *type;

	/* Typedefs of typedefs are rare; a circle must end. */
	for (int depth = 0; depth < 4; depth++) {
		const struct place *place;

		if (now.brace)
			return record_at(model, now.file, now.brace, now.tag);
		if (!now.tag)
			return NULL;
		place = nearest_place(model, file, now.tag, REF_STRUCT, false);
		if (place)
			return record_at(model, place->file, place->offset,
					 now.tag);
		if (!now.is_typedef)
			return NULL;
		now = typedef_type(model, now.tag, file);
	}
	return NULL;
}

const struct member *record_member(const struct record *record, name_t name)
{
	for (guint i = 0; record && i < record->members->len; i++) {
		const struct member *member =
			&g_array_index(record->members, struct member, i);

		if (member->name == name)
			return member;
	}
	return NULL;
}

bool type_is_function(const struct model *model, const struct type *type)
{
	return type->is_function ||
	       (type->is_typedef &&
		index_is_function_type(model->index, type->tag));
}

/* Nobody writes a longer one; bytes. */
#define DECLARATION_MAX 2000u

/* The byte at which the declaration around @offset begins at file scope. */
static uint32_t declaration_start(const char *text, uint32_t offset)
{
	uint32_t i = offset;

	while (i > 0 && offset - i + 2 < DECLARATION_MAX) {
		char c = text[i - 1];

		if (c == ';' || c == '}' || c == '{')
			break;
		if (c == '/' && i > 1 && text[i - 2] == '*')
			break;	/* the end of a comment */
		if (c == '\n' && text[i] == '#') {
			while (i < offset && text[i] != '\n')
				i++;
			break;
		}
		i--;
	}
	return i;
}

/* The type that the file-scope variable at @place is declared with. */
static struct type declared_type(struct model *model, const struct place *place)
{
	uint32_t length = model_length(model, place->file), start;
	uint32_t most = MIN(place->offset, DECLARATION_MAX);
	const char *text = model_part(model, place->file, place->offset - most,
				      place->offset + DECLARATION_MAX);
	struct toks toks = { 0 };
	struct type type;
	uint32_t next, at;

	start = declaration_start(text, MIN(place->offset, length));
	at = place->offset;
	while (at < length && at - place->offset < DECLARATION_MAX &&
	       (g_ascii_isalnum(text[at]) || text[at] == '_'))
		at++;
	model_tokens(model, place->file, start, at - start, &toks);
	type = type_parse(text, &toks, 0, toks.count, &next);
	/* An unnamed struct's body ends in front of its variable. */
	if (start && text[start - 1] == '}') {
		const struct region *region =
			index_region(model->index, place->file, place->offset);

		toks_clear(&toks);
		if (region && region->start < start) {
			start = region->start;
			model_tokens(model, place->file, start, at - start,
				     &toks);
			type = type_parse(text, &toks, 0, toks.count, &next);
		}
	}
	for (uint32_t i = next; i < toks.count; i++)
		if (toks.tok[i].kind == '(')
			type.is_function = true;
	while (at < length && g_ascii_isspace(text[at]))
		at++;
	type.is_array = at < length && text[at] == '[';
	type.file = place->file;
	toks_clear(&toks);
	return type;
}

static struct type global_type(struct model *model, uint32_t file, name_t name)
{
	const struct place *place;
	gint64 key = (gint64)(name ^ (uint64_t)file << 20);
	struct type *known = g_hash_table_lookup(model->variables, &key);

	if (known)
		return *known;
	known = g_new0(struct type, 1);
	place = nearest_place(model, file, name, REF_VARIABLE, false);
	if (place)
		*known = declared_type(model, place);
	g_hash_table_insert(model->variables, g_memdup2(&key, sizeof(key)),
			    known);
	return *known;
}

struct type variable_type(struct model *model, struct body *body,
			  uint32_t file, name_t name)
{
	const struct variable *variable = body ? body_variable(body, name) :
		NULL;

	if (variable)
		return variable->type;
	return global_type(model, file, name);
}

/* "struct tag" among the arguments: what container_of() and its like return. */
static bool named_type(const struct body *body, uint32_t open,
		       struct type *type)
{
	uint32_t close = body_match(body, open);

	for (uint32_t i = open + 1; i + 1 < close; i++) {
		if (body_kind(body, i) == TOK_TYPE &&
		    body_is_name(body, i + 1)) {
			type->tag = body->toks.tok[i + 1].name;
			return true;
		}
	}
	return false;
}

/* The type that a function returns, as its definition says. */
static struct type returned_type(struct model *model,
				 const struct definition *definition)
{
	const struct region *region = definition->region;
	struct type *known = g_hash_table_lookup(model->returns, region);
	struct body *body;
	uint32_t next;

	if (known)
		return *known;
	known = g_new0(struct type, 1);
	g_hash_table_insert(model->returns, (gpointer)(uintptr_t)region, known);
	if (model->depth >= MODEL_MAX_DEPTH)
		return *known;
	model->depth++;
	body = body_of(model, definition->file, region);
	if (region->kind == REGION_MACRO) {
		/* A cast or a container_of() in it, or what a call returns. */
		for (uint32_t i = body->first; i + 1 < body->toks.count; i++) {
			if (body_kind(body, i) == TOK_TYPE &&
			    body_is_name(body, i + 1)) {
				known->tag = body->toks.tok[i + 1].name;
				break;
			}
			if (body_is_name(body, i) &&
			    body_kind(body, i + 1) == '(' &&
			    body->toks.tok[i].name != region->name) {
				const GArray *definitions =
					resolve(model, definition->file,
						body->toks.tok[i].name);

				if (definitions->len) {
					*known = returned_type(model,
						&g_array_index(definitions,
							struct definition, 0));
					model->depth--;
					return *known;
				}
				break;
			}
		}
	} else if (body->name != NO_MATCH) {
		*known = type_parse(body->text, &body->toks, 0, body->name,
				    &next);
	}
	model->depth--;
	known->file = definition->file;
	return *known;
}

/* The type of a call of the name at token @i, with its arguments at @open. */
static struct type call_type(struct model *model, struct body *body,
			     uint32_t i, uint32_t open)
{
	name_t name = body->toks.tok[i].name;
	struct type type = { 0 };
	const GArray *definitions;
	uint32_t first, end;

	if (named_type(body, open, &type))
		return type;
	definitions = resolve(model, body->file, name);
	for (guint d = 0; d < definitions->len; d++) {
		type = returned_type(model, &g_array_index(definitions,
					struct definition, d));
		if (type_record(model, &type, type.file))
			break;
	}
	/* READ_ONCE(x), rcu_dereference(x), this_cpu_ptr(x): as the argument */
	if (definitions->len && !type_record(model, &type, type.file) &&
	    g_array_index(definitions, struct definition,
			  0).region->kind == REGION_MACRO &&
	    body_argument(body, open, 0, &first, &end) && end > first) {
		uint32_t start;

		type = expression_type(model, body, end - 1, &start);
	}
	return type;
}

/* "(struct tag *)" or "(name *)" between @open and @close. */
static bool cast_type(const struct body *body, uint32_t open, uint32_t close,
		      struct type *type)
{
	uint32_t next;

	if (close <= open + 1)
		return false;
	if (body_kind(body, close - 1) != '*' &&
	    body_kind(body, open + 1) != TOK_TYPE)
		return false;
	*type = type_parse(body->text, &body->toks, open + 1, close, &next);
	type->file = body->file;
	while (next < close && body_kind(body, next) == '*')
		next++;
	return next == close;
}

/* The expression in the parentheses from @open to @close. */
static struct type group_type(struct model *model, struct body *body,
			      uint32_t open, uint32_t close)
{
	struct type type = { 0 };
	uint32_t start, i = open + 1;

	if (close <= i)
		return type;
	while (i < close && (body_kind(body, i) == '&' ||
			     body_kind(body, i) == '*'))
		i++;
	if (body_kind(body, i) == '(' && body_match(body, i) < close &&
	    cast_type(body, i, body_match(body, i), &type))
		return type;
	/* ({ ...; x; }) */
	if (body_kind(body, close - 1) == '}')
		return type;
	return expression_type(model, body, close - 1, &start);
}

static struct type postfix_type(struct model *model, struct body *body,
				uint32_t end, uint32_t *start)
{
	struct type type = { 0 };
	uint32_t i = end;

	while (i && body_kind(body, i) == ']' &&
	       body_match(body, i) != NO_MATCH && body_match(body, i))
		i = body_match(body, i) - 1;
	*start = i;
	if (body_is_name(body, i)) {
		uint8_t before = i ? body_kind(body, i - 1) : TOK_END;
		const struct member *member;
		const struct record *record;
		struct type owner;

		if ((before != TOK_ARROW && before != '.') || i < 2)
			return variable_type(model, body, body->file,
					     body->toks.tok[i].name);
		owner = expression_type(model, body, i - 2, start);
		record = type_record(model, &owner, owner.file ? owner.file :
				     body->file);
		member = record_member(record, body->toks.tok[i].name);
		if (member) {
			type = member->type;
			type.file = record->file;
		}
		return type;
	}
	if (body_kind(body, i) == ')' && body_match(body, i) != NO_MATCH) {
		uint32_t open = body_match(body, i);

		if (open && body_is_name(body, open - 1)) {
			uint8_t before = open > 1 ?
				body_kind(body, open - 2) : TOK_END;

			*start = open - 1;
			if (before == TOK_ARROW || before == '.')
				return type;	/* what a pointer returns */
			return call_type(model, body, open - 1, open);
		}
		*start = open;
		return group_type(model, body, open, i);
	}
	return type;
}

struct type expression_type(struct model *model, struct body *body,
			    uint32_t end, uint32_t *start)
{
	struct type type = { 0 };

	*start = end;
	if (model->depth >= MODEL_MAX_DEPTH)
		return type;
	model->depth++;
	type = postfix_type(model, body, end, start);
	model->depth--;
	return type;
}

uint64_t slot_key(const struct slot *slot)
{
	if (!slot->record)
		return slot->member;
	return name_mix((uint64_t)slot->record->file << 32 |
			slot->record->brace, slot->member);
}

struct slot chain_slot(struct model *model, struct body *body, uint32_t i)
{
	struct slot slot = {
		.member = body->toks.tok[i].name,
		.offset = body->toks.tok[i].offset, .file = body->file,
	};
	const struct member *member;
	struct type owner;
	uint32_t start;

	if (i < 2)
		return slot;
	owner = expression_type(model, body, i - 2, &start);
	slot.record = type_record(model, &owner,
				  owner.file ? owner.file : body->file);
	member = record_member(slot.record, slot.member);
	if (member) {
		slot.offset = member->offset;
		slot.file = slot.record->file;
	} else {
		slot.record = NULL;
	}
	return slot;
}

char *slot_text(struct model *model, const struct slot *slot)
{
	char *member = model_word(model, slot->file, slot->offset);
	const char *text;
	uint32_t i, end;
	char *tag, *result;

	if (!slot->record) {
		result = g_strdup_printf("?.%s", member);
		g_free(member);
		return result;
	}
	/* The tag stands in front of the brace. */
	end = slot->record->brace;
	text = model_part(model, slot->record->file, 0, end);
	while (end && g_ascii_isspace(text[end - 1]))
		end--;
	for (i = end; i && (g_ascii_isalnum(text[i - 1]) ||
			    text[i - 1] == '_'); i--)
		;
	tag = g_strndup(text + i, end - i);
	result = g_strdup_printf("%s.%s", *tag && strcmp(tag, "struct") &&
				 strcmp(tag, "union") ? tag : "?", member);
	g_free(tag);
	g_free(member);
	return result;
}
