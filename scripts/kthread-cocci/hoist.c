// SPDX-License-Identifier: GPL-2.0-only
/* Initialisers and conditions; see hoist.h. */
#include "hoist.h"

#include <string.h>

static bool is(const struct source *source, uint32_t i, const char *spelling)
{
	return token_is(&source->lexed, i, spelling);
}

static bool is_word(const struct source *source, uint32_t i)
{
	return i < source->lexed.count &&
	       token_at(source, i)->kind == TOKEN_IDENTIFIER;
}

static bool is_any(const struct source *source, uint32_t i,
		   const char *const *words)
{
	for (; *words; words++)
		if (is(source, i, *words))
			return true;
	return false;
}

/* Are the tokens @i and @k of the same spelling? */
static bool is_same(const struct source *source, uint32_t i, uint32_t k)
{
	const struct token *a = token_at(source, i), *b = token_at(source, k);

	return a->length == b->length &&
	       !memcmp(source->lexed.text + a->offset,
		       source->lexed.text + b->offset, a->length);
}

static bool is_block_start(const struct source *source, uint32_t i)
{
	static const char *const ends[] = { ";", "{", "}", NULL };

	uint32_t before = scope_before(source, i);

	return before != NO_TOKEN && is_any(source, before, ends);
}

/* The ; of the statement that begins at token @i, or NO_TOKEN. */
static uint32_t simple_end(const struct source *source, uint32_t i)
{
	for (; i < source->lexed.count && !is(source, i, "}"); i++) {
		if (is(source, i, ";"))
			return i;
		if (source->match[i] != NO_TOKEN && source->match[i] > i)
			i = source->match[i];
	}
	return NO_TOKEN;
}

/* Names without small letters, as of LIST_HEAD(list). */
static bool is_capitals(const struct source *source, uint32_t i)
{
	const struct token *token = token_at(source, i);

	for (uint32_t k = 0; k < token->length; k++)
		if (g_ascii_islower(source->lexed.text[token->offset + k]))
			return false;
	return is_word(source, i);
}

/* Is the statement at token @i a declaration? */
static bool is_declaration(const struct source *source, uint32_t i)
{
	static const char *const statements[] = {
		"return", "goto", "if", "else", "for", "while", "do", "switch",
		"case", "default", "break", "continue", "asm", NULL
	};
	static const char *const types[] = { "struct", "union", "enum", NULL };

	if (!is_word(source, i) || is_any(source, i, statements))
		return false;
	if (is(source, i + 1, "("))
		return is_capitals(source, i);
	if (is_any(source, i, types) || is_word(source, i + 1))
		return true;
	if (!is(source, i + 1, "*"))
		return false;
	/* "type *name =", and not "a * b" */
	for (i++; is(source, i, "*"); i++)
		;
	return is_word(source, i) &&
	       (is(source, i + 1, ";") || is(source, i + 1, "=") ||
		is(source, i + 1, ",") || is(source, i + 1, "[") ||
		is_word(source, i + 1));
}

/* Does the call of @call get the address of the variable at token @i? */
static bool is_written(const struct marked_call *call, uint32_t i)
{
	const struct source *source = call->source;

	for (uint32_t k = call->token + 2; k < marked_close(call); k++)
		if (is(source, k, "&") && is_same(source, k + 1, i))
			return true;
	return false;
}

/*
 * Can the call come behind the declaration from token @i to @end, which has
 * stood behind it?  Not if that knows the variable @x, or something that the
 * call writes, or calls anything itself.
 */
static bool can_pass(const struct marked_call *call, uint32_t x, uint32_t i,
		     uint32_t end)
{
	const struct source *source = call->source;
	bool is_macro = is(source, i + 1, "(");
	bool value = is_macro;

	if (scope_has_directive(source, i, end))
		return false;
	for (; i < end; i++) {
		if (is(source, i, "="))
			value = true;
		if (!is_word(source, i))
			continue;
		if (is_same(source, i, x))
			return false;
		if (value && (is_written(call, i) ||
			      (!is_macro && is(source, i + 1, "("))))
			return false;
	}
	return true;
}

/* Insert @text, a statement, on a line of its own in front of token @i. */
static void insert_before(const struct marked_call *call, uint32_t i,
			  const char *text, const char *indent)
{
	char *line = g_strdup_printf("%s\n%s", text, indent);

	edits_replace(call->edits, token_at(call->source, i)->offset, 0, line);
	g_free(line);
}

