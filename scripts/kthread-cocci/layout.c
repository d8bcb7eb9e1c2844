// SPDX-License-Identifier: GPL-2.0-only
/* Continuation lines, line breaks and backslashes; see layout.h. */
#include "layout.h"

#include <limits.h>
#include <string.h>

#include "edit.h"

/* There is no such column. */
#define NO_COLUMN UINT_MAX

struct page {
	const struct source *old_file;
	const struct source *new_file;
	const struct alignment *map;
	/* Per new token: its innermost open (, or NO_TOKEN; its place in @out. */
	uint32_t *parent;
	uint32_t *at;
	GString *out;
};

static const struct token *old_token(const struct page *page, uint32_t i)
{
	return &page->old_file->lexed.tokens[i];
}

static const struct token *new_token(const struct page *page, uint32_t i)
{
	return &page->new_file->lexed.tokens[i];
}

static unsigned int old_column(const struct page *page, uint32_t i)
{
	return text_column(page->old_file->lexed.text,
			   old_token(page, i)->offset);
}

static unsigned int out_column(const struct page *page, uint32_t i)
{
	return text_column(page->out->str, page->at[i]);
}

/* parent[i] for all tokens: brackets of any kind hide the ones outside. */
static void find_parents(struct page *page)
{
	const struct lexed *lexed = &page->new_file->lexed;
	GArray *open = g_array_new(FALSE, FALSE, sizeof(uint32_t));

	for (uint32_t i = 0; i < lexed->count; i++) {
		uint32_t partner = page->new_file->match[i];

		while (open->len && page->new_file->match[
			g_array_index(open, uint32_t, open->len - 1)] <= i)
			g_array_set_size(open, open->len - 1);
		page->parent[i] = open->len ?
			g_array_index(open, uint32_t, open->len - 1) : NO_TOKEN;
		if (partner != NO_TOKEN && partner > i)
			g_array_append_val(open, i);
	}
	for (uint32_t i = 0; i < lexed->count; i++)
		if (page->parent[i] != NO_TOKEN &&
		    !token_is(lexed, page->parent[i], "("))
			page->parent[i] = NO_TOKEN;
	g_array_unref(open);
}

/* Has the list that opens at new token @open lost, gained or moved tokens? */
static bool is_touched(const struct page *page, uint32_t open)
{
	uint32_t old_open = page->map->to_old[open];
	uint32_t old_close, close = page->new_file->match[open];

	if (old_open == NO_TOKEN)
		return false;
	old_close = page->old_file->match[old_open];
	if (old_close == NO_TOKEN || page->map->to_new[old_close] != close)
		return false;
	return old_close - old_open != close - open ||
	       old_column(page, old_open) != out_column(page, open);
}

/* The end of the item that begins at old token @i: its comma, or the line. */
static unsigned int old_item_width(const struct page *page, uint32_t i)
{
	const struct lexed *lexed = &page->old_file->lexed;
	size_t start = old_token(page, i)->offset;
	size_t end = start;

	for (uint32_t k = i; k < lexed->count; k++) {
		const struct token *token = old_token(page, k);
		uint32_t partner = page->old_file->match[k];

		if (k > i && (token->flags & TOKEN_FIRST))
			break;
		end = token->offset + token->length;
		if (token_is(lexed, k, ","))
			break;
		if (partner != NO_TOKEN && partner > k) {
			if (old_token(page, partner)->line != token->line)
				break;
			k = partner;
			token = old_token(page, k);
			end = token->offset + token->length;
		}
	}
	return (unsigned int)(end - start);
}

/* Did 80 columns force the old line break in front of old token @i? */
static bool was_forced(const struct page *page, uint32_t i)
{
	const struct token *before = old_token(page, i - 1);
	unsigned int width = text_column(page->old_file->lexed.text,
					 before->offset + before->length);

	if (!token_is(&page->old_file->lexed, i - 1, "("))
		width++;
	return width + old_item_width(page, i) > LAYOUT_WIDTH;
}

static unsigned int rest_of_line(const struct page *page, uint32_t i)
{
	const struct lexed *lexed = &page->new_file->lexed;
	size_t start = new_token(page, i)->offset;
	size_t end = text_line_end(lexed->text, lexed->length, start);

	while (end > start && g_ascii_isspace(lexed->text[end - 1]))
		end--;
	return text_column(lexed->text, end) - text_column(lexed->text, start);
}

/* Does the parenthesis @open hold the parameters of a function? */
static bool is_declaration(const struct page *page, uint32_t open)
{
	return open && new_token(page, open - 1)->kind == TOKEN_IDENTIFIER &&
	       source_use(page->new_file, open - 1) == USE_DECLARATION;
}

/*
 * The nearest token in front of @i that is no comma.  Where one of several
 * commas goes nobody can say which; what stands between them is certain.
 */
