// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lexer of the scanner; see lexer.h.
 *
 * A # line is marked as a whole, with its continuation lines.  Of the
 * conditionals only those that are constant on their face are judged: "#if 0"
 * and "#if 1", their #else and #elif.  This errs towards life: "#if 0 && X"
 * and "#ifdef NEVER" count as code that somebody may compile.
 */
#include "lexer.h"

#include <string.h>

struct lexer {
	const char *text;
	size_t length;
	size_t at;
	uint32_t line;
	bool first;			/* no token on this line yet */
	bool directive;			/* inside a # line */
	GArray *tokens;
	GArray *comments;
	/*
	 * One byte per open conditional: how its current branch is to be
	 * taken.  @dead counts the open conditionals that kill their branch.
	 */
	GByteArray *branches;
	unsigned int dead;
};

enum branch {
	BRANCH_UNKNOWN,			/* #ifdef and the like: may live */
	BRANCH_DEAD,			/* below #if 0 */
	BRANCH_TAKEN,			/* below #if 1: the rest is dead */
	BRANCH_REST,			/* behind that, up to #endif: dead */
};

static bool is_start(char c)
{
	return g_ascii_isalpha(c) || c == '_' || c == '$';
}

static bool is_part(char c)
{
	return g_ascii_isalnum(c) || c == '_' || c == '$';
}

static char peek(const struct lexer *lexer, size_t ahead)
{
	size_t at = lexer->at + ahead;

	return at < lexer->length ? lexer->text[at] : '\0';
}

static void add_token(struct lexer *lexer, enum token_kind kind, size_t start,
		      uint32_t line)
{
	struct token token = {
		.offset = (uint32_t)start,
		.length = (uint32_t)(lexer->at - start),
		.line = line,
		.kind = (uint8_t)kind,
	};

	if (lexer->first)
		token.flags |= TOKEN_FIRST;
	if (lexer->directive)
		token.flags |= TOKEN_DIRECTIVE;
	if (lexer->dead)
		token.flags |= TOKEN_DEAD;
	lexer->first = false;
	g_array_append_val(lexer->tokens, token);
}

static void newline(struct lexer *lexer)
{
	lexer->line++;
	lexer->first = true;
	lexer->directive = false;
}

/* A backslash at the end of a line: the line goes on. */
static bool skip_splice(struct lexer *lexer)
{
	size_t skip = 1;

	if (peek(lexer, 0) != '\\')
		return false;
	if (peek(lexer, skip) == '\r')
		skip++;
	if (peek(lexer, skip) != '\n')
		return false;
	lexer->at += skip + 1;
	lexer->line++;
	lexer->first = true;
	return true;
}

static void skip_comment(struct lexer *lexer)
{
	struct comment comment = {
		.offset = (uint32_t)lexer->at, .line = lexer->line,
		.next_token = lexer->tokens->len,
	};
	bool block = peek(lexer, 1) == '*';

	lexer->at += 2;
	while (lexer->at < lexer->length) {
		if (block && peek(lexer, 0) == '*' && peek(lexer, 1) == '/') {
			lexer->at += 2;
			break;
		}
		if (skip_splice(lexer))
			continue;
		if (peek(lexer, 0) == '\n') {
			if (!block)
				break;
			lexer->line++;
			lexer->first = true;
		}
		lexer->at++;
	}
	comment.length = (uint32_t)(lexer->at - comment.offset);
	g_array_append_val(lexer->comments, comment);
}

/* A string or character constant that begins at @start, its prefix included. */
static void lex_quoted(struct lexer *lexer, size_t start, char quote)
{
	uint32_t line = lexer->line;
	bool first = lexer->first;

	lexer->at++;
	while (lexer->at < lexer->length && peek(lexer, 0) != '\n') {
		if (skip_splice(lexer))
			continue;
		if (peek(lexer, 0) == '\\' && peek(lexer, 1) != '\n') {
			lexer->at += lexer->at + 1 < lexer->length ? 2 : 1;
			continue;
		}
		if (lexer->text[lexer->at++] == quote)
			break;
	}
	lexer->first = first;
	add_token(lexer, quote == '"' ? TOKEN_STRING : TOKEN_CHARACTER, start,
		  line);
}

