/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where a kernel thread has init's filesystem state for a while.
 *
 * scoped_with_init_fs() gives it to one statement, __override_init_fs() to all
 * that follows.  Whatever is called from there looks up in init's state, however
 * far away the lookup is.
 */
#ifndef CONTEXT_SCOPE_H
#define CONTEXT_SCOPE_H

#include "context/body.h"
#include "context/tables.h"

/*
 * Does token @i of @body stand in the scope of scoped_with_init_fs(), or behind
 * __override_init_fs() in its block, with no __revert_init_fs() between?
 */
bool scope_holds(struct model *model, const struct body *body, uint32_t i);

/*
 * Is the function that is named at a byte of a file-scope initialiser in an
 * array of which a row of private-fs.tab says that a hook sets it up, and does
 * that hook call __override_init_fs() and leave it so?
 */
bool scope_is_set_up(struct model *model, const struct tables *tables,
		     uint32_t file, uint32_t offset);

#endif
