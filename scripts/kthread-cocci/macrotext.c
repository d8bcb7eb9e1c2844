// SPDX-License-Identifier: GPL-2.0-only
/* Replacing macros by text blocks; see macrotext.h. */
#include "macrotext.h"

#include <string.h>

/* The first definition of a macro from token @from on, or NULL. */
static const struct macro *find_macro(const struct source *source,
				      const char *name, uint32_t from)
{
	for (guint i = 0; i < source->macros->len; i++) {
		const struct macro *macro =
			&g_array_index(source->macros, struct macro, i);

		if (macro->name >= from &&
		    token_is(&source->lexed, macro->name, name))
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
				  const struct source *source, uint32_t from)
{
	const char *text = g_hash_table_lookup(step->texts, rule->parameter);
	const char *name = rule->names->pdata[0];
	const struct macro *macro = find_macro(source, name, from);
	const struct macro *wanted;
	struct source *block;

	if (!macro || !text)
		return NULL;
	block = source_new(text, strlen(text));
	wanted = find_macro(block, name, 0);
	while (wanted && macro &&
	       parameters(source, macro) == parameters(block, wanted))
		macro = find_macro(source, name, macro->name + 1);
	source_free(block);
	return wanted ? macro : NULL;
}

/* Is there nothing but blanks between the start of the line and @offset? */
static bool begins_line(const char *text, size_t offset)
{
	while (offset && (text[offset - 1] == ' ' || text[offset - 1] == '\t'))
		offset--;
	return !offset || text[offset - 1] == '\n';
}

/* Not the line of stars that some parts of a file begin with. */
static bool is_kernel_doc(const struct lexed *lexed,
			  const struct comment *comment)
{
	const char *text = lexed->text + comment->offset;

	return comment->length > 4 && !strncmp(text, "/**", 3) &&
	       g_ascii_isspace(text[3]) &&
	       begins_line(lexed->text, comment->offset);
}

/*
 * Where the macro begins: its #, or the kernel-doc comment that ends on the
 * line above.
 */
static size_t begin_of(const struct source *source, const struct macro *macro)
{
	const struct lexed *lexed = &source->lexed;
	size_t begin = lexed->tokens[macro->name - 2].offset;

	if (!begins_line(lexed->text, begin))
		return begin;
	begin = text_line_start(lexed->text, begin);
	for (size_t i = 0; i < lexed->comment_count; i++) {
		const struct comment *comment = &lexed->comments[i];
		size_t end = comment->offset + comment->length;

		if (end + 1 == begin && lexed->text[end] == '\n' &&
		    is_kernel_doc(lexed, comment))
			return text_line_start(lexed->text, comment->offset);
	}
	return begin;
}

/* The end of the comment that the end of a line, @at, lies in, or @at. */
static size_t behind_comment(const struct lexed *lexed, size_t at)
{
	for (size_t i = 0; i < lexed->comment_count; i++) {
		const struct comment *comment = &lexed->comments[i];

		if (comment->offset < at &&
		    comment->offset + comment->length > at)
			return comment->offset + comment->length;
	}
	return at;
}

/* The end of its last line, and of the lines that still belong to that. */
static size_t end_of(const struct source *source, const struct macro *macro)
{
	const struct lexed *lexed = &source->lexed;
	const struct token *last = &lexed->tokens[macro->body.end - 1];
	size_t end = last->offset + last->length, next;

	for (;;) {
		end = text_line_end(lexed->text, lexed->length, end);
		if (end == lexed->length)
			return end;
		next = behind_comment(lexed, end);
		if (next == end && lexed->text[end - 1] != '\\')
			return end + 1;
		end = next == end ? end + 1 : next;
	}
}

void macrotext_replace(const struct step *step, const struct source *source,
		       struct edits *edits)
{
	for (guint r = 0; r < step->rules->len; r++) {
		const struct rule *rule = step->rules->pdata[r];
		const struct macro *macro;
		uint32_t from = 0;

		if (rule->kind != RULE_MACRO_TEXT)
			continue;
		while ((macro = macrotext_old(step, rule, source, from))) {
			size_t begin = begin_of(source, macro);

			edits_replace(edits, begin,
				      end_of(source, macro) - begin,
				      g_hash_table_lookup(step->texts,
							  rule->parameter));
			from = macro->name + 1;
		}
	}
}