static void lex_number(struct lexer *lexer)
{
	size_t start = lexer->at++;

	for (;;) {
		char c = peek(lexer, 0);
		char last = lexer->text[lexer->at - 1];

		if (is_part(c) || c == '.') {
			lexer->at++;
			continue;
		}
		if ((c == '+' || c == '-') && strchr("eEpP", last) &&
		    !(lexer->text[start] == '0' &&
		      (lexer->text[start + 1] | 0x20) == 'x' &&
		      (last | 0x20) == 'e')) {
			lexer->at++;
			continue;
		}
		break;
	}
	add_token(lexer, TOKEN_NUMBER, start, lexer->line);
}

static void lex_word(struct lexer *lexer)
{
	size_t start = lexer->at;

	while (is_part(peek(lexer, 0)))
		lexer->at++;
	/* L"..." and its like are one string. */
	if (lexer->at - start <= 2 && peek(lexer, 0) == '"' &&
	    strchr("LuU", lexer->text[start])) {
		lex_quoted(lexer, start, '"');
		return;
	}
	add_token(lexer, TOKEN_IDENTIFIER, start, lexer->line);
}

static void lex_punctuator(struct lexer *lexer)
{
	size_t start = lexer->at;
	const char *text = lexer->text + start;
	size_t left = lexer->length - start;

	if (left >= 3 && !memcmp(text, "...", 3))
		lexer->at += 3;
	else if (left >= 2 && !memcmp(text, "->", 2))
		lexer->at += 2;
	else
		lexer->at++;
	add_token(lexer, g_ascii_ispunct(*text) ? TOKEN_PUNCTUATOR :
		  TOKEN_OTHER, start, lexer->line);
}

static bool is_dead(guint8 branch)
{
	return branch == BRANCH_DEAD || branch == BRANCH_REST;
}

static void set_branch(struct lexer *lexer, enum branch branch)
{
	guint8 *top = lexer->branches->data + lexer->branches->len - 1;

	lexer->dead -= is_dead(*top);
	*top = (guint8)branch;
	lexer->dead += is_dead(*top);
}

/*
 * Of "#if 0 ... #else", the part behind the #else lives; behind "#if 1" it is
 * dead.
 */
static void other_branch(struct lexer *lexer)
{
	enum branch now;

	if (!lexer->branches->len)
		return;
	now = lexer->branches->data[lexer->branches->len - 1];
	if (now == BRANCH_DEAD)
		set_branch(lexer, BRANCH_UNKNOWN);
	else if (now == BRANCH_TAKEN)
		set_branch(lexer, BRANCH_REST);
}

static bool next_word(const struct lexer *lexer, size_t *at, const char *word)
{
	size_t start = *at;
	size_t len = strlen(word);

	while (start < lexer->length && strchr(" \t", lexer->text[start]) &&
	       lexer->text[start])
		start++;
	if (lexer->length - start < len ||
	    memcmp(lexer->text + start, word, len) ||
	    (start + len < lexer->length && is_part(lexer->text[start + len])))
		return false;
	*at = start + len;
	return true;
}

static bool rest_is_empty(const struct lexer *lexer, size_t at)
{
	while (at < lexer->length && (lexer->text[at] == ' ' ||
				      lexer->text[at] == '\t' ||
				      lexer->text[at] == '\r'))
		at++;
	return at >= lexer->length || lexer->text[at] == '\n' ||
	       (lexer->text[at] == '/' && at + 1 < lexer->length &&
		(lexer->text[at + 1] == '*' || lexer->text[at + 1] == '/'));
}

/*
 * At a # that begins a line: keep the stack of conditionals.  An #else line
 * itself counts as part of what it opens, an #endif as part of what is outside.
 */
