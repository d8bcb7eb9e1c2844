// SPDX-License-Identifier: GPL-2.0-only
/* Scopes around marked calls; see scoped.h. */
#include "scoped.h"

#include <string.h>

#include "audit.h"
#include "hoist.h"
#include "scopetext.h"

static bool is(const struct source *source, uint32_t i, const char *spelling)
{
	return token_is(&source->lexed, i, spelling);
}

/* The first token of the value that is assigned to, whose last one is token @i. */
static uint32_t value_start(const struct source *source, uint32_t i)
{
	for (;;) {
		bool is_operand = true;

		/* "x[i]", "f(x)->y": over the brackets */
		if ((is(source, i, "]") || is(source, i, ")")) &&
		    source->match[i] != NO_TOKEN && source->match[i]) {
			i = source->match[i];
			is_operand = false;
		}
		if (!is_operand && (is(source, i - 1, "]") ||
				    token_at(source, i - 1)->kind ==
				    TOKEN_IDENTIFIER))
			i--;
		else if (i > 1 && (is(source, i - 1, "->") ||
				   is(source, i - 1, ".")))
			i -= 2;
		else
			break;
	}
	while (i && is(source, i - 1, "*"))
		i--;
	return i;
}

/* The first token of the statement with the marked call. */
static uint32_t find_start(const struct marked_call *call, bool returns)
{
	const struct source *source = call->source;
	uint32_t i = call->token;

	/* "PTR_ERR(f())" */
	if (is(source, i - 1, "(") && source->match[i - 1] != NO_TOKEN)
		i -= 2;
	/* "return (f());" */
	if (returns && is(source, i, "return"))
		return i;
	if (returns)
		return is(source, i - 1, "return") ? i - 1 : NO_TOKEN;
	if (!is(source, i - 1, "="))
		return i;
	return i < 2 ? NO_TOKEN : value_start(source, i - 2);
}

/* The ; behind the call, but for closing parentheses. */
static uint32_t find_end(const struct marked_call *call)
{
	uint32_t i = marked_close(call);

	while (i != NO_TOKEN && i + 1 < call->source->lexed.count) {
		i++;
		if (is(call->source, i, ";"))
			return i;
		if (!is(call->source, i, ")"))
			break;
	}
	return NO_TOKEN;
}

/*
 * The head whose only statement begins at token @i: the token of its if, while,
 * for, else or macro; NO_TOKEN where the statement is one of a block.
 */
static uint32_t head_of(const struct source *source, uint32_t i)
{
	uint32_t before = scope_before(source, i);

	if (before == NO_TOKEN)
		return NO_TOKEN;
	if (is(source, before, "else") || is(source, before, "do"))
		return before;
	if (is(source, before, ")") && source->match[before] != NO_TOKEN &&
	    source->match[before])
		return source->match[before] - 1;
	return NO_TOKEN;
}

/* Put braces around the statement from token @first to @last of a head. */
static void add_braces(const struct marked_call *call, uint32_t first,
		       uint32_t last, const char *indent)
{
	const struct source *source = call->source;
	char *close = g_strdup_printf("\n%s}%s", indent,
				      is(source, last + 1, "else") ? " " : "");
	size_t end = token_end(source, last);

	edits_replace(call->edits, token_end(source, first - 1), 0, " {");
	edits_replace(call->edits, end, is(source, last + 1, "else") ?
		      token_at(source, last + 1)->offset - end : 0, close);
	g_free(close);
}

/* The end of the simple statement at token @i, or NO_TOKEN. */
static uint32_t simple_end(const struct source *source, uint32_t i)
{
	static const char *const compound[] = {
		"if", "for", "while", "do", "switch", "{",
	};

	for (size_t n = 0; n < G_N_ELEMENTS(compound); n++)
		if (is(source, i, compound[n]))
			return NO_TOKEN;
	for (; i < source->lexed.count; i++) {
		if (is(source, i, ";"))
			return i;
		if (is(source, i, "{") || is(source, i, "}"))
			return NO_TOKEN;
		if (source->match[i] != NO_TOKEN && source->match[i] > i)
			i = source->match[i];
	}
	return NO_TOKEN;
}

