// SPDX-License-Identifier: GPL-2.0-only
/* The text of a statement in a scope; see scopetext.h. */
#include "scopetext.h"

#include <string.h>

uint32_t marked_close(const struct marked_call *call)
{
	return call->source->match[call->token + 1];
}

char *scope_indent(const struct source *source, uint32_t i)
{
	const char *line = source->lexed.text +
		text_line_start(source->lexed.text, token_at(source, i)->offset);

	return g_strndup(line, strspn(line, " \t"));
}

char *scope_text(const struct marked_call *call, uint32_t first, uint32_t last)
{
	const struct source *source = call->source;
	const struct token *mark = token_at(source, call->token);
	size_t start = token_at(source, first)->offset;
	size_t end = token_at(source, last)->offset +
		     token_at(source, last)->length;
	GString *text = g_string_new(NULL);

	if (call->token < first || call->token > last)
		return g_string_free(g_string_append_len(text,
				source->lexed.text + start,
				(gssize)(end - start)), FALSE);
	g_string_append_len(text, source->lexed.text + start,
			    (gssize)(mark->offset - start));
	g_string_append(text, call->lookup);
	start = mark->offset + mark->length;
	g_string_append_len(text, source->lexed.text + start,
			    (gssize)(end - start));
	return g_string_free(text, FALSE);
}

static bool has_comment(const struct source *source, uint32_t first,
			uint32_t last)
{
	for (size_t i = 0; i < source->lexed.comment_count; i++)
		if (source->lexed.comments[i].next_token > first &&
		    source->lexed.comments[i].next_token <= last)
			return true;
	return false;
}

char *scope_line(const struct marked_call *call, uint32_t first, uint32_t last)
{
	char *text = scope_text(call, first, last);
	GString *line;

	if (!strchr(text, '\n') || has_comment(call->source, first, last))
		return text;
	line = g_string_new(NULL);
	for (const char *at = text; *at; at++) {
		size_t blank = strspn(at, " \t\n");

		if (!memchr(at, '\n', blank)) {
			g_string_append_c(line, *at);
			continue;
		}
		at += blank - 1;
		if (line->len && !strchr("([", line->str[line->len - 1]))
			g_string_append_c(line, ' ');
	}
	g_free(text);
	return g_string_free(line, FALSE);
}

/* @text with its lines one or more tabs further in. */
static void append_indented(GString *out, const char *text, const char *tabs)
{
	for (; *text; text++) {
		g_string_append_c(out, *text);
		if (*text == '\n' && text[1] != '\n')
			g_string_append(out, tabs);
	}
}

char *scope_around(const struct marked_call *call, const char *statement,
		   const char *indent, bool returns)
{
	GString *out = g_string_new(NULL);

	if (!call->is_mixed) {
		g_string_append_printf(out, "%s()\n%s\t", call->scope, indent);
		append_indented(out, statement, "\t");
		return g_string_free(out, FALSE);
	}
	g_string_append_printf(out,
			       "if (tsk_is_kthread(current)) {\n%s\t%s()\n%s\t\t",
			       indent, call->scope, indent);
	append_indented(out, statement, "\t\t");
	if (returns) {
		g_string_append_printf(out, "\n%s}\n%s%s", indent, indent,
				       statement);
		return g_string_free(out, FALSE);
	}
	g_string_append_printf(out, "\n%s} else {\n%s\t", indent, indent);
	append_indented(out, statement, "\t");
	g_string_append_printf(out, "\n%s}", indent);
	return g_string_free(out, FALSE);
}

bool scope_has_directive(const struct source *source, uint32_t first,
			 uint32_t last)
{
	for (uint32_t i = first; i <= last; i++)
		if (token_at(source, i)->flags & TOKEN_DIRECTIVE)
			return true;
	return false;
}

uint32_t scope_before(const struct source *source, uint32_t i)
{
	while (i--)
		if (!(token_at(source, i)->flags & TOKEN_DIRECTIVE))
			return i;
	return NO_TOKEN;
}