static void begin_directive(struct lexer *lexer)
{
	size_t at = lexer->at + 1;
	guint8 branch = BRANCH_UNKNOWN;

	lexer->directive = true;
	if (next_word(lexer, &at, "if")) {
		size_t zero = at, one = at;

		if (next_word(lexer, &zero, "0") && rest_is_empty(lexer, zero))
			branch = BRANCH_DEAD;
		else if (next_word(lexer, &one, "1") &&
			 rest_is_empty(lexer, one))
			branch = BRANCH_TAKEN;
		g_byte_array_append(lexer->branches, &branch, 1);
		lexer->dead += branch == BRANCH_DEAD;
	} else if (next_word(lexer, &at, "ifdef") ||
		   next_word(lexer, &at, "ifndef")) {
		g_byte_array_append(lexer->branches, &branch, 1);
	} else if (next_word(lexer, &at, "else") ||
		   next_word(lexer, &at, "elif")) {
		other_branch(lexer);
	} else if (next_word(lexer, &at, "endif") && lexer->branches->len) {
		set_branch(lexer, BRANCH_UNKNOWN);
		g_byte_array_set_size(lexer->branches,
				      lexer->branches->len - 1);
	}
}

static void lex_one(struct lexer *lexer)
{
	char c = peek(lexer, 0);

	if (c == '\n') {
		newline(lexer);
		lexer->at++;
	} else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' ||
		   c == '\v') {
		lexer->at++;
	} else if (skip_splice(lexer)) {
		return;
	} else if (c == '/' && (peek(lexer, 1) == '*' ||
				peek(lexer, 1) == '/')) {
		skip_comment(lexer);
	} else if (is_start(c)) {
		lex_word(lexer);
	} else if (g_ascii_isdigit(c) ||
		   (c == '.' && g_ascii_isdigit(peek(lexer, 1)))) {
		lex_number(lexer);
	} else if (c == '"' || c == '\'') {
		lex_quoted(lexer, lexer->at, c);
	} else {
		if (c == '#' && lexer->first && !lexer->directive)
			begin_directive(lexer);
		lex_punctuator(lexer);
	}
}

void lex(struct lexed *lexed, const char *text, size_t length)
{
	struct lexer lexer = {
		.text = text, .length = length, .line = 1, .first = true,
		.tokens = g_array_new(FALSE, FALSE, sizeof(struct token)),
		.comments = g_array_new(FALSE, FALSE, sizeof(struct comment)),
		.branches = g_byte_array_new(),
	};

	while (lexer.at < lexer.length)
		lex_one(&lexer);

	lexed->text = text;
	lexed->length = length;
	lexed->count = lexer.tokens->len;
	lexed->comment_count = lexer.comments->len;
	lexed->tokens = (struct token *)(void *)
		g_array_free(lexer.tokens, FALSE);
	lexed->comments = (struct comment *)(void *)
		g_array_free(lexer.comments, FALSE);
	g_byte_array_unref(lexer.branches);
}

void lexed_clear(struct lexed *lexed)
{
	g_clear_pointer(&lexed->tokens, g_free);
	g_clear_pointer(&lexed->comments, g_free);
	lexed->count = 0;
	lexed->comment_count = 0;
}

bool token_is(const struct lexed *lexed, size_t i, const char *spelling)
{
	const struct token *token;

	if (i >= lexed->count)
		return false;
	token = &lexed->tokens[i];
	return token->length == strlen(spelling) &&
	       !memcmp(lexed->text + token->offset, spelling, token->length);
}

char *token_text(const struct lexed *lexed, size_t i)
{
	return g_strndup(lexed->text + lexed->tokens[i].offset,
			 lexed->tokens[i].length);
}

size_t text_line_start(const char *text, size_t offset)
{
	while (offset && text[offset - 1] != '\n')
		offset--;
	return offset;
}

size_t text_line_end(const char *text, size_t length, size_t offset)
{
	const char *newline = offset < length ?
		memchr(text + offset, '\n', length - offset) : NULL;

	return newline ? (size_t)(newline - text) : length;
}

unsigned int text_column(const char *text, size_t offset)
{
	unsigned int column = 0;

	for (size_t i = text_line_start(text, offset); i < offset; i++)
		column = text[i] == '\t' ? (column | 7) + 1 : column + 1;
	return column;
}
