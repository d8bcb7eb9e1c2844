// SPDX-License-Identifier: GPL-2.0-only
/* Line breaks in statements that became too long; see wrap.h. */
#include "wrap.h"

#include <limits.h>
#include <string.h>

#include "layout.h"
#include "lines.h"

/* Where a line begins. */
enum break_kind {
	BREAK_NONE,
	BREAK_ALIGNED,		/* behind the parenthesis around it */
	BREAK_INDENTED,		/* one tab behind the statement */
	BREAK_FIXED,		/* in the column where the author put it */
};

struct place {
	enum break_kind kind;
	uint32_t open;		/* the parenthesis around the token */
	unsigned int column;	/* in the text, then in the new lines */
	unsigned int fixed;
	unsigned int gap;	/* columns between it and the token before */
	bool is_soft;		/* nothing but blanks in front of it */
};

struct statement {
	const struct source *old_file;
	const struct source *source;
	const struct alignment *map;
	uint32_t first, end;
	struct place *place;	/* per token from first */
};

static struct place *place_of(const struct statement *statement, uint32_t i)
{
	return &statement->place[i - statement->first];
}

static bool is_any(const struct source *source, uint32_t i,
		   const char *const *words)
{
	for (; *words; words++)
		if (token_is(&source->lexed, i, *words))
			return true;
	return false;
}

/* Is ( the innermost pair of brackets around token @i? */
static bool is_in_parentheses(const struct source *source, uint32_t i)
{
	for (uint32_t k = i; k-- > 0;) {
		uint32_t match = source->match[k];

		if (match == NO_TOKEN ||
		    token_at(source, k)->flags & TOKEN_DIRECTIVE)
			continue;
		if (match > i)
			return token_is(&source->lexed, k, "(");
		if (match < k)
			k = match;
	}
	return false;
}

/* A ; in for () ends nothing; a brace in ({ }) does. */
static bool is_statement_end(const struct source *source, uint32_t i)
{
	static const char *const ends[] = { "{", "}", NULL };

	return token_at(source, i)->flags & TOKEN_DIRECTIVE ||
	       is_any(source, i, ends) ||
	       (token_is(&source->lexed, i, ";") &&
		!is_in_parentheses(source, i));
}

static unsigned int column_of(const struct source *source, uint32_t i)
{
	return text_column(source->lexed.text, token_at(source, i)->offset);
}

/* The statement around token @i: from behind the last ; { } up to the next. */
static void find_bounds(struct statement *statement, uint32_t i)
{
	const struct source *source = statement->source;
	uint32_t first = i, end = i;

	while (first && !is_statement_end(source, first - 1))
		first--;
	while (end < source->lexed.count && !is_statement_end(source, end))
		end++;
	/* A { counts, for it may be what the line has too much. */
	statement->first = first;
	statement->end = token_is(&source->lexed, end, ";") ||
			 token_is(&source->lexed, end, "{") ? end + 1 : end;
}

static bool is_blank(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!g_ascii_isspace(text[i]))
			return false;
	return true;
}

/* Was there no line break in front of this token before? */
static bool is_new_break(const struct statement *statement, uint32_t i)
{
	uint32_t old = statement->map->to_old[i];

	return old == NO_TOKEN ||
	       !(token_at(statement->old_file, old)->flags & TOKEN_FIRST);
}

/*
 * The ? of the conditional whose : is token @i; NO_TOKEN for any other token,
 * such as the : of a label or a bit field.
 */
static uint32_t condition_of(const struct statement *statement, uint32_t i)
{
	const struct lexed *lexed = &statement->source->lexed;
	uint32_t open = place_of(statement, i)->open;
	unsigned int inner = 0;

	if (!token_is(lexed, i, ":"))
		return NO_TOKEN;
	for (uint32_t k = i; k-- > statement->first;) {
		if (place_of(statement, k)->open != open)
			continue;
		if (token_is(lexed, k, ":"))
			inner++;
		else if (token_is(lexed, k, "?") && !inner--)
			return k;
	}
	return NO_TOKEN;
}

static bool is_operator(const struct statement *statement, uint32_t i)
{
	static const char *const operators[] = { "?", "|", "&", "=", NULL };

	return is_any(statement->source, i, operators) ||
	       condition_of(statement, i) != NO_TOKEN;
}

