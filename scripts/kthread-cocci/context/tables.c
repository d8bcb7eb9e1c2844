// SPDX-License-Identifier: GPL-2.0-only
/* Reading the tables of the analysis; see tables.h. */
#include "context/tables.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *word;
	unsigned int contexts;
} context_words[] = {
	{ "kthread", CONTEXT_BIT(CONTEXT_KTHREAD) },
	{ "user", CONTEXT_BIT(CONTEXT_USER) },
	{ "boot", CONTEXT_BIT(CONTEXT_BOOT) },
	{ "both", CONTEXT_BIT(CONTEXT_KTHREAD) | CONTEXT_BIT(CONTEXT_USER) },
	{ "all", CONTEXT_BIT(CONTEXT_KTHREAD) | CONTEXT_BIT(CONTEXT_USER) |
		 CONTEXT_BIT(CONTEXT_BOOT) | CONTEXT_BIT(CONTEXT_SAFE) },
	{ "safe", CONTEXT_BIT(CONTEXT_SAFE) },
	{ "none", 0 },
};

static const struct {
	const char *word;
	enum subject subject;
} subject_words[] = {
	{ "function", SUBJECT_FUNCTION },
	{ "argument", SUBJECT_ARGUMENT },
	{ "member", SUBJECT_MEMBER },
	{ "pasted", SUBJECT_PASTED },
	{ "call", SUBJECT_CALL },
	{ "syscall", SUBJECT_SYSCALL },
	{ "setup", SUBJECT_SETUP },
};

static void row_free(gpointer data)
{
	struct row *row = data;

	g_free(row->spelling);
	g_strfreev(row->formats);
	g_free(row->reason);
	g_free(row);
}

static void lookup_free(gpointer data)
{
	struct lookup *lookup = data;

	g_free(lookup->spelling);
	g_free(lookup->needs);
	g_free(lookup->root);
	g_free(lookup->reason);
	g_free(lookup);
}

static bool parse_contexts(const char *word, unsigned int *contexts)
{
	for (size_t i = 0; i < G_N_ELEMENTS(context_words); i++) {
		if (!strcmp(context_words[i].word, word)) {
			*contexts = context_words[i].contexts;
			return true;
		}
	}
	return false;
}

static bool parse_subject(const char *word, enum subject *subject)
{
	for (size_t i = 0; i < G_N_ELEMENTS(subject_words); i++) {
		if (!strcmp(subject_words[i].word, word)) {
			*subject = subject_words[i].subject;
			return true;
		}
	}
	return false;
}

/* "struct.array:hook", from ".array:hook" on */
static bool parse_setup(struct row *row, const char *rest)
{
	const char *hook = strchr(rest, ':');
	char *member;

	if (*rest != '.' || !hook || hook == rest + 1 || !hook[1])
		return false;
	member = g_strndup(rest + 1, (gsize)(hook - rest - 1));
	row->member = name_of(member);
	row->tag = name_of(hook + 1);
	g_free(member);
	return true;
}

/* "name:2", "struct.member", "struct.*", "caller>callee", "name:$1_show,..." */
static bool parse_spelling(struct row *row)
{
	char *rest = row->spelling + strcspn(row->spelling, ":.>");
	char *name = g_strndup(row->spelling, (gsize)(rest - row->spelling));
	bool ok = *name;
	char *end;

	if (ok)
		row->name = name_of(name);
	g_free(name);
	switch (row->subject) {
	case SUBJECT_ARGUMENT:
		row->number = *rest == ':' ? (int)strtol(rest + 1, &end, 10) - 1
			: -1;
		return ok && row->number >= 0 && !*end;
	case SUBJECT_PASTED:
		if (*rest != ':' || !rest[1])
			return false;
		row->formats = g_strsplit(rest + 1, ",", -1);
		return ok;
	case SUBJECT_SETUP:
		return ok && parse_setup(row, rest);
	case SUBJECT_MEMBER:
	case SUBJECT_CALL:
		if (*rest != (row->subject == SUBJECT_CALL ? '>' : '.') ||
		    !rest[1])
			return false;
		if (strcmp(rest + 1, "*"))
			row->member = name_of(rest + 1);
		return ok;
	default:
		return ok && !*rest;
	}
}

/* Split off the next field of *@line. */
static char *field(char **line)
{
	char *start = *line + strspn(*line, " \t");
	char *end = start + strcspn(start, " \t");

	if (start == end)
		return NULL;
	*line = *end ? end + 1 : end;
	*end = '\0';
	return start;
}

static struct row *parse_row(char *line)
{
	struct row *row = g_new0(struct row, 1);
	char *contexts = field(&line);
	char *subject = field(&line);
	char *spelling = field(&line);

