// SPDX-License-Identifier: GPL-2.0-only
/* Replacing macros by text blocks; see macrotext.h. */
#include "macrotext.h"

#include <string.h>

static const struct macro *find_macro(const struct source *source,
				      const char *name)
{
	for (guint i = 0; i < source->macros->len; i++) {
		const struct macro *macro =
			&g_array_index(source->macros, struct macro, i);

		if (token_is(&source->lexed, macro->name, name))
			return macro;
	}
	return NULL;
}

/* The number of a macro's parameters; none for a macro that takes no list. */
static guint parameters(const struct source *source, const struct macro *macro)
{
	GArray *list = macro->open == NO_TOKEN ? NULL :
		       source_arguments(source, macro->open);
	guint count = list ? list->len : 0;

	if (list)
		g_array_unref(list);
	return count;
}

const struct macro *macrotext_old(const struct step *step,
				  const struct rule *rule,
				  const struct source *source)
{
	const char *text = g_hash_table_lookup(step->texts, rule->parameter);
	const char *name = rule->names->pdata[0];
	const struct macro *macro = find_macro(source, name);
	const struct macro *wanted;
	struct source *block;
	bool old;

	if (!macro || !text)
		return NULL;
	block = source_new(text, strlen(text));
	wanted = find_macro(block, name);
	old = wanted &&
	      parameters(source, macro) != parameters(block, wanted);
	source_free(block);
	return old ? macro : NULL;
}

/*
 * Where the macro begins: its #, or the kernel-doc comment that ends on the
 * line above.
 */
static size_t begin_of(const struct source *source, const struct macro *macro)
{
	const struct lexed *lexed = &source->lexed;
	size_t begin = text_line_start(lexed->text,
				       lexed->tokens[macro->name].offset);

	for (size_t i = 0; i < lexed->comment_count; i++) {
		const struct comment *comment = &lexed->comments[i];
		size_t end = comment->offset + comment->length;

		if (end + 1 == begin && lexed->text[end] == '\n' &&
		    !strncmp(lexed->text + comment->offset, "/**", 3))
			return comment->offset;
	}
	return begin;
}

static size_t end_of(const struct source *source, const struct macro *macro)
{
	const struct lexed *lexed = &source->lexed;
	const struct token *last = &lexed->tokens[macro->body.end - 1];
	size_t end = text_line_end(lexed->text, lexed->length,
				   last->offset + last->length);

	return end < lexed->length ? end + 1 : end;
}

void macrotext_replace(const struct step *step, const struct source *source,
		       struct edits *edits)
{
	for (guint r = 0; r < step->rules->len; r++) {
		const struct rule *rule = step->rules->pdata[r];
		const struct macro *macro;
		size_t begin;

		if (rule->kind != RULE_MACRO_TEXT)
			continue;
		macro = macrotext_old(step, rule, source);
		if (!macro)
			continue;
		begin = begin_of(source, macro);
		edits_replace(edits, begin, end_of(source, macro) - begin,
			      g_hash_table_lookup(step->texts,
						  rule->parameter));
	}
}
