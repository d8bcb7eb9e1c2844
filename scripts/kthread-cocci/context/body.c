// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions from the inside; see body.h.
 *
 * Declarations are told by their looks: at the start of a statement, a type
 * (struct tag or a name that another name or a * follows) and declarators.  A
 * variable counts for the whole function, whatever its block.
 */
#include "context/body.h"

#include <string.h>

static bool is_word(const char *text, const struct tok *tok, const char *word)
{
	size_t length = strlen(word);

	return tok->length == length &&
	       !memcmp(text + tok->offset, word, length);
}

/* const, volatile and what else may stand between the words of a type. */
static bool is_qualifier(const char *text, const struct tok *tok)
{
	static const char *const words[] = {
		"const", "volatile", "register", "inline", "__inline__",
		"__always_inline", "noinline", "__init", "__exit", "__user",
		"__iomem", "__rcu", "__force", "__percpu", "__read_mostly",
		"__ro_after_init", "__maybe_unused", "__always_unused",
		"__initdata", "__initconst", "restrict", "asmlinkage",
		"__must_check", "__cold", "auto", "__used", "__refdata",
		"__net_init", "__net_exit", "__bpf_kfunc", "notrace",
		"__visible", "__weak", "unsigned", "signed", "__ref",
		"noinstr", "__sched", "__kprobes", "nokprobe_inline",
		"__cpuidle", "__meminit", "__latent_entropy", "__noreturn",
		"__randomize_layout", "__aligned_largest", "__private",
	};

	if (tok->kind == TOK_TYPE)
		return is_word(text, tok, "static") ||
		       is_word(text, tok, "extern");
	if (tok->kind != TOK_NAME || tok->length < 4)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (is_word(text, tok, words[i]))
			return true;
	return false;
}

struct type type_parse(const char *text, const struct toks *toks, uint32_t i,
		       uint32_t end, uint32_t *next)
{
	struct type type = { 0 };
	bool seen = false;

	for (; i < end; i++) {
		const struct tok *tok = &toks->tok[i];

		if (is_qualifier(text, tok))
			continue;
		if (tok->kind >= TOK_MACRO)
			continue;
		if (tok->kind == TOK_TYPE && !seen) {
			bool is_enum = is_word(text, tok, "enum");

			if (is_word(text, tok, "typedef"))
				continue;
			seen = true;
			/* struct __attribute__((x)) tag */
			if (i + 1 < end && toks->tok[i + 1].kind == TOK_NAME) {
				i++;
				if (!is_enum)
					type.tag = toks->tok[i].name;
			}
			if (i + 1 < end && toks->tok[i + 1].kind == '{') {
				type.brace = toks->tok[i + 1].offset;
				i = toks->tok[i + 1].match < end ?
					(uint32_t)toks->tok[i + 1].match : end;
			}
			continue;
		}
		if (tok->kind == TOK_KEYWORD && i + 1 < end &&
		    toks->tok[i + 1].kind == '(' &&
		    toks->tok[i + 1].match < end) {
			/* typeof(x), __attribute__((x)) */
			seen |= is_word(text, tok, "typeof") ||
				is_word(text, tok, "__typeof__");
			i = (uint32_t)toks->tok[i + 1].match;
			continue;
		}
		if (tok->kind == TOK_NAME && !seen) {
			seen = true;
			type.tag = tok->name;
			type.is_typedef = true;
			continue;
		}
		break;
	}
	*next = i;
	return type;
}

/*
 * The declarator at @i, behind the type: its name, and what it says about the
 * type.  *@next is the token behind the name and what is bound to it.
 */
static uint32_t declarator(const struct toks *toks, uint32_t i, uint32_t end,
			   struct type *type, uint32_t *next)
{
	uint32_t name = NO_MATCH;