/*
 * Insert @text behind the declaration that ends at token @last, with an empty
 * line between; one that is there goes, but in front of a comment.
 */
static void insert_behind(const struct marked_call *call, uint32_t last,
			  const char *text, const char *indent)
{
	const struct source *source = call->source;
	const char *all = source->lexed.text;
	size_t line = text_line_end(all, source->lexed.length,
				    token_at(source, last)->offset);
	size_t next = line + strspn(all + line, " \t\n");
	bool is_apart = line + 1 < source->lexed.length &&
			all[line + 1] == '\n';
	char *lines;

	if (is_apart && strncmp(all + next, "/*", 2) &&
	    strncmp(all + next, "//", 2)) {
		lines = g_strdup_printf("\n%s%s\n", indent, text);
		edits_replace(call->edits, line + 1, 1, lines);
	} else {
		lines = g_strdup_printf("\n\n%s%s", indent, text);
		edits_replace(call->edits, line, 0, lines);
	}
	g_free(lines);
}

/* Is the type from token @first to the name @x one that can do without a value? */
static bool is_splittable(const struct source *source, uint32_t first,
			  uint32_t x)
{
	static const char *const never[] = {
		"static", "auto", "__auto_type", "register", "extern", "(", ",",
		"[", "=", NULL
	};
	bool is_const = false;

	if (first >= x || !is_word(source, first))
		return false;
	for (uint32_t i = first; i < x; i++) {
		if (is_any(source, i, never))
			return false;
		if (is(source, i, "const"))
			is_const = true;
		else if (is(source, i, "*"))
			is_const = false;
	}
	return !is_const;
}

bool hoist_declaration(struct marked_call *call)
{
	const struct source *source = call->source;
	uint32_t end = marked_close(call) + 1, x = call->token - 2;
	uint32_t first = x, last;
	char *indent, *value, *statement, *scoped;

	if (call->token < 4 || !is(source, end, ";") ||
	    !is(source, call->token - 1, "=") || !is_word(source, x))
		return false;
	while (first && !is_block_start(source, first))
		first--;
	if (!is_splittable(source, first, x) ||
	    scope_has_directive(source, first, end))
		return false;
	for (last = end; is_declaration(source, last + 1);) {
		uint32_t next = simple_end(source, last + 1);

		if (next == NO_TOKEN || !can_pass(call, x, last + 1, next))
			return false;
		last = next;
	}
	/* Further declarations, behind an #if. */
	if (token_at(source, last + 1)->flags & TOKEN_DIRECTIVE)
		return false;
	indent = scope_indent(source, first);
	value = scope_line(call, x, marked_close(call));
	statement = g_strconcat(value, ";", NULL);
	scoped = scope_around(call, statement, indent, false);
	edits_replace(call->edits, token_end(source, x),
		      token_at(source, end)->offset - token_end(source, x),
		      "");
	insert_behind(call, last, scoped, indent);
	g_free(scoped);
	g_free(statement);
	g_free(value);
	g_free(indent);
	return true;
}

/*
 * The if in whose condition the expression at token @i is what is asked for
 * first, and in any case; NO_TOKEN where there is none, or it is no statement of
 * a block.
 */
static uint32_t if_of(const struct source *source, uint32_t i)
{
	static const char *const before[] = {
		"(", "!", "IS_ERR", "IS_ERR_OR_NULL", "PTR_ERR", "likely",
		"unlikely", "PTR_ERR_OR_ZERO", NULL
	};

	while (i && is_any(source, i - 1, before))
		i--;
	if (!i || !is(source, i, "(") || !is(source, i - 1, "if") ||
	    scope_has_directive(source, i - 1, source->match[i]))
		return NO_TOKEN;
	i--;
	if (!(token_at(source, i)->flags & TOKEN_FIRST))
		return NO_TOKEN;
	/* Or behind a label. */
	return is_block_start(source, i) ||
	       (i > 1 && is(source, i - 1, ":") && is_word(source, i - 2)) ?
		i : NO_TOKEN;
}