/* What stands between two tokens of one line that were on two. */
static unsigned int joined_gap(const struct statement *statement, uint32_t i)
{
	static const char *const behind[] = { "(", "[", "->", ".", NULL };
	static const char *const before[] = { ")", "]", ",", ";", "->", NULL };
	static const char *const member[] = { ".", "[", NULL };
	const struct source *source = statement->source;

	/* Not those of .name = and [number] = in a list. */
	return !(is_any(source, i - 1, behind) || is_any(source, i, before) ||
		 (is_any(source, i, member) &&
		  !token_is(&source->lexed, i - 1, ",")));
}

/* The parenthesis of the list that token @i is part of, or NO_TOKEN. */
static uint32_t list_of(const struct statement *statement, uint32_t i)
{
	uint32_t match = statement->source->match[i];

	return token_is(&statement->source->lexed, i, ")") &&
	       match != NO_TOKEN && match >= statement->first ? match :
	       place_of(statement, i)->open;
}

/*
 * Take back spatch's line breaks: it puts one behind every argument that it
 * prints anew.  A list in which it did that is filled again as a whole.
 */
static void join_lines(struct statement *statement)
{
	for (uint32_t i = statement->first + 1; i < statement->end; i++) {
		const struct place *place = place_of(statement, i);
		uint32_t open = list_of(statement, i);

		if (place->kind == BREAK_NONE || !place->is_soft ||
		    !is_new_break(statement, i))
			continue;
		for (uint32_t k = statement->first + 1; k < statement->end;
		     k++) {
			struct place *other = place_of(statement, k);

			if (other->kind == BREAK_NONE || !other->is_soft ||
			    list_of(statement, k) != open ||
			    (open == NO_TOKEN &&
			     (!is_new_break(statement, k) ||
			      !is_operator(statement, k - 1))))
				continue;
			other->kind = BREAK_NONE;
			other->gap = joined_gap(statement, k);
		}
	}
}

/* How the text is laid out now. */
static void read_places(struct statement *statement)
{
	const struct source *source = statement->source;
	GArray *open = g_array_new(FALSE, FALSE, sizeof(uint32_t));

	statement->place = g_new0(struct place,
				  statement->end - statement->first + 1);
	for (uint32_t i = statement->first; i < statement->end; i++) {
		struct place *place = place_of(statement, i);
		const struct token *token = token_at(source, i);
		size_t before = i ? token[-1].offset + token[-1].length : 0;

		if (token_is(&source->lexed, i, ")") && open->len)
			g_array_set_size(open, open->len - 1);
		place->open = open->len ?
			g_array_index(open, uint32_t, open->len - 1) : NO_TOKEN;
		place->column = place->fixed = column_of(source, i);
		place->is_soft = is_blank(source->lexed.text + before,
					  token->offset - before);
		if (i == statement->first) {
			place->kind = BREAK_FIXED;
		} else if (!(token->flags & TOKEN_FIRST)) {
			place->gap = place->column -
				text_column(source->lexed.text, before);
		} else {
			place->kind = place->open != NO_TOKEN &&
				place->column ==
				column_of(source, place->open) + 1 ?
				BREAK_ALIGNED : BREAK_FIXED;
		}
		if (token_is(&source->lexed, i, "("))
			g_array_append_val(open, i);
	}
	g_array_unref(open);
}

/* The indent of the last line in front of token @i that the author began. */
static unsigned int indent_before(const struct statement *statement, uint32_t i)
{
	while (i > statement->first &&
	       place_of(statement, i)->kind != BREAK_FIXED)
		i--;
	return place_of(statement, i)->fixed;
}

/* Set all columns by the breaks. */
static void render(struct statement *statement)
{
	for (uint32_t i = statement->first; i < statement->end; i++) {
		struct place *place = place_of(statement, i);

		switch (place->kind) {
		case BREAK_NONE:
			place->column = place_of(statement, i - 1)->column +
				token_at(statement->source, i - 1)->length +
				place->gap;
			break;
		case BREAK_ALIGNED:
			place->column =
				place_of(statement, place->open)->column + 1;
			break;
		case BREAK_INDENTED:
			place->column = indent_before(statement, i) + 8;
			break;
		case BREAK_FIXED:
			place->column = place->fixed;
			break;
		}
	}
}

static uint32_t line_end(const struct statement *statement, uint32_t i)
{
	for (i++; i < statement->end; i++)
		if (place_of(statement, i)->kind != BREAK_NONE)
			break;
	return i;
}

static unsigned int end_column(const struct statement *statement, uint32_t i)
{
	return place_of(statement, i)->column +
	       token_at(statement->source, i)->length;
}