	if (contexts && subject && spelling) {
		row->spelling = g_strdup(spelling);
		row->reason = g_strdup(g_strstrip(line));
		if (parse_contexts(contexts, &row->contexts) &&
		    parse_subject(subject, &row->subject) &&
		    parse_spelling(row) && *row->reason)
			return row;
	}
	row_free(row);
	return NULL;
}

/* "kind name root reason": root is "-", "root:PARAMETER" or "with:WORD". */
static struct lookup *parse_lookup(char *line)
{
	struct lookup *lookup = g_new0(struct lookup, 1);
	char *kind = field(&line);
	char *name = field(&line);
	char *root = field(&line);

	if (kind && name && root && *g_strstrip(line)) {
		lookup->spelling = g_strdup(name);
		lookup->name = name_of(name);
		lookup->reason = g_strdup(line);
		lookup->is_helper = !strcmp(kind, "helper");
		lookup->is_init = !strcmp(root, "init");
		if (g_str_has_prefix(root, "with:") && root[5])
			lookup->needs = g_strdup(root + 5);
		else if (g_str_has_prefix(root, "root:") && root[5])
			lookup->root = g_strdup(root + 5);
		if ((lookup->is_helper || !strcmp(kind, "interface")) &&
		    (lookup->needs || lookup->root || lookup->is_init ||
		     !strcmp(root, "-")))
			return lookup;
	}
	lookup_free(lookup);
	return NULL;
}

/* "family name struct.member reason", "alias name name reason" */
static struct row *parse_family(const char *kind, const char *name,
				const char *member, const char *reason)
{
	struct row *row = g_new0(struct row, 1);
	const char *dot = strchr(member, '.');
	bool is_family = !strcmp(kind, "family");
	char *tag;

	row->subject = is_family ? SUBJECT_FAMILY : SUBJECT_ALIAS;
	row->spelling = g_strdup(name);
	row->name = name_of(name);
	row->reason = g_strdup(reason);
	if (!is_family) {
		row->member = name_of(member);
		return row;
	}
	if (!dot || dot == member || !dot[1] || !*reason) {
		row_free(row);
		return NULL;
	}
	tag = g_strndup(member, (gsize)(dot - member));
	row->tag = name_of(tag);
	row->member = name_of(dot + 1);
	g_free(tag);
	return row;
}

/* "register|run name:head[:object] struct.member reason" */
static struct row *parse_chain(char *line)
{
	struct row *row = g_new0(struct row, 1);
	char *kind = field(&line);
	char *subject = field(&line);
	char *member = field(&line);
	char **parts = g_strsplit(subject ? subject : "", ":", 3);
	char *dot = member ? strchr(member, '.') : NULL;
	guint count = g_strv_length(parts);
	bool is_register = kind && !strcmp(kind, "register");

	if (member && (!strcmp(kind, "family") || !strcmp(kind, "alias"))) {
		g_strfreev(parts);
		row_free(row);
		return parse_family(kind, subject, member, g_strstrip(line));
	}

	if (dot && dot > member && dot[1] && *g_strstrip(line) && **parts &&
	    count == (is_register ? 3 : 2) &&
	    (is_register || !strcmp(kind, "run"))) {
		row->subject = is_register ? SUBJECT_REGISTER : SUBJECT_RUN;
		row->spelling = g_strdup(parts[0]);
		row->name = name_of(parts[0]);
		row->number = atoi(parts[1]) - 1;
		row->object = is_register ? atoi(parts[2]) - 1 : 0;
		row->reason = g_strdup(line);
		row->member = name_of(dot + 1);
		*dot = '\0';
		row->tag = name_of(member);
	}
	g_strfreev(parts);
	if (row->spelling && row->number >= 0 && row->object >= 0)
		return row;
	row_free(row);
	return NULL;
}

static void index_name(GHashTable *by_name, name_t name, gpointer row)
{
	gint64 key = (gint64)name;
	GPtrArray *list = g_hash_table_lookup(by_name, &key);

	if (!list) {
		list = g_ptr_array_new();
		g_hash_table_insert(by_name, g_memdup2(&key, sizeof(key)),
				    list);
	}
	g_ptr_array_add(list, row);
}

/* Put continuation lines to the lines that they continue; comments go. */
static char **logical_lines(const char *text)
{
	char **lines = g_strsplit(text, "\n", -1);
	guint at = 0;

	for (guint i = 0; lines[i]; i++) {
		if (*lines[i] == '#' || !*lines[i]) {
			*lines[i] = '\0';
			continue;
		}
		if (g_ascii_isspace(*lines[i])) {
			if (*lines[at]) {
				char *joined = g_strconcat(lines[at], " ",
					g_strstrip(lines[i]), NULL);

				g_free(lines[at]);
				lines[at] = joined;
			}
			*lines[i] = '\0';
			continue;
		}
		at = i;
	}
	return lines;
}

