// SPDX-License-Identifier: GPL-2.0-only
/* The headers of the semantic patches: what they say, and what is wrong. */
#include "step.h"

#include "unit.h"

/* Read one step from a file with @text; NULL with @error set. */
static GPtrArray *read_text(const char *text, char **error)
{
	char *folder = unit_folder();
	GPtrArray *steps;

	unit_put(folder, "01-name.cocci", text);
	steps = steps_read(folder, error);
	unit_remove(folder);
	return steps;
}

/* The same for a text that is good; the caller frees the steps. */
static const struct step *read_good(const char *text, GPtrArray **steps)
{
	char *error = NULL;

	*steps = read_text(text, &error);
	g_assert_cmpstr(error, ==, NULL);
	if (!*steps)
		exit(1);
	g_assert_cmpuint((*steps)->len, ==, 1);
	return (*steps)->pdata[0];
}

/* The rules as text. */
static void assert_rules(const char *text, const char *expected)
{
	GPtrArray *steps;
	const struct step *step = read_good(text, &steps);
	GString *list = g_string_new(NULL);

	for (guint i = 0; i < step->rules->len; i++) {
		const struct rule *rule = step->rules->pdata[i];

		g_string_append_c(list, "ANM"[rule->kind]);
		if (rule->parameter)
			g_string_append_printf(list, " %s", rule->parameter);
		if (rule->kind == RULE_REMOVED_ARGUMENT)
			g_string_append_printf(list, " %u %s %u",
					       rule->position, rule->literal,
					       rule->format);
		for (guint k = 0; k < rule->names->len; k++)
			g_string_append_printf(list, " [%s]",
				(char *)rule->names->pdata[k]);
		g_string_append_c(list, '\n');
	}
	g_assert_cmpstr(list->str, ==, expected);
	g_string_free(list, TRUE);
	g_ptr_array_unref(steps);
}

static void test_message(void)
{
	GPtrArray *steps;
	const struct step *step = read_good(
		"// SPDX-License-Identifier: GPL-2.0-only\n"
		"/// kthread: subject\n///\n/// First line.\n///   indented\n"
		"///\n/// Last.\n//# not this\n//% removed-name: X\n"
		"\nvirtual patch\n/// nor this\n", &steps);

	g_assert_cmpstr(step->name, ==, "01-name");
	g_assert_true(g_str_has_suffix(step->path, "/01-name.cocci"));
	g_assert_cmpstr(step->subject, ==, "kthread: subject");
	g_assert_cmpstr(step->description, ==,
			"First line.\n  indented\n\nLast.\n");
	g_assert_false(step_is_optional(step));
	g_ptr_array_unref(steps);
}

static void test_subject_only(void)
{
	GPtrArray *steps;
	const struct step *step = read_good("///subject \r\n"
					    "//% removed-name: X\r\n"
					    "//% optional: yes", &steps);

	g_assert_cmpstr(step->subject, ==, "subject");
	g_assert_cmpstr(step->description, ==, "");
	g_assert_true(step_is_optional(step));
	g_ptr_array_unref(steps);
}

static void test_rules(void)
{
	assert_rules("/// s\n//% removed-argument: flags 2 0 3 f g\n"
		     "//% removed-name: A B\n//% removed-member: s m\n",
		     "A flags 2 0 3 [f] [g]\nN [A] [B]\nM m [s]\n");
	assert_rules("/// s\n//%removed-name:A\n//% removed-name: \t B  C \n",
		     "N [A]\nN [B] [C]\n");
}

static void test_continuations(void)
{
	assert_rules("/// s\n//% removed-argument: flags 1 0 1 f\n"
		     "//%     g\n//%\th\n//% removed-name: A\n//%   B\n",
		     "A flags 1 0 1 [f] [g] [h]\nN [A] [B]\n");
	assert_rules("/// s\n//% removed-name: A\n//#\n//% removed-name: B\n",
		     "N [A]\nN [B]\n");
	/* The keyword may stand alone. */
	assert_rules("/// s\n//% removed-name:\n//%     A\n", "N [A]\n");
}

/* Behind the first line that is no comment there is no header. */
static void test_end_of_header(void)
{
	assert_rules("/// s\n\n//\n//% removed-name: A\n@r@\n"
		     "//% removed-name: B\n//% nonsense\n", "N [A]\n");
}

/* The error names the file; @expected is what follows. */
static void assert_error(const char *text, const char *expected)
{
	char *error = NULL;
	GPtrArray *steps = read_text(text, &error);

	g_assert_null(steps);
	g_assert_nonnull(error);
	if (error && !g_str_has_suffix(error, expected))
		g_test_fail_printf("'%s' does not end in '%s'", error,
				   expected);
	g_assert_null(error ? strchr(error, '\n') : NULL);
	if (steps)
		g_ptr_array_unref(steps);
	g_free(error);
}

static void test_bad_lines(void)
{
	static const char *const bad[] = {
		"", "removed-name", "removed-name:", "nonsense: A",
		"removed-nam: A", "removed-names: A", "removed-name : A",
		"optional: no", "optional:", "optional: yes yes",
		"removed-member: s", "removed-member: s m n",
		"removed-argument: flags 1 0 1", "removed-argument: f 0 0 1 f",
		"removed-argument: flags x 0 1 f",
		"removed-argument: flags 1 0 0 f",
		"removed-argument: flags 1 0 create f",
		"removed-argument: flags 65 0 1 f",
		"removed-argument: flags -1 0 1 f",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		char *text = g_strdup_printf("/// s\n//%% %s\n"
					     "//%% removed-name: B\n", bad[i]);

		assert_error(text, "/01-name.cocci:2: bad //% line");
		g_free(text);
	}
}

