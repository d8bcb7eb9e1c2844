// SPDX-License-Identifier: GPL-2.0-only
/* The step table from the headers of the semantic patches; see step.h. */
#include "step.h"

#include <string.h>

static void rule_free(gpointer data)
{
	struct rule *rule = data;

	g_ptr_array_unref(rule->names);
	g_free(rule->parameter);
	g_free(rule->literal);
	g_free(rule);
}

static void step_free(gpointer data)
{
	struct step *step = data;

	g_free(step->name);
	g_free(step->path);
	g_free(step->subject);
	g_free(step->description);
	g_ptr_array_unref(step->rules);
	g_free(step);
}

static struct rule *add_rule(struct step *step, enum rule_kind kind,
			     char **words)
{
	struct rule *rule = g_new0(struct rule, 1);

	rule->kind = kind;
	rule->names = g_ptr_array_new_with_free_func(g_free);
	for (; *words; words++)
		g_ptr_array_add(rule->names, g_strdup(*words));
	g_ptr_array_add(step->rules, rule);
	return rule;
}

static bool read_removed_argument(struct step *step, char **words, guint count)
{
	struct rule *rule;
	guint64 position, format;

	if (count < 5 ||
	    !g_ascii_string_to_unsigned(words[1], 10, 1, 64, &position, NULL) ||
	    !g_ascii_string_to_unsigned(words[3], 10, 1, 64, &format, NULL))
		return false;
	rule = add_rule(step, RULE_REMOVED_ARGUMENT, words + 4);
	rule->parameter = g_strdup(words[0]);
	rule->position = (unsigned int)position;
	rule->format = (unsigned int)format;
	rule->literal = g_strdup(words[2]);
	return true;
}

static bool read_removed_name(struct step *step, char **words, guint count)
{
	if (!count)
		return false;
	add_rule(step, RULE_REMOVED_NAME, words);
	return true;
}

static bool read_removed_member(struct step *step, char **words, guint count)
{
	struct rule *rule;
	char *only[] = { count == 2 ? words[0] : NULL, NULL };

	if (count != 2)
		return false;
	rule = add_rule(step, RULE_REMOVED_MEMBER, only);
	rule->parameter = g_strdup(words[1]);
	return true;
}

static bool read_optional(struct step *step, char **words, guint count)
{
	if (count != 1 || strcmp(words[0], "yes"))
		return false;
	step->optional = true;
	return true;
}

static const struct {
	const char *keyword;
	bool (*read)(struct step *step, char **words, guint count);
} keywords[] = {
	{ "removed-argument", read_removed_argument },
	{ "removed-name", read_removed_name },
	{ "removed-member", read_removed_member },
	{ "optional", read_optional },
};

/* "KEYWORD: WORDS" behind //%. */
static bool read_keyword(struct step *step, const char *line)
{
	const char *colon = strchr(line, ':');
	char **words;
	bool good = false;

	if (!colon)
		return false;
	words = g_strsplit_set(colon + 1, " \t", -1);
	/* Several blanks in a row are one. */
	guint count = 0;

	for (guint i = 0; words[i]; i++) {
		if (*words[i])
			words[count++] = words[i];
		else
			g_free(words[i]);
	}
	words[count] = NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(keywords); i++)
		if (strlen(keywords[i].keyword) == (size_t)(colon - line) &&
		    !strncmp(line, keywords[i].keyword, (size_t)(colon - line)))
			good = keywords[i].read(step, words, count);
	g_strfreev(words);
	return good;
}

static void read_message(struct step *step, GString *description,
			 const char *line)
{
	if (*line == ' ')
		line++;
	if (!step->subject) {
		step->subject = g_strdup(line);
	} else if (description->len || *line) {
		g_string_append(description, line);
		g_string_append_c(description, '\n');
	}
}

/* "//% KEYWORD: ..." and the deeper indented //% lines that go on with it. */
static bool is_continuation(const char *line)
{
	return g_str_has_prefix(line, "//%  ") ||
	       g_str_has_prefix(line, "//%\t");
}

static void read_header(struct step *step, char **lines, GString *description,
			char **error)
{
	for (guint i = 0; lines[i] && !*error; i++) {
		g_strchomp(lines[i]);
		if (g_str_has_prefix(lines[i], "//%")) {
			GString *line = g_string_new(lines[i] + 3);
			guint first = i + 1;

			while (lines[i + 1] && is_continuation(lines[i + 1]))
				g_string_append(line,
						g_strchomp(lines[++i]) + 3);
			if (!read_keyword(step, g_strchug(line->str)))
				*error = g_strdup_printf("%s:%u: bad //%% line",
							 step->path, first);
			g_string_free(line, TRUE);
		} else if (g_str_has_prefix(lines[i], "///")) {
			read_message(step, description, lines[i] + 3);
		} else if (!g_str_has_prefix(lines[i], "//") && *lines[i]) {
			break;		/* the rules begin */
		}
	}
}

