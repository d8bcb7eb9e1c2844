// SPDX-License-Identifier: GPL-2.0-only
/* The step table from the headers of the semantic patches; see step.h. */
#include "step.h"

#include <string.h>

static void step_free(gpointer data)
{
	struct step *step = data;

	g_free(step->name);
	g_free(step->path);
	g_free(step->subject);
	g_free(step->description);
	g_ptr_array_unref(step->rules);
	g_hash_table_unref(step->texts);
	g_free(step);
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

static bool read_rule(struct step *step, char ***line)
{
	GString *text = g_string_new(**line + 3);
	struct rule *rule;

	while ((*line)[1] && is_continuation((*line)[1]))
		g_string_append(text, g_strchomp(*++*line) + 3);
	rule = rule_read(g_strchug(text->str));
	g_string_free(text, TRUE);
	if (rule)
		g_ptr_array_add(step->rules, rule);
	return rule;
}

/* "//> NAME" and the //| lines behind it. */
static bool read_text(struct step *step, char ***line)
{
	char *name = g_strstrip(g_strdup(**line + 3));
	GString *text = g_string_new(NULL);

	while ((*line)[1] && g_str_has_prefix((*line)[1], "//|")) {
		const char *rest = g_strchomp(*++*line) + 3;

		g_string_append(text, *rest == ' ' ? rest + 1 : rest);
		g_string_append_c(text, '\n');
	}
	if (!*name || !text->len) {
		g_free(name);
		g_string_free(text, TRUE);
		return false;
	}
	g_hash_table_replace(step->texts, name, g_string_free(text, FALSE));
	return true;
}

static void read_header(struct step *step, char **lines, GString *description,
			char **error)
{
	for (char **line = lines; *line && !*error; line++) {
		unsigned int number = (unsigned int)(line - lines) + 1;
		bool good = true;

		g_strchomp(*line);
		if (g_str_has_prefix(*line, "//%"))
			good = read_rule(step, &line);
		else if (g_str_has_prefix(*line, "//>"))
			good = read_text(step, &line);
		else if (g_str_has_prefix(*line, "///"))
			read_message(step, description, *line + 3);
		else if (!g_str_has_prefix(*line, "//") && **line)
			break;		/* the rules begin */
		if (!good)
			*error = g_strdup_printf("%s:%u: bad //%c line",
						 step->path, number,
						 (lines[number - 1])[2]);
	}
}

/* Does any rule say what the step changes, and not only where? */
static bool has_subject_matter(const struct step *step)
{
	for (guint i = 0; i < step->rules->len; i++) {
		const struct rule *rule = step->rules->pdata[i];

		if (rule->kind != RULE_OPTIONAL &&
		    rule->kind != RULE_LOCAL && rule->kind != RULE_NEEDS &&
		    rule->kind != RULE_UNLESS && rule->kind != RULE_FORMAT &&
		    rule->kind != RULE_SPLIT)
			return true;
	}
	return false;
}

/* The first block that the rules name and the header does not have, or NULL. */
static char *missing_text(const struct step *step, char **lines)
{
	for (; *lines; lines++) {
		const char *name = strstr(*lines, "int TEXT_");
		char *block;
		bool found;

		if (**lines != '+' || !name)
			continue;
		name += strlen("int TEXT_");
		block = g_strndup(name, strcspn(name, ";"));
		found = g_hash_table_contains(step->texts, block);
		if (!found)
			return block;
		g_free(block);
	}
	return NULL;
}

static struct step *read_step(const char *folder, const char *file,
			      char **error)
{
	struct step *step = g_new0(struct step, 1);
	GString *description = g_string_new(NULL);
	char *text = NULL, *missing;
	char **lines = NULL;
	GError *failure = NULL;

	step->rules = g_ptr_array_new_with_free_func(rule_free);
	step->texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					    g_free);
	step->name = g_strndup(file, strlen(file) - strlen(".cocci"));
	step->path = g_build_filename(folder, file, NULL);
	if (!g_file_get_contents(step->path, &text, NULL, &failure)) {
		*error = g_strdup(failure->message);
		g_error_free(failure);
		goto out;
	}
	lines = g_strsplit(text, "\n", -1);
	read_header(step, lines, description, error);
	missing = *error ? NULL : missing_text(step, lines);
	if (missing)
		*error = g_strdup_printf("%s: there is no text block '%s'",
					 step->path, missing);
	g_free(missing);
	if (!*error && (!step->subject || !has_subject_matter(step)))
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

const struct rule *step_rule(const struct step *step, enum rule_kind kind)
{
	for (guint i = 0; i < step->rules->len; i++) {
		const struct rule *rule = step->rules->pdata[i];

		if (rule->kind == kind)
			return rule;
	}
	return NULL;
}

bool step_is_optional(const struct step *step)
{
	return step_rule(step, RULE_OPTIONAL);
}

bool step_brings(const struct step *step, const char *names)
{
	char **each = g_strsplit(names, "|", -1);
	bool brings = false;

	for (guint i = 0; i < step->rules->len; i++) {
		const struct rule *rule = step->rules->pdata[i];

		if (rule->kind != RULE_INSIDE && rule->kind != RULE_BESIDE)
			continue;
		for (guint k = 0; k < rule->wanted->len; k++)
			brings |= g_strv_contains((const char *const *)each,
						  rule->wanted->pdata[k]);
	}
	g_strfreev(each);
	return brings;
}

bool step_is_for_module(const struct step *step)
{
	return step_rule(step, RULE_SITES) ||
	       step_rule(step, RULE_REMOVED_ARGUMENT) ||
	       step_rule(step, RULE_ADDED_ARGUMENT) ||
	       step_rule(step, RULE_STRUCT_ARGUMENT);
}

bool step_adds(const struct step *step)
{
	for (guint i = 0; i < step->rules->len; i++)
		if (rule_adds(step->rules->pdata[i]))
			return true;
	return false;
}

GPtrArray *step_words(const struct step *step)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < step->rules->len; i++) {
		const struct rule *rule = step->rules->pdata[i];

		for (guint k = 0; k < rule->names->len; k++) {
			char **each = g_strsplit(rule->names->pdata[k], "|",
						 -1);

			for (char **name = each; *name; name++)
				g_ptr_array_add(words, g_strdup(*name));
			g_strfreev(each);
		}
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