/* The start of the only statement of an if, which ends at token @last. */
static uint32_t arm_start(const struct source *source, uint32_t last)
{
	for (uint32_t i = last; i; i--) {
		uint32_t head = head_of(source, i);

		if (head != NO_TOKEN && is(source, head, "if") &&
		    source->match[head + 1] == i - 1)
			return i;
		if (i < last && (is(source, i, ";") || is(source, i, "{") ||
				 is(source, i, "}")))
			break;
		if (i < last && source->match[i] != NO_TOKEN &&
		    source->match[i] < i)
			i = source->match[i];
	}
	return NO_TOKEN;
}

/* Where one arm of an if gets braces, the other one gets them, too. */
static void brace_other_arm(const struct marked_call *call, uint32_t head,
			    uint32_t last, const char *indent)
{
	const struct source *source = call->source;
	uint32_t first, end;

	if (is(source, head, "if") && is(source, last + 1, "else")) {
		first = last + 2;
		end = simple_end(source, first);
		if (end != NO_TOKEN && !scope_has_directive(source, first, end))
			add_braces(call, first, end, indent);
	} else if (is(source, head, "else") && is(source, head - 1, ";")) {
		first = arm_start(source, head - 1);
		if (first != NO_TOKEN &&
		    !scope_has_directive(source, first, head))
			add_braces(call, first, head - 1, indent);
	}
}

/*
 * Replace the statement from token @first to @last by the scope around it.  The
 * only statement of an if or a loop gets braces.
 */
static void replace_statement(const struct marked_call *call, uint32_t first,
			      uint32_t last, bool returns)
{
	const struct source *source = call->source;
	bool own_line = token_at(source, first)->flags & TOKEN_FIRST;
	uint32_t head = head_of(source, first);
	char *outer = scope_indent(source, head == NO_TOKEN ? first : head);
	char *indent = head == NO_TOKEN && own_line ? g_strdup(outer) :
		       head != NO_TOKEN && own_line ?
		       scope_indent(source, first) :
		       g_strconcat(outer, "\t", NULL);
	char *statement = scope_text(call, first, last);
	char *scoped = scope_around(call, statement, indent, returns);
	size_t start = token_at(source, first)->offset;
	GString *text = g_string_new(NULL);

	if (!own_line) {
		/* Behind a label or a head in the same line. */
		start = token_end(source, first - 1);
		g_string_append_printf(text, "%s\n%s",
				       head == NO_TOKEN ? "" : " {", indent);
	} else if (head != NO_TOKEN) {
		edits_replace(call->edits, token_end(source, first - 1), 0,
			      " {");
	}
	g_string_append(text, scoped);
	if (head != NO_TOKEN) {
		g_string_append_printf(text, "\n%s}", outer);
		brace_other_arm(call, head, last, outer);
	}
	edits_replace(call->edits, start, token_end(source, last) - start,
		      text->str);
	/* The brace and what belongs to it stand in one line. */
	if (head != NO_TOKEN &&
	    (is(source, last + 1, "else") || is(source, head, "do")))
		edits_replace(call->edits, token_end(source, last),
			      token_at(source, last + 1)->offset -
			      token_end(source, last), " ");
	g_string_free(text, TRUE);
	g_free(scoped);
	g_free(statement);
	g_free(indent);
	g_free(outer);
}

static bool convert_plain(struct marked_call *call, bool returns)
{
	uint32_t first = find_start(call, returns);
	uint32_t last = find_end(call);

	if (first == NO_TOKEN || last == NO_TOKEN || !first ||
	    scope_has_directive(call->source, first, last))
		return false;
	/* An #if between a head and its statement. */
	if (scope_has_directive(call->source, first - 1, first - 1) &&
	    head_of(call->source, first) != NO_TOKEN)
		return false;
	replace_statement(call, first, last, returns);
	return true;
}

static bool convert_statement(struct marked_call *call)
{
	return convert_plain(call, false);
}

static bool convert_return(struct marked_call *call)
{
	return convert_plain(call, true);
}

static const struct {
	const char *mark;
	bool (*convert)(struct marked_call *call);
} forms[] = {
	{ "scoped_statement__", convert_statement },
	{ "scoped_return__", convert_return },
	{ "scoped_declaration__", hoist_declaration },
	{ "scoped_condition__", hoist_condition },
	{ "scoped_value__", hoist_value },
};

