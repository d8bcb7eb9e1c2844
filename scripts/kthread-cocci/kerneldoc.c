// SPDX-License-Identifier: GPL-2.0-only
/* Stale @parameter: lines of kernel-doc comments; see kerneldoc.h. */
#include "kerneldoc.h"

#include <string.h>

#include "audit.h"

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
		if (rule_names(rule, source, i) &&
		    token_is(&source->lexed, i + 1, "("))
			return i;
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

/* A description goes on until the next @name:, an empty line or the end. */
static bool continues(const char *text, const char *end)
{
	return text < end && *text != '@' && *text != '\n' && *text != '\r' &&
	       strncmp(text, "*/", 2);
}

bool kerneldoc_stale(const struct source *source,
		     const struct comment *comment, const struct rule *rule,
		     struct kerneldoc_line *line)
{
	const char *text = source->lexed.text + comment->offset;
	const char *end = text + comment->length;
	size_t name_len = strlen(rule->parameter);
	uint32_t function;
	const char *at, *next;

	if (comment->length < 4 || memcmp(text, "/**", 3) || text[3] == '*')
		return false;
	function = documented_function(source, comment, rule);
	if (function == NO_TOKEN ||
	    audit_has_parameter(source, function + 1, rule->parameter))
		return false;
	for (at = text; at && at < end; at = next) {
		const char *content = line_text(at, end);

		next = memchr(at, '\n', (size_t)(end - at));
		next = next ? next + 1 : NULL;
		if ((size_t)(end - content) <= name_len + 2 || *content != '@' ||
		    memcmp(content + 1, rule->parameter, name_len) ||
		    content[name_len + 1] != ':' || at == text || !next)
			continue;
		while (next < end && continues(line_text(next, end), end)) {
			const char *newline = memchr(next, '\n',
						     (size_t)(end - next));

			if (!newline)
				return false;
			next = newline + 1;
		}
		line->offset = (size_t)(at - source->lexed.text);
		line->length = (size_t)(next - at);
		return true;
	}
	return false;
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
					      "");
				break;
			}
		}
	}
}