static uint32_t before_comma(const struct lexed *lexed, uint32_t i)
{
	while (i && token_is(lexed, i - 1, ","))
		i--;
	return i ? i - 1 : NO_TOKEN;
}

/*
 * The old token that began the line of old token @old, if all in front of @old
 * on that line is gone; otherwise NO_TOKEN.
 */
static uint32_t line_start(const struct page *page, uint32_t old)
{
	while (!(old_token(page, old)->flags & TOKEN_FIRST)) {
		if (!old || page->map->to_new[old - 1] != NO_TOKEN)
			return NO_TOKEN;
		old--;
	}
	return old;
}

/* Did the old line break before new token @i stand between the same two? */
static bool has_same_neighbours(const struct page *page, uint32_t i)
{
	uint32_t start = line_start(page, page->map->to_old[i]);
	uint32_t old = before_comma(&page->old_file->lexed, start);
	uint32_t now = before_comma(&page->new_file->lexed, i);

	return start == page->map->to_old[i] && old != NO_TOKEN &&
	       page->map->to_new[old] == now;
}

/*
 * A list that begins on a line of its own goes behind its parenthesis only as
 * a whole.
 */
static bool is_whole_list(const struct page *page, uint32_t i)
{
	uint32_t close = page->new_file->match[i - 1];

	return close != NO_TOKEN &&
	       new_token(page, close)->line == new_token(page, i)->line;
}

/* Does the rest of new token @i's line fit behind the token in front of it? */
static bool fits_behind(const struct page *page, uint32_t i)
{
	unsigned int width = out_column(page, i - 1) +
			     new_token(page, i - 1)->length;

	if (!token_is(&page->new_file->lexed, i - 1, "("))
		width++;
	return width + rest_of_line(page, i) <= LAYOUT_WIDTH;
}

/* Should the line break in front of new token @i go? */
static bool should_join(const struct page *page, uint32_t i)
{
	if (has_same_neighbours(page, i) &&
	    !(is_declaration(page, page->parent[i]) &&
	      was_forced(page, page->map->to_old[i])))
		return false;
	if (token_is(&page->new_file->lexed, i - 1, "(") &&
	    !is_whole_list(page, i))
		return false;
	return fits_behind(page, i);
}

/*
 * The column for new token @i, the first on its line inside the list @open;
 * false where the old line was aligned with nothing.
 */
static bool aligned_column(const struct page *page, uint32_t i, uint32_t open,
			   unsigned int *column)
{
	uint32_t old = line_start(page, page->map->to_old[i]);
	uint32_t old_open = page->map->to_old[open];
	unsigned int want = old_column(page, old);

	if (want == old_column(page, old_open) + 1) {
		*column = out_column(page, open) + 1;
		return true;
	}
	for (uint32_t k = old_open + 1; k < old; k++) {
		uint32_t now = page->map->to_new[k];

		if (old_token(page, k)->line != old_token(page, old_open)->line)
			break;
		if (old_column(page, k) == want && now != NO_TOKEN) {
			*column = out_column(page, now);
			return true;
		}
	}
	return false;
}

/* The white space in front of new token @i: one line break and an indent? */
static bool is_plain_break(const char *gap, size_t length)
{
	const char *newline = memchr(gap, '\n', length);

	if (!newline || memchr(newline + 1, '\n',
			       length - (size_t)(newline + 1 - gap)))
		return false;
	for (size_t i = 0; i < length; i++)
		if (!g_ascii_isspace(gap[i]))
			return false;
	return true;
}

/*
 * May the line break in front of new token @i be looked at?  It must be one of
 * the old file, inside a list that the edit touched.
 */
static bool is_continuation(const struct page *page, uint32_t i)
{
	uint32_t open = page->parent[i];
	uint32_t old = page->map->to_old[i];
	const struct token *token = new_token(page, i);

	return i && open != NO_TOKEN && old != NO_TOKEN && old &&
	       (token->flags & TOKEN_FIRST) &&
	       !(token->flags & TOKEN_DIRECTIVE) &&
	       !(new_token(page, i - 1)->flags & TOKEN_DIRECTIVE) &&
	       line_start(page, old) != NO_TOKEN &&
	       is_touched(page, open);
}

static void append_indent(GString *out, unsigned int column)
{
	g_string_append_c(out, '\n');
	for (; column >= 8; column -= 8)
		g_string_append_c(out, '\t');
	for (; column; column--)
		g_string_append_c(out, ' ');
}

/* Put what stands between new tokens @i - 1 and @i, laid out anew. */
static bool append_break(struct page *page, uint32_t i, const char *gap,
			 size_t length)
{
	unsigned int column;

	if (!is_plain_break(gap, length) || !is_continuation(page, i))
		return false;
	if (should_join(page, i)) {
		if (!token_is(&page->new_file->lexed, i - 1, "("))
			g_string_append_c(page->out, ' ');
		return true;
	}
	if (!aligned_column(page, i, page->parent[i], &column))
		return false;
	append_indent(page->out, column);
	return true;
}

