// SPDX-License-Identifier: GPL-2.0-only
/* Argument numbers of __printf() attributes; see attribute.h. */
#include "attribute.h"


/* How far an attribute may stand from the name it belongs to, in tokens. */
#define DECLARATOR_REACH 16

static bool is_function_of(const struct step *step,
			   const struct source *source, uint32_t i)
{
	for (guint r = 0; r < step->rules->len; r++) {
		const struct rule *rule = step->rules->pdata[r];

		if ((rule->kind == RULE_REMOVED_ARGUMENT ||
		     rule->kind == RULE_FORMAT) &&
		    source_is_one_of(source, rule->names, i) &&
		    token_is(&source->lexed, i + 1, "("))
			return true;
	}
	return false;
}

/* The function's name that the attribute at token @i belongs to. */
static uint32_t declarator(const struct step *step,
			   const struct source *source, uint32_t i)
{
	/* Behind the parameters: "name(...) __printf(1, 2);" */
	if (i >= 3 && token_is(&source->lexed, i - 1, ")")) {
		uint32_t open = source->match[i - 1];

		if (open != NO_TOKEN && open &&
		    is_function_of(step, source, open - 1))
			return open - 1;
	}
	for (uint32_t k = i + 6; k < i + DECLARATOR_REACH; k++) {
		if (k >= source->lexed.count ||
		    token_is(&source->lexed, k, ";") ||
		    token_is(&source->lexed, k, "{"))
			break;
		if (is_function_of(step, source, k))
			return k;
	}
	return NO_TOKEN;
}

static bool span_has(const struct source *source, struct span span,
		     const char *name)
{
	for (uint32_t i = span.first; i < span.end; i++)
		if (token_is(&source->lexed, i, name))
			return true;
	return false;
}

/* The numbers that the attribute should have, or false for no printf. */
static bool numbers(const struct source *source, uint32_t open,
		    unsigned int *format, unsigned int *first)
{
	GArray *list = source_arguments(source, open);
	bool found = false;

	for (guint i = 1; list && i < list->len && !found; i++) {
		struct span span = g_array_index(list, struct span, i);

		*format = i;
		*first = span_has(source, span, "...") ? i + 1 : 0;
		found = *first || span_has(source, span, "va_list");
	}
	if (list)
		g_array_unref(list);
	return found;
}

void attribute_fix(const struct step *step, const struct source *source,
		   struct edits *edits)
{
	const struct lexed *lexed = &source->lexed;

	for (uint32_t i = 0; i + 5 < lexed->count; i++) {
		unsigned int format, first;
		uint32_t name;
		char *text;

		if (!token_is(lexed, i, "__printf") ||
		    (lexed->tokens[i].flags & TOKEN_DIRECTIVE) ||
		    !token_is(lexed, i + 1, "(") ||
		    !token_is(lexed, i + 3, ",") ||
		    !token_is(lexed, i + 5, ")"))
			continue;
		name = declarator(step, source, i);
		if (name == NO_TOKEN ||
		    !numbers(source, name + 1, &format, &first))
			continue;
		text = g_strdup_printf("%u", format);
		if (!token_is(lexed, i + 2, text))
			edits_replace(edits, lexed->tokens[i + 2].offset,
				      lexed->tokens[i + 2].length, text);
		g_free(text);
		text = g_strdup_printf("%u", first);
		if (!token_is(lexed, i + 4, text))
			edits_replace(edits, lexed->tokens[i + 4].offset,
				      lexed->tokens[i + 4].length, text);
		g_free(text);
	}
}