/* The number is that of the first of several lines. */
static void test_bad_continuation(void)
{
	assert_error("/// s\n//% removed-name: A\n//% removed-member: s\n"
		     "//%   m\n//%   n\n",
		     "/01-name.cocci:3: bad //% line");
}

static void test_incomplete(void)
{
	static const char why[] = "/01-name.cocci: no /// subject or no //% line in the header";

	assert_error("", why);
	assert_error("/// s\n", why);
	assert_error("//% removed-name: A\n", why);
	assert_error("/// s\n//% optional: yes\n", why);
	assert_error("@r@\n/// s\n//% removed-name: A\n", why);
}

static void test_folder(void)
{
	char *folder = unit_folder();
	char *error = NULL;
	GPtrArray *steps = steps_read(folder, &error);

	g_assert_null(steps);
	g_assert_true(g_str_has_prefix(error, folder));
	g_assert_true(g_str_has_suffix(error, ": no semantic patch there"));
	g_clear_pointer(&error, g_free);
	unit_remove(folder);
	g_assert_null(steps_read("/nonexistent/folder", &error));
	g_assert_nonnull(strstr(error, "/nonexistent/folder"));
	g_free(error);
}

static GPtrArray *read_several(void)
{
	static const char *const names[] = {
		"10-later.cocci", "02-first.cocci", "02a-second.cocci",
		"02.cocci", "2-no.cocci", "02-no.h", "xx-no.cocci", "02-no",
		"002-no.cocci", "02A-no.cocci", "macros.h",
	};
	char *folder = unit_folder(), *error = NULL;
	GPtrArray *steps;

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		unit_put(folder, names[i], "/// s\n//% removed-name: A\n");
	steps = steps_read(folder, &error);
	g_assert_cmpstr(error, ==, NULL);
	unit_remove(folder);
	return steps;
}

static void test_order(void)
{
	static const char *const expected[] = {
		"02-first", "02a-second", "10-later",
	};
	GPtrArray *steps = read_several();

	g_assert_cmpuint(steps->len, ==, G_N_ELEMENTS(expected));
	for (guint i = 0; i < MIN(steps->len, G_N_ELEMENTS(expected)); i++)
		g_assert_cmpstr(((struct step *)steps->pdata[i])->name, ==,
				expected[i]);
	g_ptr_array_unref(steps);
}

static void assert_find(const GPtrArray *steps, const char *name,
			const char *expected)
{
	struct step *step = steps_find(steps, name);

	g_assert_cmpstr(step ? step->name : NULL, ==, expected);
}

static void test_find(void)
{
	GPtrArray *steps = read_several();

	assert_find(steps, "02", "02-first");
	assert_find(steps, "02a", "02a-second");
	assert_find(steps, "10", "10-later");
	assert_find(steps, "02-first", "02-first");
	assert_find(steps, "02a-second", "02a-second");
	assert_find(steps, "", NULL);
	assert_find(steps, "0", NULL);
	assert_find(steps, "2", NULL);
	assert_find(steps, "02-", NULL);
	assert_find(steps, "02-fir", NULL);
	assert_find(steps, "02-first.cocci", NULL);
	assert_find(steps, "first", NULL);
	assert_find(steps, "11", NULL);
	g_ptr_array_unref(steps);
}

static void test_words(void)
{
	GPtrArray *steps;
	const struct step *step = read_good(
		"/// s\n//% removed-argument: flags 1 0 1 f g\n"
		"//% removed-name: A\n//% removed-member: type m\n", &steps);
	GPtrArray *words = step_words(step);
	static const char *const expected[] = { "f", "g", "A", "type" };

	g_assert_cmpuint(words->len, ==, G_N_ELEMENTS(expected));
	for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
		bool found = false;

		for (guint k = 0; k < words->len; k++)
			found |= !strcmp(words->pdata[k], expected[i]);
		g_assert_true(found);
	}
	g_ptr_array_unref(words);
	g_ptr_array_unref(steps);
}

static void test_steps_folder(void)
{
	const char *set = g_getenv("KTHREAD_COCCI_DIR");
	char *saved = g_strdup(set), *error = NULL, *folder;

	g_setenv("KTHREAD_COCCI_DIR", "/some/folder", TRUE);
	folder = steps_folder(&error);
	g_assert_cmpstr(folder, ==, "/some/folder");
	g_free(folder);
	/* Depending on where this test program stands there is one or none. */
	g_setenv("KTHREAD_COCCI_DIR", "", TRUE);
	folder = steps_folder(&error);
	if (folder)
		g_assert_true(g_file_test(folder, G_FILE_TEST_IS_DIR));
	else
		g_assert_nonnull(strstr(error, "KTHREAD_COCCI_DIR"));
	g_assert_true(!folder != !error);
	g_free(folder);
	g_free(error);
	if (saved)
		g_setenv("KTHREAD_COCCI_DIR", saved, TRUE);
	else
		g_unsetenv("KTHREAD_COCCI_DIR");
	g_free(saved);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/step/message", test_message);
	g_test_add_func("/step/subject-only", test_subject_only);
	g_test_add_func("/step/rules", test_rules);
	g_test_add_func("/step/continuations", test_continuations);
	g_test_add_func("/step/end-of-header", test_end_of_header);
	g_test_add_func("/step/bad-lines", test_bad_lines);
	g_test_add_func("/step/bad-continuation", test_bad_continuation);
	g_test_add_func("/step/incomplete", test_incomplete);
	g_test_add_func("/step/folder", test_folder);
	g_test_add_func("/step/order", test_order);
	g_test_add_func("/step/find", test_find);
	g_test_add_func("/step/words", test_words);
	g_test_add_func("/step/steps-folder", test_steps_folder);
	return g_test_run();
}
