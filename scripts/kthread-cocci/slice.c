// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cutting slices and putting them back; see slice.h.
 *
 * Only whole lines are left out, and only where no # line is among them, so
 * that conditionals and macros stay: those between the braces of a function, or
 * whole declarations.  A comment that names the lines stands for them, which
 * makes the way back certain: all of these must still be there, in their order.
 */
#include "slice.h"

#include <stdio.h>
#include <string.h>

#include "edit.h"
#include "lines.h"

/* What is being cut out of a text. */
struct cutting {
	const struct source *source;
	const struct words *words;
	struct lines lines;
	bool *out;		/* per line: it is left out */
};

static void split(struct lines *lines, GBytes *bytes)
{
	gsize length;
	const char *text = g_bytes_get_data(bytes, &length);

	lines_split(lines, text, length);
}

static bool has_directive(const struct source *source, uint32_t first,
			  uint32_t end)
{
	for (uint32_t i = first; i < end; i++)
		if (token_at(source, i)->flags & TOKEN_DIRECTIVE)
			return true;
	return false;
}

/* Does a comment that is left out begin or end elsewhere? */
static bool is_clean_cut(const struct cutting *cutting, uint32_t first,
			 uint32_t end)
{
	const struct lexed *lexed = &cutting->source->lexed;
	size_t from = cutting->lines.start[first];
	size_t to = cutting->lines.start[end];

	for (size_t i = 0; i < lexed->comment_count; i++) {
		const struct comment *comment = &lexed->comments[i];
		size_t last = comment->offset + comment->length;

		if (comment->offset < from && last > from)
			return false;
		if (comment->offset < to && last > to)
			return false;
	}
	return true;
}

/* Leave the lines out from @first on, 0-based, in front of @end. */
static void cut_lines(struct cutting *cutting, uint32_t first, uint32_t end)
{
	if (first >= end || end > cutting->lines.count ||
	    !is_clean_cut(cutting, first, end))
		return;
	memset(cutting->out + first, true, end - first);
}

static bool names_a_word(const struct cutting *cutting, uint32_t first,
			 uint32_t last)
{
	size_t start = token_at(cutting->source, first)->offset;

	return words_match(cutting->words, cutting->source->lexed.text + start,
			   token_end(cutting->source, last) - start);
}

static void cut_body(struct cutting *cutting, const struct function *function)
{
	const struct source *source = cutting->source;
	struct span body = function->body;
	const struct token *open = token_at(source, body.first);
	const struct token *close = token_at(source, body.end - 1);

	if (source->match[body.first] != body.end - 1 ||
	    !(close->flags & TOKEN_FIRST) ||
	    has_directive(source, body.first, body.end) ||
	    names_a_word(cutting, function->name, body.end - 1))
		return;
	cut_lines(cutting, open->line, close->line - 1);
}

/*
 * The last token of what begins at token @first outside of all braces: that of
 * a function's body, or a semicolon.  NO_TOKEN where a bracket has no partner.
 */
static uint32_t item_end(const struct cutting *cutting, uint32_t first,
			 guint *function)
{
	const struct source *source = cutting->source;
	const GArray *functions = source->functions;

	for (uint32_t i = first; i < source->lexed.count; i++) {
		const char c = source->lexed.text[token_at(source, i)->offset];
		bool is_body;

		if (token_at(source, i)->kind != TOKEN_PUNCTUATOR)
			continue;
		if (c == ';')
			return i;
		if (c != '(' && c != '[' && c != '{')
			continue;
		while (*function < functions->len &&
		       g_array_index(functions, struct function,
				     *function).body.first < i)
			++*function;
		is_body = *function < functions->len &&
			  g_array_index(functions, struct function,
					*function).body.first == i;
		i = source->match[i];
		if (i == NO_TOKEN || is_body)
			return i;
	}
	return NO_TOKEN;
}

static bool is_typedef(const struct source *source, uint32_t i)
{
	return token_is(&source->lexed, i, "typedef");
}

/* Whole functions, types and variables. */
static void cut_items(struct cutting *cutting)
{
	const struct source *source = cutting->source;
	uint32_t first = 0, last;
	guint function = 0;

	for (; first < source->lexed.count; first = last + 1) {
		const struct token *begin = token_at(source, first);

		last = first;
		if (begin->flags & TOKEN_DIRECTIVE)
			continue;
		last = item_end(cutting, first, &function);
		if (last == NO_TOKEN)
			return;
		if (!(begin->flags & TOKEN_FIRST) ||
		    (last + 1 < source->lexed.count &&
		     !(token_at(source, last + 1)->flags & TOKEN_FIRST)) ||
		    is_typedef(source, first) ||
		    has_directive(source, first, last + 1) ||
		    names_a_word(cutting, first, last))
			continue;
		cut_lines(cutting, begin->line - 1,
			  token_at(source, last)->line);
	}
}

