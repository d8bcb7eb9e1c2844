/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Scopes around marked calls.
 *
 * spatch tells which lookups have a form that can be converted, by a mark in
 * front of their name, and this puts the scope around the statement:
 *
 *   scoped_statement__f(...)	x = f(...); or f(...);
 *   scoped_return__f(...)	return f(...);
 *   scoped_declaration__f(...)	T x = f(...); which becomes T x; and x = f(...);
 *				behind the declarations
 *   scoped_condition__f(...)	if ((x = f(...))), which becomes x = f(...); and
 *				if (x)
 *   scoped_value__f(...)	if (f(...)), which gets a variable of its own; f()
 *				returns an int
 *
 * Comments and line breaks stay, and arms of an if that need them get braces.  A
 * mark of a call that is not of such a form after all goes, and the call stays.
 */
#ifndef SCOPED_H
#define SCOPED_H

#include "edit.h"
#include "source.h"

/*
 * Put @scope() around the marked calls of @text, whose scan is @source.  @uses
 * are the sites (struct use) in the file before, which differs in the marks only:
 * its tokens have the same numbers.
 */
GBytes *scoped_expand(const GPtrArray *uses, const struct source *source,
		      const char *scope, GBytes *text);

/*
 * Does the call at token @i stand beside a scope: in the branch that kernel
 * threads do not take, because they take one with @scope()?
 */
bool scoped_is_beside(const struct source *source, uint32_t i,
		      const GPtrArray *scope);

#endif
