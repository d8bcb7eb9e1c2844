// SPDX-License-Identifier: GPL-2.0-only
/* Stale @parameter: lines of kernel-doc comments; see kerneldoc.h. */
#include "kerneldoc.h"

#include <string.h>


/* How far behind its comment a declaration's name may stand, in tokens. */
#define DECLARATION_REACH 32

/* The function that the comment documents, as a token behind it. */
static uint32_t documented_function(const struct source *source,
				    const struct comment *comment,
				    const struct rule *rule)
{
	uint32_t end = comment->next_token + DECLARATION_REACH;

	for (uint32_t i = comment->next_token;
	     i < end && i < source->lexed.count; i++) {
		if (token_is(&source->lexed, i, ";") ||
		    token_is(&source->lexed, i, "{"))
			break;
		enum use_kind use;

		if (!source_is_one_of(source, rule->names, i) ||
		    !token_is(&source->lexed, i + 1, "("))
			continue;
		use = source_use(source, i);
		return use == USE_DECLARATION || use == USE_MACRO_DEFINITION ?
			i : NO_TOKEN;
	}
	return NO_TOKEN;
}

/* The text of a comment line behind its " * ". */
static const char *line_text(const char *line, const char *end)
{
	while (line < end && g_ascii_isspace(*line) && *line != '\n')
		line++;
	if (line < end && *line == '*' && line[1] != '/') {
		line++;
		while (line < end && (*line == ' ' || *line == '\t'))
			line++;
	}
	return line;
}

/* "Return:", "Context:" and their like begin a section of their own. */
static bool is_section(const char *text, const char *end)
{
	static const char *const names[] = {
		"context", "description", "example", "examples", "note",
		"notes", "return", "returns",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		size_t len = strlen(names[i]);

		if ((size_t)(end - text) > len && text[len] == ':' &&
		    !g_ascii_strncasecmp(text, names[i], len))
			return true;
	}
	return false;
}

/*
 * A description goes on until the next @name:, a section, an empty line or the
 * end of the comment.
 */
static bool continues(const char *text, const char *end)
{
	return text < end && !is_section(text, end) && *text != '@' &&
	       *text != '\n' && *text != '\r' &&
	       strncmp(text, "*/", 2);
}

/* Does the line at @at describe the parameter? */
static bool describes(const char *at, const char *end, const char *parameter)
{
	const char *content = line_text(at, end);
	size_t length = strlen(parameter);

	return (size_t)(end - content) > length + 2 && *content == '@' &&
	       !memcmp(content + 1, parameter, length) &&
	       content[length + 1] == ':';
}

static const char *next_line(const char *at, const char *end)
{
	const char *newline = memchr(at, '\n', (size_t)(end - at));

	return newline ? newline + 1 : end;
}

bool kerneldoc_stale(const struct source *source,
		     const struct comment *comment, const struct rule *rule,
		     struct kerneldoc_line *line)
{
	const char *text = source->lexed.text + comment->offset;
	const char *end = text + comment->length;
	const char *at = next_line(text, end), *next;
	uint32_t function;

	if (comment->length < 4 || memcmp(text, "/**", 3) || text[3] == '*')
		return false;
	function = documented_function(source, comment, rule);
	if (function == NO_TOKEN ||
	    source_has_parameter(source, function + 1, rule->parameter))
		return false;
	while (at < end && !describes(at, end, rule->parameter))
		at = next_line(at, end);
	if (at == end)
		return false;
	next = next_line(at, end);
	while (next < end && continues(line_text(next, end), end))
		next = next_line(next, end);
	line->offset = (size_t)(at - source->lexed.text);
	line->length = (size_t)(next - at);
	/* The comment may end on the last of these lines. */
	line->replacement = next == end ? " */" : "";
	return true;
}

void kerneldoc_clean(const struct step *step, const struct source *source,
		     struct edits *edits)
{
	for (size_t i = 0; i < source->lexed.comment_count; i++) {
		struct kerneldoc_line line;

		for (guint r = 0; r < step->rules->len; r++) {
			const struct rule *rule = step->rules->pdata[r];

			if (rule->kind == RULE_REMOVED_ARGUMENT &&
			    kerneldoc_stale(source, &source->lexed.comments[i],
					    rule, &line)) {
				edits_replace(edits, line.offset, line.length,
					      line.replacement);
				break;
			}
		}
	}
}