/*
 * The column at which the list that begins with new token @i began a line, in
 * front of its removed first argument or behind it; NO_COLUMN where it did
 * neither.
 */
static unsigned int lost_column(const struct page *page, uint32_t i)
{
	uint32_t old_open = page->map->to_old[i - 1];
	uint32_t old = old_open == NO_TOKEN ? NO_TOKEN : old_open + 1;

	if (old == NO_TOKEN || old >= page->old_file->lexed.count ||
	    page->map->to_new[old] != NO_TOKEN)
		return NO_COLUMN;
	if (old_token(page, old)->flags & TOKEN_FIRST)
		return is_whole_list(page, i) && fits_behind(page, i) ?
			NO_COLUMN : old_column(page, old);
	while (old < page->old_file->lexed.count &&
	       page->map->to_new[old] == NO_TOKEN)
		old++;
	if (old != page->map->to_old[i] || fits_behind(page, i) ||
	    !(old_token(page, old)->flags & TOKEN_FIRST) ||
	    old_column(page, old) > out_column(page, i - 1))
		return NO_COLUMN;
	return old_column(page, old);
}

/*
 * spatch joins what follows a removed first argument with the parenthesis.
 * Where the list began on a line of its own, it does so again.
 */
static bool append_lost_break(struct page *page, uint32_t i, size_t length)
{
	unsigned int column;

	if (length || !token_is(&page->new_file->lexed, i - 1, "(") ||
	    (new_token(page, i)->flags & TOKEN_DIRECTIVE) ||
	    !is_touched(page, i - 1))
		return false;
	column = lost_column(page, i);
	if (column == NO_COLUMN)
		return false;
	append_indent(page->out, column);
	return true;
}

/* " \t\\\n...": the blanks in front of a backslash at the end of a line. */
static size_t blanks_before_splice(const char *gap, size_t length)
{
	size_t blanks = 0;

	while (blanks < length && (gap[blanks] == ' ' || gap[blanks] == '\t'))
		blanks++;
	return blanks + 1 < length && gap[blanks] == '\\' &&
	       gap[blanks + 1] == '\n' ? blanks : 0;
}

/*
 * In a macro: the backslash behind new token @i - 1 goes to the column that it
 * had behind the same token before.
 */
static bool append_splice(struct page *page, uint32_t i, const char *gap,
			  size_t length)
{
	uint32_t old = page->map->to_old[i - 1];
	const struct lexed *lexed = &page->old_file->lexed;
	size_t blanks = blanks_before_splice(gap, length);
	size_t old_end, old_blanks;
	unsigned int want, now;

	if (!blanks || old == NO_TOKEN)
		return false;
	old_end = old_token(page, old)->offset + old_token(page, old)->length;
	old_blanks = blanks_before_splice(lexed->text + old_end,
					  lexed->length - old_end);
	if (!old_blanks)
		return false;
	want = text_column(lexed->text, old_end + old_blanks);
	now = text_column(page->out->str, page->out->len);
	if (blanks == old_blanks && now ==
	    text_column(lexed->text, old_end) &&
	    !memcmp(gap, lexed->text + old_end, blanks))
		return false;	/* nothing moved */
	if (lexed->text[old_end + old_blanks - 1] != '\t' || now >= want)
		return false;
	for (; now < want; now = (now | 7) + 1)
		g_string_append_c(page->out, '\t');
	g_string_append_len(page->out, gap + blanks,
			    (gssize)(length - blanks));
	return true;
}

GBytes *layout(const struct source *old_file, const struct source *new_file,
	       const struct alignment *alignment)
{
	const struct lexed *lexed = &new_file->lexed;
	struct page page = {
		.old_file = old_file, .new_file = new_file, .map = alignment,
		.parent = g_new(uint32_t, lexed->count + 1),
		.at = g_new(uint32_t, lexed->count + 1),
		.out = g_string_sized_new(lexed->length + 64),
	};
	size_t done = 0;

	find_parents(&page);
	for (uint32_t i = 0; i < lexed->count; i++) {
		const struct token *token = new_token(&page, i);
		const char *gap = lexed->text + done;
		size_t length = token->offset - done;

		if (!i || (!append_break(&page, i, gap, length) &&
			   !append_lost_break(&page, i, length) &&
			   !append_splice(&page, i, gap, length)))
			g_string_append_len(page.out, gap, (gssize)length);
		page.at[i] = (uint32_t)page.out->len;
		g_string_append_len(page.out, lexed->text + token->offset,
				    (gssize)token->length);
		done = token->offset + token->length;
	}
	g_string_append_len(page.out, lexed->text + done,
			    (gssize)(lexed->length - done));
	g_free(page.parent);
	g_free(page.at);
	return bytes_from_string(page.out);
}
