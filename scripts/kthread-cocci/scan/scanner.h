/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside the scanner: what its files share. */
#ifndef SCAN_SCANNER_H
#define SCAN_SCANNER_H

#include "scan/scan.h"

struct scanner {
	const char *text;
	const struct tok *tok;
	uint32_t count;
	struct scan *scan;
};

/* Names that the scanner must know, hashed once. */
extern struct scan_known {
	name_t return_, init, const_, unsigned_, signed_, int_, long_, short_,
	       char_, void_, bool_;
	name_t attribute_like[16];
} scan_known;

static inline uint8_t kind(const struct scanner *s, uint32_t i)
{
	return i < s->count ? s->tok[i].kind : TOK_END;
}

static inline bool is_name(const struct scanner *s, uint32_t i)
{
	return kind(s, i) == TOK_NAME;
}

/* The token behind the bracket at @i; @i + 1 where it has no partner. */
static inline uint32_t behind(const struct scanner *s, uint32_t i)
{
	uint64_t match = s->tok[i].match;

	return match != NO_MATCH && match > i ? (uint32_t)match + 1 : i + 1;
}

static inline bool is_closed(const struct scanner *s, uint32_t i)
{
	return s->tok[i].match != NO_MATCH;
}

/* Keep the name at token @i. */
void scan_ref(struct scanner *s, enum ref_kind ref_kind, uint32_t i);

/* The macro that is defined at @i; returns the token behind it. */
uint32_t scan_macro(struct scanner *s, uint32_t i);

/* Is token @i spelt with this prefix? */
bool scan_begins_with(const struct scanner *s, uint32_t i, const char *prefix);

/* Is this a name like __attribute__, whose parentheses are no parameters? */
bool scan_is_attribute(name_t name);

/* "(*name)(" at @i, the opening parenthesis: the token of the name, or 0. */
uint32_t scan_pointer_name(const struct scanner *s, uint32_t i);

/* The members of the struct whose body opens at @open. */
void scan_struct_body(struct scanner *s, uint32_t open);

/* The struct whose body opens at @brace, in a declaration from @start. */
void scan_struct(struct scanner *s, uint32_t start, uint32_t brace);

/* A typedef from @start to @end: its name is the last, or that of a pointer. */
void scan_typedef(struct scanner *s, uint32_t start, uint32_t end);

#endif