static bool is_new(const struct statement *statement, uint32_t i)
{
	return statement->map->to_old[i] == NO_TOKEN;
}

static bool has_new(const struct statement *statement, uint32_t i, uint32_t end)
{
	for (; i < end; i++)
		if (is_new(statement, i))
			return true;
	return false;
}

/* Has a list that a token from @i to @end is part of gained a token? */
static bool has_gained(const struct statement *statement, uint32_t i,
		       uint32_t end)
{
	for (uint32_t k = statement->first; k < statement->end; k++) {
		if (!is_new(statement, k))
			continue;
		for (uint32_t n = i; n < end; n++)
			if (list_of(statement, n) == list_of(statement, k))
				return true;
	}
	return false;
}

/* Has the line that begins with token @i got another indent than it had? */
static bool has_moved(const struct statement *statement, uint32_t i)
{
	uint32_t old = statement->map->to_old[i];

	return old != NO_TOKEN &&
	       token_at(statement->old_file, old)->flags & TOKEN_FIRST &&
	       token_at(statement->source, i)->flags & TOKEN_FIRST &&
	       column_of(statement->old_file, old) !=
	       column_of(statement->source, i);
}

/*
 * Is the line from token @i to @end as the author wrote it, with nothing added
 * to its lists?  However long, it is not ours.
 */
static bool is_of_author(const struct statement *statement, uint32_t i,
			 uint32_t end)
{
	const struct source *source = statement->source;

	if (place_of(statement, i)->column != column_of(source, i) ||
	    (i > statement->first && is_new_break(statement, i)) ||
	    has_moved(statement, i) || has_gained(statement, i, end))
		return false;
	for (uint32_t k = i + 1; k < end; k++)
		if (token_at(source, k)->flags & TOKEN_FIRST)
			return false;
	return end == statement->end ||
	       token_at(source, end)->flags & TOKEN_FIRST;
}

/* The first token of the first over-long line from @i on, or NO_TOKEN. */
static uint32_t find_long_line(const struct statement *statement, uint32_t i)
{
	uint32_t end;

	for (; i < statement->end; i = end) {
		end = line_end(statement, i);
		if (end_column(statement, end - 1) > LAYOUT_WIDTH &&
		    !is_of_author(statement, i, end))
			return i;
	}
	return NO_TOKEN;
}

/* The columns that all lines together have too many. */
static unsigned int excess(const struct statement *statement)
{
	unsigned int sum = 0;
	uint32_t end;

	for (uint32_t i = statement->first; i < statement->end; i = end) {
		unsigned int width;

		end = line_end(statement, i);
		width = end_column(statement, end - 1);
		if (width > LAYOUT_WIDTH)
			sum += width - LAYOUT_WIDTH;
	}
	return sum;
}

static unsigned int depth_of(const struct statement *statement, uint32_t i)
{
	unsigned int depth = 0;

	while ((i = place_of(statement, i)->open) != NO_TOKEN)
		depth++;
	return depth;
}

/*
 * What a line break behind token @i costs: it is the cheaper the further out
 * it is, and behind a comma cheaper than behind an operator.  None is allowed
 * where it is NO_BREAK.
 */
#define NO_BREAK UINT_MAX

static unsigned int break_cost(const struct statement *statement, uint32_t i)
{
	static const char *const operators[] = { "?", "|", "&", NULL };
	const struct source *source = statement->source;

	if (i + 1 >= statement->end || !place_of(statement, i + 1)->is_soft)
		return NO_BREAK;
	/* The ; of for () as well. */
	if (token_is(&source->lexed, i, ",") ||
	    token_is(&source->lexed, i, ";"))
		return 2 * depth_of(statement, i);
	/*
	 * The end of && and no unary &; the : of a conditional.  A : that
	 * begins its line does not end one as well.
	 */
	if (token_is(&source->lexed, i, ":") &&
	    place_of(statement, i)->kind != BREAK_NONE)
		return NO_BREAK;
	if (place_of(statement, i + 1)->gap > 0 &&
	    (is_any(source, i, operators) ||
	     condition_of(statement, i) != NO_TOKEN))
		return 2 * depth_of(statement, i) + 1;
	return NO_BREAK;
}

/*
 * Where to break the line that begins at token @i: in the outermost list, as
 * late as it fits; where it fits nowhere, as early as possible.  NO_TOKEN where
 * it cannot be broken at all.
 */
