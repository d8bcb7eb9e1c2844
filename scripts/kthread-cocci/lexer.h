/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The scanner's lexer: C tokens of a file as it stands, without preprocessing.
 *
 * All branches of #if are seen; code below "#if 0" is seen and marked.  The
 * lexer never fails: control characters and bytes that are no
 * ASCII become one-byte tokens of kind TOKEN_OTHER, an unterminated string ends
 * at the end of its line, and an unterminated comment at the end of the file.
 */
#ifndef LEXER_H
#define LEXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

enum token_kind {
	TOKEN_IDENTIFIER,
	TOKEN_NUMBER,
	TOKEN_STRING,
	TOKEN_CHARACTER,
	TOKEN_PUNCTUATOR,	/* one byte each, but for "..." and "->" */
	TOKEN_OTHER,
};

enum token_flags {
	TOKEN_FIRST = 1 << 0,		/* first token on its line */
	TOKEN_DIRECTIVE = 1 << 1,	/* belongs to a # line */
	TOKEN_DEAD = 1 << 2,		/* below #if 0 or its like */
};

struct token {
	uint32_t offset;		/* in bytes from the start */
	uint32_t length;
	uint32_t line;			/* 1-based */
	uint8_t kind;			/* enum token_kind */
	uint8_t flags;			/* enum token_flags */
};

struct comment {
	uint32_t offset;
	uint32_t length;		/* with its delimiters */
	uint32_t line;
	uint32_t next_token;		/* index of the token behind it */
};

struct lexed {
	const char *text;		/* not owned, must outlive this */
	size_t length;
	struct token *tokens;
	size_t count;
	struct comment *comments;
	size_t comment_count;
};

/*
 * Lex @length bytes at @text (below 4 GiB; a NUL byte is an ordinary byte).
 * Release with lexed_clear().
 */
void lex(struct lexed *lexed, const char *text, size_t length);
void lexed_clear(struct lexed *lexed);

/* Is token @i spelt @spelling?  False where there is no token @i. */
bool token_is(const struct lexed *lexed, size_t i, const char *spelling);

/* The spelling of token @i; the caller frees it. */
char *token_text(const struct lexed *lexed, size_t i);

/*
 * The column of byte @offset in its line, 0-based, tabs to multiples of
 * eight, other bytes one column each.
 */
unsigned int text_column(const char *text, size_t offset);

/* The start of the line that holds byte @offset. */
size_t text_line_start(const char *text, size_t offset);

/* The offset of the newline that ends the line of @offset, or @length. */
size_t text_line_end(const char *text, size_t length, size_t offset);

#endif