	while (i < end && toks->tok[i].kind == '*')
		i++;
	while (i + 1 < end && toks->tok[i].kind == TOK_NAME &&
	       (toks->tok[i + 1].kind == TOK_NAME ||
		toks->tok[i + 1].kind == '*'))
		i++;	/* "* const p", "* __rcu p" */
	while (i < end && toks->tok[i].kind == '*')
		i++;
	if (i < end && toks->tok[i].kind == '(' && toks->tok[i].match < end) {
		uint32_t close = (uint32_t)toks->tok[i].match;

		/* (*name)(...), (*name[2])(...) */
		for (uint32_t j = i + 1; j < close; j++) {
			if (toks->tok[j].kind == TOK_NAME)
				name = j;
			if (toks->tok[j].kind == '[') {
				type->is_array = true;
				break;
			}
			if (toks->tok[j].kind == '(')
				break;
		}
		if (close + 1 < end && toks->tok[close + 1].kind == '(') {
			type->is_function = true;
			type->tag = 0;
			i = toks->tok[close + 1].match < end ?
				(uint32_t)toks->tok[close + 1].match : close;
		} else {
			i = close;
		}
		*next = i + 1;
		return name;
	}
	if (i < end && toks->tok[i].kind == TOK_NAME)
		name = i++;
	while (i < end && toks->tok[i].kind == '[' &&
	       toks->tok[i].match < end) {
		type->is_array = true;
		i = (uint32_t)toks->tok[i].match + 1;
	}
	if (i < end && toks->tok[i].kind == '(' && name != NO_MATCH)
		type->is_function = true;
	*next = i;
	return name;
}

static void add_variable(GArray *variables, const struct toks *toks,
			 uint32_t name, struct type type)
{
	struct variable variable = { .type = type, .token = name };

	if (name != NO_MATCH)
		variable.name = toks->tok[name].name;
	g_array_append_val(variables, variable);
}

/* The parameters between the parentheses at @open. */
static void read_parameters(struct body *body, uint32_t open)
{
	uint32_t first, end;
	int number = 0;

	while (body_argument(body, open, number++, &first, &end)) {
		uint32_t next;
		struct type type = type_parse(body->text, &body->toks, first,
					      end, &next);
		uint32_t name = declarator(&body->toks, next, end, &type,
					   &next);

		type.file = body->file;
		/* A lone name is a type, but for macros. */
		if (body->region->kind == REGION_MACRO &&
		    body_is_name(body, first))
			name = first;
		add_variable(body->parameters, &body->toks, name, type);
	}
}

/* Does a declaration begin at @i? */
static bool begins_declaration(const struct body *body, uint32_t i)
{
	const struct tok *tok = &body->toks.tok[i];

	while (i < body->toks.count && is_qualifier(body->text, tok)) {
		i++;
		tok++;
	}
	if (body_kind(body, i) == TOK_TYPE)
		return true;
	if (body_kind(body, i) == TOK_KEYWORD)
		return is_word(body->text, tok, "typeof") ||
		       is_word(body->text, tok, "__typeof__");
	if (!body_is_name(body, i))
		return false;
	if (body_is_name(body, i + 1))
		return true;
	if (body_kind(body, i + 1) == '(' && body_kind(body, i + 2) == '*')
		return body_is_name(body, i + 3) &&
		       (body_kind(body, i + 4) == ')' ||
			body_kind(body, i + 4) == '[');
	i++;
	if (body_kind(body, i) != '*')
		return false;
	while (body_kind(body, i) == '*')
		i++;
	if (!body_is_name(body, i))
		return false;
	/* "* const name" */
	if (body_is_name(body, i + 1))
		return true;
	switch (body_kind(body, i + 1)) {
	case ';': case '=': case ',': case '[':
		return true;
	default:
		return false;
	}
}

/* The end of an initialiser or an attribute: the next , or ; at this level. */
static uint32_t skip_value(const struct body *body, uint32_t i)
{
	while (i < body->toks.count) {
		uint8_t kind = body_kind(body, i);

		if (kind == ',' || kind == ';' || kind == ')' || kind == '}')
			break;
		if ((kind == '(' || kind == '[' || kind == '{') &&
		    body_match(body, i) != NO_MATCH)
			i = body_match(body, i);
		i++;
	}
	return i;
}

static void read_declaration(struct body *body, uint32_t i)
{
	struct type type = type_parse(body->text, &body->toks, i,
				      body->toks.count, &i);

	type.file = body->file;
	for (;;) {
		struct type own = type;
		uint32_t name = declarator(&body->toks, i, body->toks.count,
					   &own, &i);

		if (name == NO_MATCH)
			return;
		add_variable(body->locals, &body->toks, name, own);
		i = skip_value(body, i);
		if (body_kind(body, i) != ',')
			return;
		i++;
	}
}