static uint32_t choose_break(const struct statement *statement, uint32_t i)
{
	uint32_t end = line_end(statement, i), best = NO_TOKEN;
	unsigned int best_cost = NO_BREAK;

	for (uint32_t k = i; k + 1 < end; k++) {
		unsigned int cost = break_cost(statement, k);

		if (end_column(statement, k) > LAYOUT_WIDTH &&
		    best != NO_TOKEN)
			break;
		if (cost == NO_BREAK || cost > best_cost)
			continue;
		best = k + 1;
		best_cost = cost;
	}
	return best;
}

static void break_at(struct statement *statement, uint32_t at)
{
	struct place *place = place_of(statement, at);

	place->kind = place->open == NO_TOKEN ? BREAK_INDENTED : BREAK_ALIGNED;
}

/*
 * Where the list of an argument is broken, the arguments behind it begin on a
 * line of their own.
 */
static void break_behind(struct statement *statement, uint32_t at)
{
	const struct source *source = statement->source;
	uint32_t open = place_of(statement, at)->open;
	uint32_t close = open == NO_TOKEN ? NO_TOKEN : source->match[open];
	uint32_t outer;

	if (close == NO_TOKEN || close + 2 >= statement->end ||
	    !token_is(&source->lexed, close + 1, ",") ||
	    !place_of(statement, close + 2)->is_soft)
		return;
	outer = place_of(statement, close + 2)->open;
	if (outer == NO_TOKEN)
		return;
	for (uint32_t i = close + 2; i < statement->end; i++) {
		struct place *place = place_of(statement, i);

		if (place->open == outer && place->is_soft &&
		    place->kind != BREAK_NONE) {
			place->kind = BREAK_NONE;
			place->gap = joined_gap(statement, i);
		}
	}
	place_of(statement, close + 2)->kind = BREAK_ALIGNED;
}

/* A line break behind the : of a conditional brings one behind its ?. */
static void break_condition(struct statement *statement, uint32_t at)
{
	uint32_t i = condition_of(statement, at - 1);

	/* The ?: of gcc is one operator. */
	if (i != NO_TOKEN && i + 2 < at &&
	    place_of(statement, i + 1)->is_soft &&
	    place_of(statement, i + 1)->kind == BREAK_NONE)
		break_at(statement, i + 1);
}

/* Break lines until all fit, or none can be broken. */
static void fit(struct statement *statement)
{
	uint32_t i = statement->first;

	render(statement);
	while ((i = find_long_line(statement, i)) != NO_TOKEN) {
		uint32_t at = choose_break(statement, i);

		if (at == NO_TOKEN) {
			i = line_end(statement, i);
			continue;
		}
		break_at(statement, at);
		break_condition(statement, at);
		break_behind(statement, at);
		render(statement);
	}
}

/* Does a comparison, such as == or <=, hold the = at token @i? */
static bool is_comparison(const struct statement *statement, uint32_t i)
{
	const struct source *source = statement->source;
	const char *text = source->lexed.text;
	size_t at = token_at(source, i)->offset;
	char before = at ? text[at - 1] : ' ';

	if (before == '<' || before == '>')
		return at < 2 || text[at - 2] != before;
	return before == '=' || before == '!' || text[at + 1] == '=';
}

/* The token behind the statement's =, where a line may begin; or NO_TOKEN. */
static uint32_t behind_assignment(const struct statement *statement)
{
	for (uint32_t i = statement->first; i + 1 < statement->end; i++) {
		const struct place *next = place_of(statement, i + 1);

		if (token_is(&statement->source->lexed, i, "=") &&
		    place_of(statement, i)->open == NO_TOKEN &&
		    !is_comparison(statement, i))
			return next->kind == BREAK_NONE && next->is_soft &&
			       !token_is(&statement->source->lexed, i + 1,
					 "{") ? i + 1 : NO_TOKEN;
	}
	return NO_TOKEN;
}

/* The lists are going to move: what was aligned with nothing is aligned. */
static void align_all(struct statement *statement)
{
	for (uint32_t i = statement->first + 1; i < statement->end; i++) {
		struct place *place = place_of(statement, i);

		if (place->kind == BREAK_FIXED && place->open != NO_TOKEN &&
		    place->is_soft)
			place->kind = BREAK_ALIGNED;
	}
}

