/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rules: what the audit has to know of a step, from the //% lines in the header
 * of its semantic patch, "//% KEYWORD: WORDS" (further words on //% lines that
 * are indented deeper):
 *
 *   removed-argument: NAME POSITION LITERAL FORMAT FUNCTION...
 *       the functions (or macros) had a parameter NAME as their argument
 *       POSITION (from 1); a call is converted if it passes LITERAL there;
 *       after the step their printf format is argument FORMAT
 *   removed-name: IDENTIFIER...
 *       identifiers that are gone after the step
 *   removed-member: STRUCT MEMBER
 *       a member that is gone after the step
 *   inside: NAME CONTAINER...
 *       after the step each definition of a CONTAINER holds NAME.  A container
 *       is a function with a body, a struct, union or enum, or a macro;
 *       FUNCTION(WORD) is only a function whose parameters hold WORD
 *   outside: NAME CONTAINER...
 *       after the step no definition of a CONTAINER holds NAME
 *   beside: NAME ANCHOR...
 *       after the step each file that defines or declares an ANCHOR (a
 *       function, a variable at file scope, a macro) holds NAME, too
 *   added-argument: NAME COUNT FUNCTION...
 *       the functions have COUNT arguments after the step, the last of them is
 *       the parameter NAME; with one less, a call is an old one
 *   struct-argument: MACRO FUNCTION...
 *       a call of the functions passes MACRO(...) or a struct pointer, and then
 *       the format; with more in front of the format it is an old one
 *   macro-text: BLOCK MACRO
 *       the macro, with its kernel-doc, is replaced by the text block; it is an
 *       old one where it has another number of parameters than the block's
 *   format: FUNCTION...
 *       functions whose __printf() attribute must be counted anew
 *   needs: NAME...
 *       the tree must hold these names, else the step is not for it; TYPE(NAME) is
 *       a struct, union or enum whose definition must hold NAME
 *   unless: NAME...
 *       a tree that defines one of these macros does not get the step
 *   sites: NAME LOOKUP...
 *       the step converts the calls of these lookups that the context engine
 *       finds in kernel-thread context; a statement that gains NAME is converted
 *   sites-always: LOOKUP...
 *       and these it converts in any context
 *   scope: NAME
 *       the sites are converted by a statement behind the macro NAME()
 *   dialect: NAME
 *       how the step converts sites: a tree that has what two dialects need gets
 *       the one that no unless rule speaks against, or the one that is asked for
 *   include: HEADER NAME...
 *       a file that gains one of these names must include the header
 *   optional: yes
 *       the step is carried out only where it is asked for by name
 *   local: yes
 *       what the step converts is known from the function or variable that it
 *       stands in; spatch is shown no others
 *   split: WORDS
 *       in a series the step is one commit for each subsystem; WORDS is the
 *       subject of each, behind the subsystem's prefix
 *
 * NAME may be several, as in "a|b": each of them will do.
 */
#ifndef RULE_H
#define RULE_H

#include <stdbool.h>

#include <glib.h>

enum rule_kind {
	RULE_REMOVED_ARGUMENT,
	RULE_REMOVED_NAME,
	RULE_REMOVED_MEMBER,
	RULE_INSIDE,
	RULE_OUTSIDE,
	RULE_BESIDE,
	RULE_ADDED_ARGUMENT,
	RULE_STRUCT_ARGUMENT,
	RULE_MACRO_TEXT,
	RULE_FORMAT,
	RULE_NEEDS,
	RULE_UNLESS,
	RULE_SITES,
	RULE_SITES_ALWAYS,
	RULE_SCOPE,
	RULE_DIALECT,
	RULE_INCLUDE,
	RULE_OPTIONAL,
	RULE_LOCAL,
	RULE_SPLIT,
};

struct rule {
	enum rule_kind kind;
	GPtrArray *names;	/* char *: functions, identifiers, the struct */
	GPtrArray *words;	/* char *: per name the WORD of NAME(WORD), or "" */
	GPtrArray *wanted;	/* char *: the alternatives of NAME */
	char *parameter;	/* the removed or added argument or member; what
				   is wanted, as written; the block; the header;
				   the subject; the dialect */
	unsigned int position;	/* removed argument: 1-based; added: COUNT */
	unsigned int format;	/* removed argument: where the format is now */
	char *literal;		/* removed argument: what a call passes */
};

/*
 * Read "KEYWORD: WORDS".  Returns NULL where the line is none that the list
 * above has.  Free it with rule_free().
 */
struct rule *rule_read(const char *line);
void rule_free(gpointer rule);

/* Does a step with this rule add code, or does it only remove? */
bool rule_adds(const struct rule *rule);

#endif