/* "CLASS(name, variable)(...)", include/linux/cleanup.h */
static void read_class(struct body *body, uint32_t i)
{
	struct type type = { .is_class = true, .file = body->file };

	if (!is_word(body->text, &body->toks.tok[i], "CLASS") ||
	    body_kind(body, i + 1) != '(' || !body_is_name(body, i + 2) ||
	    body_kind(body, i + 3) != ',' || !body_is_name(body, i + 4))
		return;
	type.tag = body->toks.tok[i + 2].name;
	add_variable(body->locals, &body->toks, i + 4, type);
}

static void read_locals(struct body *body)
{
	bool start = true;

	for (uint32_t i = body->first; i < body->toks.count; i++) {
		uint8_t kind = body_kind(body, i);

		if (start && (kind == TOK_NAME || kind == TOK_TYPE ||
			      kind == TOK_KEYWORD) &&
		    begins_declaration(body, i))
			read_declaration(body, i);
		else if (start && kind == TOK_NAME)
			read_class(body, i);
		start = kind == ';' || kind == '{' || kind == '}' ||
			(kind == '(' && i &&
			 body_kind(body, i - 1) == TOK_KEYWORD) ||
			kind == ':' || (kind == ')' &&
					body_kind(body, i + 1) == TOK_TYPE);
	}
}

/* The bracket around each token and which argument of it the token is in. */
static void read_brackets(struct body *body)
{
	uint32_t count = body->toks.count;

	body->outer = g_new(uint32_t, count + 1);
	body->argument = g_new0(uint32_t, count + 1);
	body->outer[0] = NO_MATCH;
	for (uint32_t i = 0; i < count; i++) {
		uint8_t kind = body_kind(body, i);
		uint32_t from = i;

		if (kind == '(' || kind == '[' || kind == '{') {
			body->outer[i + 1] = i;
			continue;
		}
		if ((kind == ')' || kind == ']' || kind == '}') &&
		    body_match(body, i) < i)
			from = body_match(body, i);
		body->outer[i + 1] = body->outer[from];
		body->argument[i + 1] = body->argument[from] + (kind == ',');
	}
}

struct body *body_of(struct model *model, uint32_t file,
		     const struct region *region)
{
	struct body *body = g_hash_table_lookup(model->bodies, region);
	uint32_t end, start;

	if (body)
		return body;
	body = g_new0(struct body, 1);
	body->file = file;
	body->region = region;
	end = MIN(region->end, model_length(model, file));
	start = MIN(region->start, end);
	body->text = model_part(model, file, start, end);
	model_tokens(model, file, start, end - start, &body->toks);
	read_brackets(body);
	body->parameters = g_array_new(FALSE, FALSE, sizeof(struct variable));
	body->locals = g_array_new(FALSE, FALSE, sizeof(struct variable));
	body->name = body_token(body, region->name_offset);
	if (body->name != NO_MATCH && region->kind != REGION_STATEMENT &&
	    (region->kind == REGION_FUNCTION ||
	     region->flags & REGION_PARAMETERS)) {
		uint32_t open = body->name + 1;

		if (body_kind(body, open) == '(' &&
		    body_match(body, open) != NO_MATCH) {
			read_parameters(body, open);
			body->first = body_match(body, open) + 1;
		}
	}
	if (region->kind == REGION_MACRO && !body->first)
		body->first = body->name == NO_MATCH ? 0 : body->name + 1;
	if (region->kind != REGION_STATEMENT)
		read_locals(body);
	g_hash_table_insert(model->bodies, (gpointer)(uintptr_t)region, body);
	return body;
}

struct body *body_at(struct model *model, const struct place *place,
		     uint32_t *token)
{
	const struct region *region = index_region(model->index, place->file,
						   place->offset);
	struct body *body;

	if (!region)
		return NULL;
	body = body_of(model, place->file, region);
	*token = body_token(body, place->offset);
	return *token == NO_MATCH ? NULL : body;
}

void body_free(struct body *body)
{
	toks_clear(&body->toks);
	g_free(body->outer);
	g_free(body->argument);
	g_array_unref(body->parameters);
	g_array_unref(body->locals);
	g_free(body);
}

