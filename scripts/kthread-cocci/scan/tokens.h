/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tokens of one file for the index.
 *
 * This is not the lexer of the rewrites (../lexer.h), which keeps each token's
 * line, comments and flags for exact edits.  The index reads every byte of the
 * tree, 1.4 GB of it, so what it reads must cost next to nothing: 16 bytes a
 * token, identifiers as hashes, and object-like macros with a plain number,
 * a third of the tree, passed over line by line.
 *
 * The lexer never fails.  Code below "#if 0" is passed over; of all other
 * conditionals every branch is seen.
 */
#ifndef SCAN_TOKENS_H
#define SCAN_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scan/name.h"

/* Punctuators of one byte are their own kind. */
enum tok_kind {
	TOK_END = 0,
	TOK_NAME = 128,		/* identifier that is no keyword */
	TOK_KEYWORD,		/* of an expression or a statement: no call */
	TOK_TYPE,		/* struct, union, enum, typedef, static, extern */
	TOK_NUMBER,
	TOK_STRING,
	TOK_CHARACTER,
	TOK_ARROW,		/* -> */
	TOK_EQUAL,		/* == != <= >= */
	TOK_CHANGE,		/* += and its like, ++, --, && and || */
	TOK_ELLIPSIS,
	TOK_PASTE,		/* ## */
	TOK_MACRO,		/* #define: hash is the macro's name */
	TOK_MACRO_END,		/* the end of its line */
	TOK_IF,			/* #if and its like */
	TOK_ELSE,		/* #else, #elif */
	TOK_ENDIF,
};

enum tok_flags {
	TOK_FIRST = 1 << 0,	/* first on its line */
	TOK_MARGIN = 1 << 1,	/* in the first column */
	TOK_HAS_PARAMETERS = 1 << 2,	/* TOK_MACRO: function-like */
};

#define NO_MATCH UINT32_MAX

struct tok {
	union {
		name_t name;	/* TOK_NAME, TOK_KEYWORD, TOK_TYPE, TOK_MACRO */
		uint64_t match;	/* brackets: index of the partner */
	};
	uint32_t offset;	/* bytes from the start of the file */
	uint16_t length;	/* at most 65535 is kept */
	uint8_t kind;
	uint8_t flags;
};

struct toks {
	struct tok *tok;	/* ends with one of TOK_END */
	uint32_t count;		/* without that */
	uint32_t allocated;
};

/*
 * Split @length bytes at @text, behind which NAME_PADDING zero bytes stand,
 * into tokens.  @toks is zeroed memory or used before: it is reused.
 */
void toks_read(struct toks *toks, const char *text, uint32_t length);
void toks_clear(struct toks *toks);

/*
 * The largest file that is looked at, in bytes.  The index keeps offsets in
 * so many bits.
 */
#define SCAN_MAX_BITS 27
#define SCAN_MAX_SIZE (UINT32_C(1) << SCAN_MAX_BITS)

#endif
