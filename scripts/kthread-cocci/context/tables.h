/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the analysis knows of the kernel: the tables in cocci/.
 *
 *   entries.tab    where contexts begin: thread functions, system calls, ...
 *   lookups.tab    what resolves a path through current->fs
 *   barriers.tab   where the call graph goes and the kernel does not
 *   private-fs.tab threads that have a root of their own
 *   chains.tab     lists of callbacks that have a head, as notifiers do
 *
 * One row a line, fields separated by white space, the last one is the reason;
 * a line that begins with white space goes on with the reason above it.  Each
 * file's head says what its fields are.
 */
#ifndef CONTEXT_TABLES_H
#define CONTEXT_TABLES_H

#include <stdbool.h>
#include <stdio.h>

#include <glib.h>

#include "scan/name.h"

enum context {
	CONTEXT_KTHREAD,
	CONTEXT_USER,
	CONTEXT_BOOT,
	CONTEXT_SAFE,		/* a kernel thread with a root of its own */
	CONTEXTS
};

#define CONTEXT_BIT(context) (1u << (context))

enum subject {
	SUBJECT_FUNCTION,	/* a function by its name */
	SUBJECT_ARGUMENT,	/* what is passed as argument @number to @name */
	SUBJECT_MEMBER,		/* what is stored in struct @name's @member */
	SUBJECT_PASTED,		/* names that the macro @name builds */
	SUBJECT_CALL,		/* calls of @member in the function @name */
	SUBJECT_SYSCALL,	/* defined by SYSCALL_DEFINE and its like */
	SUBJECT_SETUP,		/* what is in the array @member of a struct @name,
				   after the hook in its member @tag */
	SUBJECT_REGISTER,	/* argument @object of @name is put on @number's list */
	SUBJECT_RUN,		/* @name calls all on the list in @number */
	SUBJECT_FAMILY,		/* @name calls objects of struct @tag, which are
				   told apart by the constant in @member */
	SUBJECT_ALIAS,		/* the constants @name and @member are one */
};

struct row {
	const char *table;
	unsigned int line;
	unsigned int contexts;	/* bits */
	enum subject subject;
	name_t name;
	name_t member;		/* 0: all */
	name_t tag;		/* of chains.tab: the struct of the member; of
				   private-fs.tab: the hook */
	int number;		/* from 0 */
	int object;		/* SUBJECT_REGISTER: from 0 */
	char *spelling;		/* the subject as it is written */
	char **formats;		/* SUBJECT_PASTED: "$1_show" */
	char *reason;
};

/* How a lookup's call tells where it starts. */
struct lookup {
	name_t name;
	char *spelling;
	/* A helper's own body is looked into, an interface's is not. */
	bool is_helper;
	bool is_init;		/* it starts in init's filesystem state */
	char *root;		/* the parameter that gives the root; NULL: always
				   the root or pwd of current->fs */
	char *needs;		/* it counts only with this identifier among its
				   arguments; NULL: always */
	char *reason;
	unsigned int line;
};

struct tables {
	GPtrArray *entries;	/* struct row */
	GPtrArray *barriers;	/* struct row */
	GPtrArray *private_fs;	/* struct row */
	GPtrArray *chains;	/* struct row */
	GPtrArray *lookups;	/* struct lookup */
	GHashTable *by_name;	/* name_t -> GPtrArray of rows, all tables */
	GHashTable *lookup_by_name;
};

/* Read the tables in @folder; NULL with @error set to one line. */
struct tables *tables_read(const char *folder, char **error);
void tables_free(struct tables *tables);

/* The next row of @table about @subject and @name behind @after (NULL: first). */
const struct row *tables_find(const struct tables *tables,
			      const GPtrArray *table, enum subject subject,
			      name_t name, const struct row *after);

const struct lookup *tables_lookup(const struct tables *tables, name_t name);

#endif