/* The form of the mark at token @i; none: the number of forms. */
static size_t form_of(const struct source *source, uint32_t i)
{
	const struct token *token = token_at(source, i);
	size_t form = 0;

	for (; form < G_N_ELEMENTS(forms); form++) {
		size_t length = strlen(forms[form].mark);

		if (token->kind == TOKEN_IDENTIFIER && token->length > length &&
		    !memcmp(source->lexed.text + token->offset,
			    forms[form].mark, length) &&
		    is(source, i + 1, "("))
			break;
	}
	return form;
}

/* Convert the first marked call, or take its mark away. */
static GBytes *expand_one(const struct source *source, uint32_t i,
			  const char *scope, const char *verdict, GBytes *text)
{
	size_t form = form_of(source, i);
	char *marked = token_text(&source->lexed, i);
	struct marked_call call = {
		.source = source, .token = i, .scope = scope,
		.lookup = marked + strlen(forms[form].mark),
		.is_mixed = !g_strcmp0(verdict, "mixed"),
		.edits = edits_new(),
	};

	if (!verdict || marked_close(&call) == NO_TOKEN ||
	    !source_function_at(source, i) || !forms[form].convert(&call))
		edits_replace(call.edits, token_at(source, i)->offset,
			      token_at(source, i)->length, call.lookup);
	g_free(marked);
	return edits_apply(call.edits, text);
}

/* The verdict of the site at token @i, or NULL: of a call in the same line. */
static const char *verdict_of(const GPtrArray *uses, uint32_t i)
{
	for (guint k = 0; k < uses->len; k++) {
		const struct use *use = uses->pdata[k];

		if (use->verdict && use->token == i)
			return use->verdict;
	}
	return NULL;
}

static uint32_t first_mark(const struct source *source, uint32_t from)
{
	for (uint32_t i = from; i < source->lexed.count; i++)
		if (form_of(source, i) < G_N_ELEMENTS(forms))
			return i;
	return NO_TOKEN;
}

GBytes *scoped_expand(const GPtrArray *uses, const struct source *source,
		      const char *scope, GBytes *text)
{
	GPtrArray *verdicts = g_ptr_array_new();
	uint32_t i = 0;

	while ((i = first_mark(source, i)) != NO_TOKEN) {
		g_ptr_array_add(verdicts,
				(gpointer)(uintptr_t)verdict_of(uses, i));
		i++;
	}
	g_bytes_ref(text);
	for (guint n = 0; n < verdicts->len; n++) {
		gsize length;
		const char *data = g_bytes_get_data(text, &length);
		struct source *now = source_new(data, length);
		GBytes *next = expand_one(now, first_mark(now, 0), scope,
					  verdicts->pdata[n], text);

		source_free(now);
		g_bytes_unref(text);
		text = next;
	}
	g_ptr_array_unref(verdicts);
	return text;
}

/* Does "if (tsk_is_kthread(current)) {" with @scope end at the brace @close? */
static bool is_thread_branch(const struct source *source, uint32_t close,
			     const GPtrArray *scope)
{
	uint32_t open = source->match[close];

	if (!is(source, close, "}") || open == NO_TOKEN || open < 7 ||
	    !is(source, open - 1, ")") || !is(source, open - 2, ")") ||
	    !is(source, open - 3, "current") || !is(source, open - 4, "(") ||
	    !is(source, open - 5, "tsk_is_kthread") ||
	    !is(source, open - 6, "(") || !is(source, open - 7, "if"))
		return false;
	for (uint32_t i = open; i < close; i++)
		if (source_is_one_of(source, scope, i))
			return true;
	return false;
}

bool scoped_is_beside(const struct source *source, uint32_t i,
		      const GPtrArray *scope)
{
	/* Back to the start of the statement. */
	while (i && !is(source, i - 1, ";") && !is(source, i - 1, "{") &&
	       !is(source, i - 1, "}"))
		i--;
	if (i && is(source, i - 1, "}"))
		return is_thread_branch(source, i - 1, scope);
	return i > 2 && is(source, i - 1, "{") && is(source, i - 2, "else") &&
	       is_thread_branch(source, i - 3, scope);
}
