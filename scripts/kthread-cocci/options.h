/* SPDX-License-Identifier: GPL-2.0-only */
/* Command-line options described by tables; getopt_long(3) parses them. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

enum option_kind {
	OPTION_TRUE,		/* bool *: set */
	OPTION_LESS,		/* int *: set to -1 */
	OPTION_MORE,		/* int *: set to 1 */
	OPTION_STRING,		/* const char **: the argument */
	OPTION_COUNT,		/* unsigned int *: a number from 1 */
};

struct option_entry {
	const char *name;	/* long form, or NULL */
	char letter;		/* short form, or 0 */
	enum option_kind kind;
	void *value;
	const char *argument;	/* name of its argument for the help, or NULL */
	const char *help;
};

/*
 * Parse the options in @argv by @table, which ends with an entry of kind
 * OPTION_TRUE without a name and a letter.  With @leading only those in front
 * of the first other word are taken.  Returns the index of the first word that
 * is no option; getopt moves the options in front of the others.  On an error
 * it says what is wrong and exits with status 2.
 */
int options_parse(const struct option_entry *table, int argc, char **argv,
		  bool leading);

/* Print the table for a help text. */
void options_help(const struct option_entry *table, FILE *out);

#endif
