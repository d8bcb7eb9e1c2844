// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conditions around calls; see guard.h.
 *
 * Seen are "if (p)", "if (!p)", comparisons of p with NULL, 0 or a constant in
 * capitals, terms of && of these, their else branches, and statements behind
 * "if (...) return".  Everything else is no guard: it errs towards too many
 * callers.
 */
#include "context/guard.h"

#include <string.h>

static bool is_null(const struct body *body, uint32_t i)
{
	const struct tok *tok = &body->toks.tok[i];
	const char *text = body->text + tok->offset;

	if (tok->kind == TOK_NUMBER)
		return tok->length == 1 && *text == '0';
	return tok->kind == TOK_NAME &&
	       ((tok->length == 4 && !memcmp(text, "NULL", 4)) ||
		(tok->length == 5 && !memcmp(text, "false", 5)));
}

/* A name without small letters: an enumerator or an object-like macro. */
static bool is_constant(const struct body *body, uint32_t i)
{
	const struct tok *tok = &body->toks.tok[i];

	if (tok->kind != TOK_NAME || tok->length < 2)
		return false;
	for (uint16_t j = 0; j < tok->length; j++)
		if (g_ascii_islower(body->text[tok->offset + j]))
			return false;
	return true;
}

/*
 * Does the parameter keep its value all through the function?  It is never
 * assigned to, its address is not taken, and no local variable hides it.
 */
static bool is_as_passed(const struct body *body, name_t name)
{
	for (guint i = 0; i < body->locals->len; i++)
		if (g_array_index(body->locals, struct variable,
				  i).name == name)
			return false;
	for (uint32_t i = body->first; i < body->toks.count; i++) {
		const struct tok *next = &body->toks.tok[i + 1];

		if (!body_is_name(body, i) || body->toks.tok[i].name != name ||
		    body_is_member(body, i))
			continue;
		if (next->kind == '=' ||
		    (next->kind == TOK_CHANGE &&
		     strchr("+-*/|&^%<>", body->text[next->offset]) &&
		     body->text[next->offset + 1] == '=') ||
		    (i && body_kind(body, i - 1) == '&' && i >= 2 &&
		     !body_is_name(body, i - 2) &&
		     body_kind(body, i - 2) != ')'))
			return false;
	}
	return true;
}

static bool set_parameter(const struct body *body, uint32_t i,
			  struct guard *guard)
{
	if (!body_is_name(body, i))
		return false;
	guard->parameter = body_parameter(body, body->toks.tok[i].name);
	return guard->parameter >= 0 &&
	       is_as_passed(body, body->toks.tok[i].name);
}

/* Reads one term of a condition, from @first to @end; false: it tells nothing. */
typedef bool read_term(const struct body *body, uint32_t first, uint32_t end,
		       struct guard *guard);

/* A condition on a parameter. */
static bool parse_term(const struct body *body, uint32_t first, uint32_t end,
		       struct guard *guard)
{
	while (end > first + 1 && body_kind(body, first) == '(' &&
	       body_match(body, first) == end - 1) {
		first++;
		end--;
	}
	if (end == first + 1) {
		guard->kind = GUARD_NONZERO;
		return set_parameter(body, first, guard);
	}
	if (end == first + 2 && body_kind(body, first) == '!') {
		guard->kind = GUARD_ZERO;
		return set_parameter(body, first + 1, guard);
	}
	/* "flags & FLAG" is false where no flag is passed. */
	if (end == first + 3 && body_kind(body, first + 1) == '&' &&
	    is_constant(body, first + 2)) {
		guard->kind = GUARD_NONZERO;
		return set_parameter(body, first, guard);
	}
	if (end == first + 3 && body_kind(body, first + 1) == TOK_EQUAL) {
		char sign = body->text[body->toks.tok[first + 1].offset];

		if ((sign != '=' && sign != '!') ||
		    !set_parameter(body, first, guard))
			return false;
		if (is_null(body, first + 2)) {
			guard->kind = sign == '=' ? GUARD_ZERO : GUARD_NONZERO;
			return true;
		}
		if (!is_constant(body, first + 2))
			return false;
		guard->kind = sign == '=' ? GUARD_EQUAL : GUARD_UNEQUAL;
		guard->value = body->toks.tok[first + 2].name;
		return true;
	}
	return false;
}