/* Stands for lines @first to @last, 1-based. */
static char *marker(uint32_t first, uint32_t last)
{
	return g_strdup_printf("/*%u-%u*/\n", first, last);
}

static bool is_line(const struct lines *lines, uint32_t i, const char *text)
{
	size_t length = lines->start[i + 1] - lines->start[i];

	return length == strlen(text) &&
	       !memcmp(lines->text + lines->start[i], text, length);
}

/*
 * The text without the lines that are out, each run of them a marker; NULL where
 * a line of the text looks like the marker that would stand in its place.
 */
static GBytes *print_slice(const struct cutting *cutting, bool keep_lines)
{
	const struct lines *lines = &cutting->lines;
	GString *out = g_string_sized_new(lines->start[lines->count]);
	bool certain = true;
	uint32_t at = 0;

	while (at < lines->count) {
		uint32_t end = at;
		char *text;

		while (end < lines->count && cutting->out[end] &&
		       (end == at || !keep_lines))
			end++;
		if (end == at) {
			lines_append(out, lines, at++);
			continue;
		}
		text = marker(at + 1, end);
		certain &= !is_line(lines, at, text);
		g_string_append(out, text);
		g_free(text);
		at = end;
	}
	if (certain)
		return bytes_from_string(out);
	g_string_free(out, TRUE);
	return NULL;
}


GBytes *slice_cut(GBytes *text, const struct source *source,
		  const struct words *words, bool is_local, bool keep_lines)
{
	struct cutting cutting = { .source = source, .words = words };
	GBytes *slice;

	split(&cutting.lines, text);
	cutting.out = g_new0(bool, cutting.lines.count + 1);
	for (guint i = 0; i < source->functions->len; i++)
		cut_body(&cutting, &g_array_index(source->functions,
						  struct function, i));
	if (is_local)
		cut_items(&cutting);
	slice = print_slice(&cutting, keep_lines);
	lines_clear(&cutting.lines);
	g_free(cutting.out);
	return slice ? slice : g_bytes_ref(text);
}

struct pair {
	struct lines text, slice, result;
	uint32_t *first;	/* line of the slice -> the first of the text */
};

/* Which lines of the text does each of the slice stand for? */
static bool find_lines(struct pair *pair)
{
	uint32_t at = 0;

	pair->first = g_new(uint32_t, pair->slice.count + 1);
	for (uint32_t i = 0; i < pair->slice.count; i++) {
		unsigned int first, last;
		char *text;
		bool same;

		pair->first[i] = at;
		if (at < pair->text.count &&
		    lines_same(&pair->text, at, &pair->slice, i)) {
			at++;
			continue;
		}
		if (sscanf(pair->slice.text + pair->slice.start[i],
			   "/*%u-%u*/", &first, &last) != 2 ||
		    first != at + 1 || last < first || last > pair->text.count)
			return false;
		text = marker(first, last);
		same = is_line(&pair->slice, i, text);
		g_free(text);
		if (!same)
			return false;
		at = last;
	}
	pair->first[pair->slice.count] = at;
	return at == pair->text.count;
}

/* Every line that the slice left out must be in the result. */
static bool is_complete(const struct pair *pair, const struct alignment *map)
{
	for (uint32_t i = 0; i < pair->slice.count; i++)
		if (map->to_new[i] == NO_TOKEN &&
		    !lines_same(&pair->text, pair->first[i], &pair->slice, i))
			return false;
	return true;
}

static GBytes *restore(const struct pair *pair, const struct alignment *map)
{
	GString *out = g_string_new(NULL);

	for (uint32_t i = 0; i < pair->result.count; i++) {
		uint32_t old = map->to_old[i];

		if (old == NO_TOKEN) {
			lines_append(out, &pair->result, i);
			continue;
		}
		for (uint32_t k = pair->first[old]; k < pair->first[old + 1];
		     k++)
			lines_append(out, &pair->text, k);
	}
	return bytes_from_string(out);
}

GBytes *slice_restore(GBytes *text, GBytes *slice, GBytes *result)
{
	struct alignment map;
	GBytes *restored = NULL;
	struct pair pair;

	split(&pair.text, text);
	split(&pair.slice, slice);
	split(&pair.result, result);
	if (find_lines(&pair) &&
	    lines_align(&map, &pair.slice, &pair.result)) {
		if (is_complete(&pair, &map))
			restored = restore(&pair, &map);
		alignment_clear(&map);
	}
	g_free(pair.first);
	lines_clear(&pair.text);
	lines_clear(&pair.slice);
	lines_clear(&pair.result);
	return restored;
}