uint32_t body_token(const struct body *body, uint32_t offset)
{
	uint32_t low = 0, high = body->toks.count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (body->toks.tok[middle].offset == offset)
			return middle;
		if (body->toks.tok[middle].offset < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return NO_MATCH;
}

int body_parameter(const struct body *body, name_t name)
{
	for (guint i = 0; i < body->parameters->len; i++)
		if (g_array_index(body->parameters, struct variable,
				  i).name == name)
			return (int)i;
	return -1;
}

const struct variable *body_variable(const struct body *body, name_t name)
{
	int parameter = body_parameter(body, name);

	if (parameter >= 0)
		return &g_array_index(body->parameters, struct variable,
				      parameter);
	for (guint i = 0; i < body->locals->len; i++)
		if (g_array_index(body->locals, struct variable,
				  i).name == name)
			return &g_array_index(body->locals, struct variable, i);
	return NULL;
}

uint32_t body_statement_end(const struct body *body, uint32_t i)
{
	bool is_if = false;

	/* Heads of statements, "if (x)", "for (;;)", "else", "do". */
	while (body_kind(body, i) == TOK_KEYWORD) {
		const struct tok *tok = &body->toks.tok[i];

		is_if |= is_word(body->text, tok, "if");
		if (is_word(body->text, tok, "return"))
			break;
		i++;
		if (body_kind(body, i) == '(' && body_match(body, i) != NO_MATCH)
			i = body_match(body, i) + 1;
	}
	if (body_kind(body, i) == '{') {
		i = body_match(body, i) == NO_MATCH ? body->toks.count :
			body_match(body, i) + 1;
	} else {
		while (i < body->toks.count && body_kind(body, i) != ';' &&
		       body_kind(body, i) != '}')
			i++;
		i += body_kind(body, i) == ';';
	}
	if (is_if && body_kind(body, i) == TOK_KEYWORD &&
	    is_word(body->text, &body->toks.tok[i], "else"))
		return body_statement_end(body, i + 1);
	return i;
}

bool body_declares(const struct body *body, uint32_t i)
{
	for (guint v = 0; v < body->locals->len; v++)
		if (g_array_index(body->locals, struct variable, v).token == i)
			return true;
	return false;
}

bool body_is_member(const struct body *body, uint32_t i)
{
	return i && (body_kind(body, i - 1) == TOK_ARROW ||
		     body_kind(body, i - 1) == '.');
}

bool body_is_called(const struct body *body, uint32_t i)
{
	uint32_t next = i + 1;

	while (body_kind(body, next) == '[' &&
	       body_match(body, next) != NO_MATCH)
		next = body_match(body, next) + 1;
	if (body_kind(body, next) == '(')
		return true;
	return body_kind(body, next) == ')' &&
	       body_kind(body, next + 1) == '(' &&
	       body_match(body, next) != NO_MATCH &&
	       (body_kind(body, body_match(body, next) + 1) == '*' ||
		body_match(body, next) + 2 == next);
}

uint32_t body_enclosing(const struct body *body, uint32_t i)
{
	return body->outer[MIN(i, body->toks.count)];
}

int body_argument_index(const struct body *body, uint32_t open, uint32_t i)
{
	int number = 0;

	if (body_enclosing(body, i) == open)
		return (int)body->argument[MIN(i, body->toks.count)];
	for (uint32_t j = open + 1; j < i; j++) {
		uint8_t kind = body_kind(body, j);

		if (kind == ',')
			number++;
		else if ((kind == '(' || kind == '[' || kind == '{') &&
			 body_match(body, j) != NO_MATCH &&
			 body_match(body, j) < i)
			j = body_match(body, j);
	}
	return number;
}

bool body_argument(const struct body *body, uint32_t open, int number,
		   uint32_t *first, uint32_t *end)
{
	uint32_t close = body_match(body, open);
	uint32_t i = open + 1;

	if (close == NO_MATCH || close == i)
		return false;
	for (;;) {
		uint32_t start = i;

		for (; i < close && body_kind(body, i) != ','; i++) {
			uint8_t kind = body_kind(body, i);

			if ((kind == '(' || kind == '[' || kind == '{') &&
			    body_match(body, i) != NO_MATCH &&
			    body_match(body, i) < close)
				i = body_match(body, i);
		}
		if (!number--) {
			*first = start;
			*end = i;
			return true;
		}
		if (i >= close)
			return false;
		i++;
	}
}
