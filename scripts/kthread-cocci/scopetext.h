/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text of a statement in a scope, for scoped.c and hoist.c.
 *
 * A call that is to be converted bears a mark, which tells its form:
 * scoped_FORM__kern_path(...).
 */
#ifndef SCOPETEXT_H
#define SCOPETEXT_H

#include "edit.h"
#include "source.h"

struct marked_call {
	const struct source *source;
	uint32_t token;		/* of the name with its mark */
	char *lookup;		/* the name without it */
	const char *scope;	/* the macro: scoped_with_init_fs */
	bool is_mixed;		/* only for kernel threads */
	struct edits *edits;
};

/* The token of the parenthesis behind the call's arguments. */
uint32_t marked_close(const struct marked_call *call);

/* The white space that the line of token @i begins with; the caller frees it. */
char *scope_indent(const struct source *source, uint32_t i);

/* Tokens @first to @last as they stand, without the mark; the caller frees it. */
char *scope_text(const struct marked_call *call, uint32_t first, uint32_t last);

/* The same on one line, where there is no comment between them. */
char *scope_line(const struct marked_call *call, uint32_t first, uint32_t last);

/*
 * "scoped_with_init_fs()" and @statement, which is indented by @indent, below
 * it; for a mixed one that under tsk_is_kthread(current) and, in the other
 * branch, the statement alone.  Begins without an indent and ends without a
 * line break.  @returns: the statement leaves the function.  The caller frees
 * it.
 */
char *scope_around(const struct marked_call *call, const char *statement,
		   const char *indent, bool returns);

/* The token in front of token @i that is no part of a # line, or NO_TOKEN. */
uint32_t scope_before(const struct source *source, uint32_t i);

/* Is a token from @first to @last part of a # line? */
bool scope_has_directive(const struct source *source, uint32_t first,
			 uint32_t last);

#endif