static void negate(struct guard *guard)
{
	static const enum guard_kind opposite[] = {
		[GUARD_NONE] = GUARD_NONE, [GUARD_ZERO] = GUARD_NONZERO,
		[GUARD_NONZERO] = GUARD_ZERO, [GUARD_EQUAL] = GUARD_UNEQUAL,
		[GUARD_UNEQUAL] = GUARD_EQUAL,
	};

	guard->kind = opposite[guard->kind];
}

/*
 * The condition between the parentheses at @open, as a guard of what follows.
 * Any term of && will do; where the condition is negated there may be but one.
 */
static bool parse_condition(const struct body *body, uint32_t open,
			    bool negated, read_term *read,
			    struct guard *guard)
{
	uint32_t close = body_match(body, open);
	uint32_t first = open + 1;
	bool found = false;

	if (close == NO_MATCH)
		return false;
	for (uint32_t i = first; i <= close; i++) {
		bool is_and = body_kind(body, i) == TOK_CHANGE &&
			body->text[body->toks.tok[i].offset] == '&' &&
			body->toks.tok[i].length == 2;
		bool is_or = body_kind(body, i) == TOK_CHANGE &&
			body->text[body->toks.tok[i].offset] == '|' &&
			body->toks.tok[i].length == 2;

		/* Of "a || b", the negation gives both. */
		if (negated ? is_and : is_or)
			return false;
		if (i == close || is_and || is_or) {
			struct guard term = { .kind = GUARD_NONE };

			if (read(body, first, i, &term)) {
				if (negated)
					negate(&term);
				/* Of several, a null pointer tells most. */
				if (!found || term.kind == GUARD_ZERO)
					*guard = term;
				found = true;
			}
			first = i + 1;
		}
		if (body_kind(body, i) == '(' && i < close &&
		    body_match(body, i) != NO_MATCH &&
		    body_match(body, i) < close)
			i = body_match(body, i);
	}
	return found;
}

static bool is_word(const struct body *body, uint32_t i, const char *word)
{
	size_t length = strlen(word);

	return i < body->toks.count &&
	       body_kind(body, i) == TOK_KEYWORD &&
	       body->toks.tok[i].length == length &&
	       !memcmp(body->text + body->toks.tok[i].offset, word, length);
}

/* Is the parenthesis at @open that of an if? */
static bool is_if(const struct body *body, uint32_t open)
{
	return open && body_kind(body, open) == '(' &&
	       is_word(body, open - 1, "if");
}

/* The condition of the if whose else stands at @i. */
static bool else_condition(const struct body *body, uint32_t i,
			   read_term *read, struct guard *guard)
{
	uint32_t close;

	if (!i)
		return false;
	close = i - 1;
	if (body_kind(body, close) == '}' && body_match(body, close) != NO_MATCH) {
		close = body_match(body, close);
	} else {
		/* "if (...) statement; else": back to the parenthesis. */
		while (close && body_kind(body, close - 1) != ';' &&
		       body_kind(body, close - 1) != '{' &&
		       body_kind(body, close - 1) != '}' &&
		       !(body_kind(body, close - 1) == ')' &&
			 body_match(body, close - 1) != NO_MATCH &&
			 is_if(body, body_match(body, close - 1))))
			close--;
	}
	if (!close || body_kind(body, close - 1) != ')' ||
	    body_match(body, close - 1) == NO_MATCH ||
	    !is_if(body, body_match(body, close - 1)))
		return false;
	return parse_condition(body, body_match(body, close - 1), true, read,
			       guard);
}

