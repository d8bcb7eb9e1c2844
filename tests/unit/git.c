// SPDX-License-Identifier: GPL-2.0-only
/* git in a repository: results, stdin, the environment that it gets. */
#include "git.h"

#include "unit.h"

/* A repository with no commit. */
static char *make_repository(void)
{
	char *folder = unit_folder();
	struct git git = { .folder = folder };
	struct git_result result = git_call(&git, "init", "-q", NULL);

	g_assert_cmpint(result.status, ==, 0);
	g_assert_cmpstr(result.errors, ==, "");
	git_result_clear(&result);
	return folder;
}

/* Run git in @folder; its line of output where it ends with 0. */
static char *line_of(const char *folder, const char *const *more,
		     const char *command, const char *argument)
{
	struct git git = { .folder = folder, .environment = more };
	struct git_result result = git_call(&git, command, argument, NULL);
	char *line = result.status ? NULL : git_line(&result);

	git_result_clear(&result);
	return line;
}

static void test_failure(void)
{
	char *folder = unit_folder();
	struct git git = { .folder = folder };
	struct git_result result = git_call(&git, "rev-parse", "HEAD", NULL);
	char *complaint = git_complaint(&result);

	g_assert_cmpint(result.status, ==, 128);
	g_assert_cmpstr(git_text(&result), ==, "");
	g_assert_true(g_str_has_prefix(complaint, "fatal: not a git repos"));
	g_assert_null(strchr(complaint, '\n'));
	g_free(complaint);
	git_result_clear(&result);
	unit_remove(folder);
}

/* Bytes come through as they are, both ways. */
static void test_input(void)
{
	char *folder = make_repository();
	char *input = g_build_filename(folder, "in", NULL);
	struct git git = { .folder = folder, .input = input };
	const char *const store[] = {
		"hash-object", "-w", "--stdin", NULL,
	};
	struct git_result result;
	char *name;
	gsize len;

	g_file_set_contents(input, "a\0b\r\n\n", 6, NULL);
	result = git_run(&git, store);
	name = git_line(&result);
	git_result_clear(&result);
	result = git_call(&git, "cat-file", "blob", name, NULL);
	g_bytes_get_data(result.output, &len);
	g_assert_cmpmem(g_bytes_get_data(result.output, NULL), len,
			"a\0b\r\n\n", 6);
	git_result_clear(&result);
	g_free(name);
	g_free(input);
	unit_remove(folder);
}

/* The folder decides, whatever a hook has set. */
static void test_environment(void)
{
	static const char *const more[] = { "GIT_AUTHOR_NAME=a = b", NULL };
	char *folder = make_repository(), *other = make_repository();
	char *git_dir = g_build_filename(other, ".git", NULL);
	char *line, *author;

	g_setenv("GIT_DIR", git_dir, TRUE);
	g_setenv("GIT_WORK_TREE", other, TRUE);
	g_setenv("GIT_AUTHOR_EMAIL", "user@example.org", TRUE);
	line = line_of(folder, NULL, "rev-parse", "--show-toplevel");
	g_assert_cmpstr(line, ==, folder);
	author = line_of(folder, more, "var", "GIT_AUTHOR_IDENT");
	g_assert_nonnull(author);
	g_assert_true(g_str_has_prefix(author, "a = b <user@example.org> "));
	g_unsetenv("GIT_DIR");
	g_unsetenv("GIT_WORK_TREE");
	g_unsetenv("GIT_AUTHOR_EMAIL");
	g_free(author);
	g_free(line);
	g_free(git_dir);
	unit_remove(other);
	unit_remove(folder);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/git/failure", test_failure);
	g_test_add_func("/git/input", test_input);
	g_test_add_func("/git/environment", test_environment);
	return g_test_run();
}