static void wrap(struct statement *statement)
{
	size_t size = sizeof(struct place) *
		      (statement->end - statement->first + 1);
	struct place *before = g_memdup2(statement->place, size);
	struct place *plain;
	uint32_t behind = behind_assignment(statement);
	unsigned int sum;

	fit(statement);
	sum = excess(statement);
	if (sum && behind != NO_TOKEN) {
		plain = statement->place;
		statement->place = before;
		before = NULL;
		place_of(statement, behind)->kind = BREAK_INDENTED;
		align_all(statement);
		fit(statement);
		if (excess(statement) >= sum) {
			g_free(statement->place);
			statement->place = plain;
		} else {
			g_free(plain);
		}
	}
	g_free(before);
}

/* Is the line of token @i indented with spaces where a tab would do? */
static bool has_spaces(const struct source *source, uint32_t i)
{
	const char *text = source->lexed.text;
	size_t offset = token_at(source, i)->offset;

	return offset - text_line_start(text, offset) >= 8 &&
	       !memcmp(text + offset - 8, "        ", 8);
}

/* Write the gaps that changed. */
static void write_gaps(const struct statement *statement, struct edits *edits)
{
	for (uint32_t i = statement->first + 1; i < statement->end; i++) {
		const struct place *place = place_of(statement, i);
		const struct token *token = token_at(statement->source, i);
		size_t before = token[-1].offset + token[-1].length;
		GString *gap;

		if (!place->is_soft ||
		    (place->kind == BREAK_NONE &&
		     !(token->flags & TOKEN_FIRST)) ||
		    (place->kind != BREAK_NONE && token->flags & TOKEN_FIRST &&
		     place->column == column_of(statement->source, i) &&
		     !(is_new_break(statement, i) &&
		       has_spaces(statement->source, i))))
			continue;
		if (place->kind == BREAK_NONE) {
			edits_replace(edits, before, token->offset - before,
				      place->gap ? " " : "");
			continue;
		}
		gap = g_string_new("\n");
		for (unsigned int n = 0; n < place->column / 8; n++)
			g_string_append_c(gap, '\t');
		for (unsigned int n = 0; n < place->column % 8; n++)
			g_string_append_c(gap, ' ');
		edits_replace(edits, before, token->offset - before, gap->str);
		g_string_free(gap, TRUE);
	}
}

/*
 * Has the statement a line that is too long and holds a new token, or a line
 * break that spatch made?
 */
static bool needs_wrap(const struct statement *statement)
{
	uint32_t end;

	for (uint32_t i = statement->first + 1; i < statement->end; i++)
		if (place_of(statement, i)->kind != BREAK_NONE &&
		    list_of(statement, i) != NO_TOKEN &&
		    is_new_break(statement, i))
			return true;

	for (uint32_t i = statement->first; i < statement->end; i = end) {
		end = line_end(statement, i);
		if (end_column(statement, end - 1) > LAYOUT_WIDTH &&
		    (has_new(statement, i, end) || has_moved(statement, i)))
			return true;
	}
	return false;
}

/*
 * Align the files line by line, as a diff does: a line that did not change is
 * not looked at, whatever became of equal tokens elsewhere.
 */
static bool align_lines(struct alignment *lines, const struct source *old_file,
			const struct source *source)
{
	struct lines before, after;
	bool good;

	lines_split(&before, old_file->lexed.text, old_file->lexed.length);
	lines_split(&after, source->lexed.text, source->lexed.length);
	good = lines_align(lines, &before, &after);
	lines_clear(&before);
	lines_clear(&after);
	return good;
}

void wrap_statements(const struct source *old_file,
		     const struct source *source, const struct alignment *map,
		     struct edits *edits)
{
	struct alignment lines;
	uint32_t done = 0;

	if (!align_lines(&lines, old_file, source))
		return;
	for (uint32_t i = 0; i < source->lexed.count; i++) {
		struct statement statement = {
			.old_file = old_file, .source = source, .map = map,
		};

		if (i < done || map->to_old[i] != NO_TOKEN ||
		    token_at(source, i)->flags & TOKEN_DIRECTIVE ||
		    token_is(&source->lexed, i, "}") ||
		    lines.to_old[token_at(source, i)->line - 1] != NO_TOKEN)
			continue;
		find_bounds(&statement, i);
		done = statement.end > i ? statement.end : i + 1;
		if (statement.first >= statement.end)
			continue;
		read_places(&statement);
		if (needs_wrap(&statement)) {
			join_lines(&statement);
			wrap(&statement);
			write_gaps(&statement, edits);
		}
		g_free(statement.place);
	}
	alignment_clear(&lines);
}