/* Read one table; @rows or @lookups takes what is in it. */
static bool read_table(struct tables *tables, const char *folder,
		       const char *name, GPtrArray *rows, char **error)
{
	char *path = g_build_filename(folder, name, NULL);
	GError *failure = NULL;
	char **lines = NULL;
	char *text = NULL;
	bool ok = true;

	if (!g_file_get_contents(path, &text, NULL, &failure)) {
		*error = g_strdup(failure->message);
		g_error_free(failure);
		g_free(path);
		return false;
	}
	lines = logical_lines(text);
	for (guint i = 0; lines[i] && ok; i++) {
		struct lookup *lookup = NULL;
		struct row *row = NULL;

		if (!*lines[i])
			continue;
		if (rows == tables->lookups) {
			lookup = parse_lookup(lines[i]);
			if (lookup) {
				lookup->line = i + 1;
				g_ptr_array_add(rows, lookup);
				index_name(tables->lookup_by_name,
					   lookup->name, lookup);
			}
		} else {
			row = rows == tables->chains ?
				parse_chain(lines[i]) : parse_row(lines[i]);
			if (row) {
				row->table = name;
				row->line = i + 1;
				g_ptr_array_add(rows, row);
				index_name(tables->by_name, row->name, row);
			}
		}
		ok = row || lookup;
		if (!ok)
			*error = g_strdup_printf("%s:%u: this row cannot be read (the file's head says what a row is)",
						 path, i + 1);
	}
	g_strfreev(lines);
	g_free(text);
	g_free(path);
	return ok;
}

static void list_free(gpointer data)
{
	g_ptr_array_unref(data);
}

struct tables *tables_read(const char *folder, char **error)
{
	struct tables *tables = g_new0(struct tables, 1);

	tables->entries = g_ptr_array_new_with_free_func(row_free);
	tables->barriers = g_ptr_array_new_with_free_func(row_free);
	tables->private_fs = g_ptr_array_new_with_free_func(row_free);
	tables->chains = g_ptr_array_new_with_free_func(row_free);
	tables->lookups = g_ptr_array_new_with_free_func(lookup_free);
	tables->by_name = g_hash_table_new_full(g_int64_hash, g_int64_equal,
						g_free, list_free);
	tables->lookup_by_name = g_hash_table_new_full(g_int64_hash,
						       g_int64_equal, g_free,
						       list_free);
	if (read_table(tables, folder, "entries.tab", tables->entries, error) &&
	    read_table(tables, folder, "barriers.tab", tables->barriers,
		       error) &&
	    read_table(tables, folder, "private-fs.tab", tables->private_fs,
		       error) &&
	    read_table(tables, folder, "chains.tab", tables->chains, error) &&
	    read_table(tables, folder, "lookups.tab", tables->lookups, error))
		return tables;
	tables_free(tables);
	return NULL;
}

void tables_free(struct tables *tables)
{
	if (!tables)
		return;
	g_hash_table_unref(tables->by_name);
	g_hash_table_unref(tables->lookup_by_name);
	g_ptr_array_unref(tables->entries);
	g_ptr_array_unref(tables->barriers);
	g_ptr_array_unref(tables->private_fs);
	g_ptr_array_unref(tables->chains);
	g_ptr_array_unref(tables->lookups);
	g_free(tables);
}

const struct row *tables_find(const struct tables *tables,
			      const GPtrArray *table, enum subject subject,
			      name_t name, const struct row *after)
{
	gint64 key = (gint64)name;
	const GPtrArray *list = g_hash_table_lookup(tables->by_name, &key);
	const char *file = table == tables->entries ? "entries.tab" :
		table == tables->barriers ? "barriers.tab" :
		table == tables->chains ? "chains.tab" : "private-fs.tab";

	for (guint i = 0; list && i < list->len; i++) {
		const struct row *row = list->pdata[i];

		if (after) {
			if (row == after)
				after = NULL;
			continue;
		}
		if (row->subject == subject && !strcmp(row->table, file))
			return row;
	}
	return NULL;
}

const struct lookup *tables_lookup(const struct tables *tables, name_t name)
{
	gint64 key = (gint64)name;
	const GPtrArray *list = g_hash_table_lookup(tables->lookup_by_name,
						    &key);

	return list ? list->pdata[0] : NULL;
}