/* What stands in front of a block or a statement that begins at @i. */
static bool head_condition(const struct body *body, uint32_t i,
			   read_term *read, struct guard *guard)
{
	if (!i)
		return false;
	if (body_kind(body, i - 1) == ')' &&
	    body_match(body, i - 1) != NO_MATCH &&
	    is_if(body, body_match(body, i - 1)))
		return parse_condition(body, body_match(body, i - 1), false,
				       read, guard);
	if (is_word(body, i - 1, "else"))
		return else_condition(body, i - 1, read, guard);
	return false;
}

/* Is the statement at @i a return, or one in a scope: "scoped_guard(x) return"? */
static bool is_return(const struct body *body, uint32_t i)
{
	while (body_is_name(body, i) && body_kind(body, i + 1) == '(' &&
	       body_match(body, i + 1) != NO_MATCH &&
	       !strncmp(body->text + body->toks.tok[i].offset, "scoped_", 7))
		i = body_match(body, i + 1) + 1;
	return is_word(body, i, "return");
}

/* Does the block at @open end by leaving the function? */
static bool block_returns(const struct body *body, uint32_t open)
{
	uint32_t close = body_match(body, open);
	uint32_t start = open + 1;

	if (close == NO_MATCH)
		return false;
	for (uint32_t i = open + 1; i < close; i++) {
		uint8_t kind = body_kind(body, i);

		if ((kind == '{' || kind == '(') &&
		    body_match(body, i) != NO_MATCH &&
		    body_match(body, i) < close) {
			i = body_match(body, i);
			if (kind == '{')
				start = i + 1;
		} else if (kind == ';' && i + 1 < close) {
			start = i + 1;
		}
	}
	return start < close && is_return(body, start);
}

/* A place that is jumped to: a label, "case x:", "default:". */
static bool is_target(const struct body *body, uint32_t i)
{
	uint8_t before = i ? body_kind(body, i - 1) : (uint8_t)';';

	if (is_word(body, i, "case") || is_word(body, i, "default"))
		return true;
	return body_is_name(body, i) && body_kind(body, i + 1) == ':' &&
	       (before == ';' || before == '}' || before == '{' ||
		before == ':');
}

/*
 * Statements in front of @i in its block of the form "if (...) return ...;":
 * what follows is reached only if they were not taken, or by a jump.
 */
static bool early_return(const struct body *body, uint32_t i, uint32_t block,
			 read_term *read, struct guard *guard)
{
	bool found = false;

	for (uint32_t j = block + 1; j < i; j++) {
		uint8_t kind = body_kind(body, j);

		if (is_target(body, j))
			found = false;
		if (is_word(body, j, "if") && body_kind(body, j + 1) == '(' &&
		    body_match(body, j + 1) != NO_MATCH) {
			uint32_t open = j + 1;
			uint32_t then = body_match(body, open) + 1;
			bool leaves = body_kind(body, then) == '{' ?
				body_match(body, then) < i &&
				block_returns(body, then) :
				is_word(body, then, "return");

			if (then < i && leaves && !found)
				found = parse_condition(body, open, true, read,
							guard);
			j = body_match(body, open);
			continue;
		}
		if ((kind == '{' || kind == '(') &&
		    body_match(body, j) != NO_MATCH &&
		    body_match(body, j) < i)
			j = body_match(body, j);
	}
	if (!found)
		guard->kind = GUARD_NONE;
	return found;
}

/* The nearest condition around token @i of which @read can read a term. */
static struct guard find_guard(const struct body *body, uint32_t i,
			       read_term *read)
{
	struct guard guard = { .kind = GUARD_NONE };
	struct guard none = guard;
	uint32_t block;

	if (body->region->kind != REGION_FUNCTION)
		return none;
	/* Out of the statement's own parentheses first. */
	for (block = body_enclosing(body, i); block != NO_MATCH;
	     block = body_enclosing(body, block)) {
		if (body_kind(body, block) != '{')
			continue;
		break;
	}
	if (block == NO_MATCH)
		return none;
	/* "if (!p) lookup();", without braces */
	for (uint32_t j = i; j > block + 1; j--) {
		uint8_t kind = body_kind(body, j - 1);

		if (kind == ';' || kind == '}' || kind == '{')
			break;
		if (head_condition(body, j, read, &guard))
			return guard;
	}
	while (block != NO_MATCH && block >= body->first) {
		if (body_kind(body, block) == '{') {
			if (early_return(body, i, block, read, &guard))
				return guard;
			if (head_condition(body, block, read, &guard))
				return guard;
		}
		i = block;
		block = body_enclosing(body, block);
	}
	return none;
}

