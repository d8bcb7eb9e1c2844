// SPDX-License-Identifier: GPL-2.0-only
/* Option tables over getopt_long(); see options.h. */
#include "options.h"

#include <getopt.h>
#include <string.h>

#include <glib.h>

#include "message.h"

#define MAX_OPTIONS 16

/* getopt_long() returns this plus the index for an option without a letter. */
#define LONG_BASE 256

static bool is_end(const struct option_entry *entry)
{
	return !entry->name && !entry->letter;
}

static const struct option_entry *find(const struct option_entry *table,
				       int code)
{
	if (code >= LONG_BASE)
		return &table[code - LONG_BASE];
	while (!is_end(table) && table->letter != code)
		table++;
	return table;
}

static void set_count(const struct option_entry *entry, const char *text)
{
	guint64 number;

	if (!g_ascii_string_to_unsigned(text, 10, 1, 100000, &number, NULL))
		die("'%s' is no number from 1 (option %s%c%s)", text,
		    entry->letter ? "-" : "--", entry->letter ? entry->letter :
		    entry->name[0], entry->letter ? "" : entry->name + 1);
	*(unsigned int *)entry->value = (unsigned int)number;
}

static void set(const struct option_entry *entry, const char *argument)
{
	switch (entry->kind) {
	case OPTION_TRUE:
		*(bool *)entry->value = true;
		break;
	case OPTION_LESS:
		*(int *)entry->value = -1;
		break;
	case OPTION_MORE:
		*(int *)entry->value = 1;
		break;
	case OPTION_STRING:
		*(const char **)entry->value = argument;
		break;
	case OPTION_COUNT:
		set_count(entry, argument);
		break;
	}
}

/* getopt_long() leaves the letter in optopt, or 0 for a long option. */
static G_GNUC_NORETURN void unknown(const char *word)
{
	if (optopt && optopt < LONG_BASE)
		die("unknown option '-%c' (try --help)", optopt);
	die("unknown option '%s' (try --help)", word);
}

int options_parse(const struct option_entry *table, int argc, char **argv,
		  bool leading)
{
	struct option longs[MAX_OPTIONS + 1] = { 0 };
	GString *shorts = g_string_new(leading ? "+:" : ":");
	int count = 0, code;

	for (int i = 0; !is_end(&table[i]); i++) {
		g_assert(i < MAX_OPTIONS);
		if (table[i].letter) {
			g_string_append_c(shorts, table[i].letter);
			if (table[i].argument)
				g_string_append_c(shorts, ':');
		}
		if (table[i].name)
			longs[count++] = (struct option){
				.name = table[i].name,
				.has_arg = table[i].argument ?
					required_argument : no_argument,
				.val = LONG_BASE + i,
			};
	}
	optind = 0;		/* GNU: start over, also with another table */
	opterr = 0;
	while ((code = getopt_long(argc, argv, shorts->str, longs,
				   NULL)) != -1) {
		if (code == '?')
			unknown(argv[optind - 1]);
		if (code == ':')
			die("option '%s' wants an argument (try --help)",
			    argv[optind - 1]);
		set(find(table, code), optarg);
	}
	g_string_free(shorts, TRUE);
	return optind;
}

void options_help(const struct option_entry *table, FILE *out)
{
	for (; !is_end(table); table++) {
		GString *form = g_string_new(NULL);

		if (table->letter)
			g_string_append_printf(form, "-%c", table->letter);
		if (table->letter && table->name)
			g_string_append(form, ", ");
		if (table->name)
			g_string_append_printf(form, "--%s", table->name);
		if (table->argument)
			g_string_append_printf(form, "%c%s",
					       table->name ? '=' : ' ',
					       table->argument);
		fprintf(out, "  %-20s  %s\n", form->str, table->help);
		g_string_free(form, TRUE);
	}
}
