/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One source file -> what the index keeps of it.
 *
 * A concordance: which name stands where, and in what kind of place; and the
 * file's functions, macros and file-scope statements as regions, so that a
 * place can be told its function.  What stands there exactly (arguments, member
 * chains, types) is read from the source again where somebody asks for it, see
 * context/.
 */
#ifndef SCAN_SCAN_H
#define SCAN_SCAN_H

#include <glib.h>

#include "scan/name.h"
#include "scan/tokens.h"

enum ref_kind {
	REF_CALL,		/* name(...), name[i](...), (*name)(...) */
	REF_MEMBER_CALL,	/* the same of x->name and x.name */
	REF_VALUE,		/* the name alone, as an argument, an operand of
				   =, ?: or return, or in an initialiser */
	REF_MEMBER_READ,	/* x->name likewise */
	REF_FUNCTION,		/* definition */
	REF_STRUCT,		/* definition; the offset is that of its brace */
	REF_TYPEDEF,
	REF_VARIABLE,		/* at file scope */
	REF_MACRO,		/* #define */
	REF_FUNCTION_TYPE,	/* typedef of a function or a pointer to one */
	REF_KINDS
};

struct ref {
	name_t name;
	uint32_t offset;
	uint32_t kind;
};

enum region_kind {
	REGION_FUNCTION,
	REGION_MACRO,
	REGION_STATEMENT,	/* initialised variable or macro at file scope */
};

enum region_flags {
	REGION_STATIC = 1 << 0,
	REGION_INIT = 1 << 1,		/* __init */
	REGION_PARAMETERS = 1 << 2,	/* a function-like macro */
	REGION_SYSCALL = 1 << 3,	/* the name lacks "sys_" */
	REGION_COMPAT_SYSCALL = 1 << 4,	/* the name lacks "compat_sys_" */
};

/* Bytes @start to @end of the file, the name at @name_offset. */
struct region {
	name_t name;		/* 0: a statement without one */
	uint32_t start;
	uint32_t end;
	uint32_t name_offset;
	uint16_t name_length;
	uint8_t kind;
	uint8_t flags;
};

/* A struct member whose type is a typedef; it may be one of a function. */
struct typed_member {
	name_t type;
	name_t member;
};

/* What the scan of a file yields; arrays in file order. */
struct scan {
	GArray *refs;		/* struct ref */
	GArray *regions;	/* struct region, by start */
	GArray *function_members;	/* name_t: members (*name)(...) */
	GArray *function_types;	/* name_t: typedefs of functions and pointers */
	GArray *typed_members;	/* struct typed_member */
};

struct scan *scan_new(void);
void scan_free(struct scan *scan);

/*
 * Scan @length bytes at @text (NAME_PADDING zero bytes behind them, below
 * SCAN_MAX_SIZE).  @scan's arrays are emptied first; @toks is scratch space.
 */
void scan_text(struct scan *scan, struct toks *toks, const char *text,
	       uint32_t length);

#endif