struct guard guard_of(const struct body *body, uint32_t i)
{
	return find_guard(body, i, parse_term);
}

static bool has_name(const struct body *body, uint32_t i, const char *name)
{
	return body_is_name(body, i) &&
	       body->toks.tok[i].name == name_of(name);
}

/*
 * "tsk_is_kthread(current)", "current->flags & PF_KTHREAD" and their
 * negations: a guard of no parameter.
 */
static bool parse_task(const struct body *body, uint32_t first, uint32_t end,
		       struct guard *guard)
{
	bool negated = false;

	for (;;) {
		if (first < end && body_kind(body, first) == (uint8_t)'!') {
			negated = !negated;
			first++;
		} else if (end > first + 1 && body_kind(body, first) == '(' &&
			   body_match(body, first) == end - 1) {
			first++;
			end--;
		} else {
			break;
		}
	}
	guard->kind = negated ? GUARD_ZERO : GUARD_NONZERO;
	if (end == first + 4)
		return has_name(body, first, "tsk_is_kthread") &&
		       has_name(body, first + 2, "current");
	return end == first + 5 && has_name(body, first, "current") &&
	       body_kind(body, first + 1) == TOK_ARROW &&
	       has_name(body, first + 2, "flags") &&
	       body_kind(body, first + 3) == '&' &&
	       has_name(body, first + 4, "PF_KTHREAD");
}

enum task guard_task(const struct body *body, uint32_t i)
{
	switch (find_guard(body, i, parse_task).kind) {
	case GUARD_NONZERO:
		return TASK_KTHREAD;
	case GUARD_ZERO:
		return TASK_USER;
	default:
		return TASK_ANY;
	}
}

struct guard guard_handed_on(const struct body *body, uint32_t i,
			     const struct guard *guard)
{
	struct guard handed = *guard;
	uint32_t first, end;

	if (guard->kind != GUARD_NONE && body_kind(body, i + 1) == '(' &&
	    body_argument(body, i + 1, guard->parameter, &first, &end) &&
	    end == first + 1 && set_parameter(body, first, &handed))
		return handed;
	return (struct guard){ .kind = GUARD_NONE };
}

bool guard_lets(const struct body *body, uint32_t i, const struct guard *guard)
{
	uint32_t first, end;
	bool is_zero, is_true, is_known;

	if (guard->kind == GUARD_NONE || body_kind(body, i + 1) != '(' ||
	    !body_argument(body, i + 1, guard->parameter, &first, &end) ||
	    first >= end)
		return true;
	is_zero = end == first + 1 && is_null(body, first);
	is_true = end == first + 1 && body->toks.tok[first].length == 4 &&
		  !memcmp(body->text + body->toks.tok[first].offset, "true", 4);
	is_known = is_zero || is_true || body_kind(body, first) == '&' ||
		(end == first + 1 && (body_kind(body, first) == TOK_STRING ||
				      body_kind(body, first) == TOK_NUMBER));
	switch (guard->kind) {
	case GUARD_ZERO:
		return is_zero || !is_known;
	case GUARD_NONZERO:
		return !is_zero;
	case GUARD_EQUAL:
		return is_zero || end != first + 1 ||
		       !is_constant(body, first) ||
		       body->toks.tok[first].name == guard->value;
	case GUARD_UNEQUAL:
		return end != first + 1 ||
		       body->toks.tok[first].name != guard->value;
	default:
		return true;
	}
}