static struct step *read_step(const char *folder, const char *file,
			      char **error)
{
	struct step *step = g_new0(struct step, 1);
	GString *description = g_string_new(NULL);
	char *text = NULL;
	char **lines = NULL;
	GError *failure = NULL;

	step->rules = g_ptr_array_new_with_free_func(rule_free);
	step->name = g_strndup(file, strlen(file) - strlen(".cocci"));
	step->path = g_build_filename(folder, file, NULL);
	if (!g_file_get_contents(step->path, &text, NULL, &failure)) {
		*error = g_strdup(failure->message);
		g_error_free(failure);
		goto out;
	}
	lines = g_strsplit(text, "\n", -1);
	read_header(step, lines, description, error);
	if (!*error && (!step->subject || !step->rules->len))
		*error = g_strdup_printf("%s: no /// subject or no //%% line in the header",
					 step->path);
out:
	g_strfreev(lines);
	g_free(text);
	step->description = g_string_free(description, FALSE);
	if (!*error)
		return step;
	step_free(step);
	return NULL;
}

/* NN-name.cocci or NNx-name.cocci. */
static bool is_step_name(const char *name)
{
	if (!g_ascii_isdigit(name[0]) || !g_ascii_isdigit(name[1]))
		return false;
	name += g_ascii_islower(name[2]) ? 3 : 2;
	return *name == '-' && g_str_has_suffix(name, ".cocci");
}

static int compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *steps_read(const char *folder, char **error)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	GPtrArray *steps = g_ptr_array_new_with_free_func(step_free);
	GError *failure = NULL;
	GDir *dir = g_dir_open(folder, 0, &failure);
	const char *name;

	*error = NULL;
	if (!dir) {
		*error = g_strdup(failure->message);
		g_error_free(failure);
	} else {
		while ((name = g_dir_read_name(dir)))
			if (is_step_name(name))
				g_ptr_array_add(names, g_strdup(name));
		g_dir_close(dir);
	}
	g_ptr_array_sort(names, compare_names);
	for (guint i = 0; i < names->len && !*error; i++) {
		struct step *step = read_step(folder, names->pdata[i], error);

		if (step)
			g_ptr_array_add(steps, step);
	}
	if (!*error && !steps->len)
		*error = g_strdup_printf("%s: no semantic patch there", folder);
	g_ptr_array_unref(names);
	if (!*error)
		return steps;
	g_ptr_array_unref(steps);
	return NULL;
}

struct step *steps_find(const GPtrArray *steps, const char *name)
{
	size_t len = strlen(name);

	for (guint i = 0; i < steps->len; i++) {
		struct step *step = steps->pdata[i];

		if (!strcmp(step->name, name) ||
		    (len && !strncmp(step->name, name, len) &&
		     step->name[len] == '-' && !strchr(name, '-')))
			return step;
	}
	return NULL;
}

GPtrArray *step_words(const struct step *step)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < step->rules->len; i++) {
		const struct rule *rule = step->rules->pdata[i];

		for (guint k = 0; k < rule->names->len; k++)
			g_ptr_array_add(words, g_strdup(rule->names->pdata[k]));
	}
	return words;
}

char *steps_folder(char **error)
{
	const char *set = g_getenv("KTHREAD_COCCI_DIR");
	static const char *const places[] = {
		"../cocci", "../share/kthread-cocci/cocci", "../../cocci",
	};
	char *program = g_file_read_link("/proc/self/exe", NULL);
	char *bin = g_path_get_dirname(program ? program : ".");
	char *folder = NULL;

	if (set && *set)
		folder = g_strdup(set);
	for (size_t i = 0; i < G_N_ELEMENTS(places) && !folder; i++) {
		char *path = g_build_filename(bin, places[i], NULL);

		if (g_file_test(path, G_FILE_TEST_IS_DIR))
			folder = g_canonicalize_filename(path, NULL);
		g_free(path);
	}
	g_free(bin);
	g_free(program);
	if (!folder)
		*error = g_strdup("the semantic patches are not where the program expects them: set KTHREAD_COCCI_DIR to the folder cocci/");
	return folder;
}