/* Put "@name = f();" in a scope in front of the if. */
static void move_before(const struct marked_call *call, uint32_t at,
			const char *name)
{
	char *indent = scope_indent(call->source, at);
	char *value = scope_line(call, call->token, marked_close(call));
	char *statement = g_strdup_printf("%s = %s;", name, value);
	char *scoped = scope_around(call, statement, indent, false);

	insert_before(call, at, scoped, indent);
	g_free(scoped);
	g_free(statement);
	g_free(value);
	g_free(indent);
}

bool hoist_condition(struct marked_call *call)
{
	static const char *const links[] = { "->", ".", "[", "]", NULL };
	const struct source *source = call->source;
	uint32_t close = marked_close(call) + 1;
	uint32_t open = source->match[close];
	uint32_t at;
	bool is_plain;
	char *name;

	if (!is(source, close, ")") || open == NO_TOKEN || !open ||
	    !is(source, call->token - 1, "=") || open + 2 >= call->token)
		return false;
	for (uint32_t i = open + 1; i + 1 < call->token; i++)
		if (!is_word(source, i) && !is_any(source, i, links) &&
		    !(is(source, i, "*") && i == open + 1))
			return false;
	at = if_of(source, open + 1);
	if (at == NO_TOKEN)
		return false;
	name = scope_text(call, open + 1, call->token - 2);
	/* "if (x)" and "IS_ERR(x)" keep their parentheses. */
	is_plain = is_word(source, open - 1) || *name == '*';
	move_before(call, at, name);
	if (is_plain)
		edits_replace(call->edits, token_end(source, call->token - 2),
			      token_at(source, close)->offset -
			      token_end(source, call->token - 2), "");
	else
		edits_replace(call->edits, token_at(source, open)->offset,
			      token_end(source, close) -
			      token_at(source, open)->offset, name);
	g_free(name);
	return true;
}

static bool has_word(const struct source *source, const struct function *in,
		     const char *word)
{
	for (uint32_t i = in->open; i < in->body.end; i++)
		if (is(source, i, word))
			return true;
	return false;
}

/* A name for an error that the function does not use, or NULL. */
static const char *new_name(const struct source *source, uint32_t i)
{
	static const char *const names[] = { "err", "error", "ret", "rc" };
	const struct function *function = source_function_at(source, i);

	for (size_t n = 0; function && n < G_N_ELEMENTS(names); n++)
		if (!has_word(source, function, names[n]))
			return names[n];
	return NULL;
}

/* The opening brace of the block around token @i. */
static uint32_t block_of(const struct source *source, uint32_t i)
{
	while (i--) {
		if (source->match[i] == NO_TOKEN)
			continue;
		if (source->match[i] < i)
			i = source->match[i];
		else if (is(source, i, "{"))
			return i;
	}
	return NO_TOKEN;
}

/* The ; of the declaration behind which one more fits, in front of token @at. */
static uint32_t last_declaration(const struct source *source, uint32_t at)
{
	uint32_t last = NO_TOKEN;
	uint32_t i = block_of(source, at);

	if (i == NO_TOKEN)
		return NO_TOKEN;
	for (i++; i < at; i++) {
		uint32_t end;

		if (token_at(source, i)->flags & TOKEN_DIRECTIVE)
			continue;
		end = simple_end(source, i);
		if (end == NO_TOKEN || end >= at)
			break;
		if (is_declaration(source, i) &&
		    !scope_has_directive(source, i, end))
			last = end;
		else if (last != NO_TOKEN)
			break;
		i = end;
	}
	return last;
}

bool hoist_value(struct marked_call *call)
{
	const struct source *source = call->source;
	uint32_t at, last;
	const char *name;
	char *declaration, *indent;

	/* "(x = f())" has a variable already. */
	if (is(source, call->token - 1, "="))
		return hoist_condition(call);
	at = if_of(source, call->token);
	name = new_name(source, call->token);
	if (at == NO_TOKEN || !name)
		return false;
	last = last_declaration(source, at);
	if (last == NO_TOKEN)
		return false;
	indent = scope_indent(source, last);
	declaration = g_strdup_printf("\n%sint %s;", indent, name);
	edits_replace(call->edits,
		      text_line_end(source->lexed.text, source->lexed.length,
				    token_at(source, last)->offset), 0,
		      declaration);
	move_before(call, at, name);
	edits_replace(call->edits, token_at(source, call->token)->offset,
		      token_end(source, marked_close(call)) -
		      token_at(source, call->token)->offset, name);
	g_free(declaration);
	g_free(indent);
	return true;
}
