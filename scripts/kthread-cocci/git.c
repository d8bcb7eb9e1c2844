// SPDX-License-Identifier: GPL-2.0-only
/* Running git in the user's repository; see git.h. */
#include "git.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "message.h"
#include "process.h"
#include "scratch.h"

/*
 * What names a repository (git rev-parse --local-env-vars, without the
 * settings) or changes what git prints.
 */
static const char *const dropped[] = {
	"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR",
	"GIT_DIFF_OPTS", "GIT_EXTERNAL_DIFF", "GIT_GLOB_PATHSPECS",
	"GIT_GRAFT_FILE", "GIT_ICASE_PATHSPECS", "GIT_IMPLICIT_WORK_TREE",
	"GIT_INDEX_FILE", "GIT_INTERNAL_SUPER_PREFIX",
	"GIT_LITERAL_PATHSPECS", "GIT_NAMESPACE", "GIT_NOGLOB_PATHSPECS",
	"GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX",
	"GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
};

static const char *const set[] = {
	"LC_ALL=C", "GIT_PAGER=cat", "GIT_TERMINAL_PROMPT=0", "GIT_EDITOR=:",
	"GIT_OPTIONAL_LOCKS=0",
};

static char **set_variable(char **environment, const char *variable)
{
	const char *value = strchr(variable, '=');
	char *name;

	if (!value)
		return environment;
	name = g_strndup(variable, (gsize)(value - variable));
	environment = g_environ_setenv(environment, name, value + 1, TRUE);
	g_free(name);
	return environment;
}

static char **make_environment(const char *const *more)
{
	char **environment = g_get_environ();

	for (size_t i = 0; i < G_N_ELEMENTS(dropped); i++)
		environment = g_environ_unsetenv(environment, dropped[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(set); i++)
		environment = set_variable(environment, set[i]);
	for (; more && *more; more++)
		environment = set_variable(environment, *more);
	return environment;
}

/* A file in the scratch folder that no other call uses. */
static char *new_path(const char *what)
{
	static gint calls;
	char *name = g_strdup_printf("git-%d-%s",
				     g_atomic_int_add(&calls, 1), what);
	char *path = scratch_path(name);

	g_free(name);
	return path;
}

/* The contents of a file, which is removed. */
static GBytes *take_file(const char *path)
{
	GError *error = NULL;
	char *data;
	gsize len;

	if (!g_file_get_contents(path, &data, &len, &error))
		die("cannot read git's output: %s", error->message);
	remove(path);
	return g_bytes_new_take(data, len);
}

struct git_result git_run(const struct git *git, const char *const *arguments)
{
	GPtrArray *argv = g_ptr_array_new();
	char **environment = make_environment(git->environment);
	char *output = new_path("stdout"), *errors = new_path("stderr");
	struct process process = {
		.directory = git->folder, .input = git->input,
		.environment = (const char *const *)environment,
		.output = output, .errors = errors,
	};
	struct process_result ended;
	struct git_result result = { .status = -1 };
	GBytes *said;

	g_ptr_array_add(argv, (gpointer)"git");
	for (; *arguments; arguments++)
		g_ptr_array_add(argv, (gpointer)*arguments);
	g_ptr_array_add(argv, NULL);
	process.argv = (const char *const *)argv->pdata;
	ended = process_run(&process);
	if (ended.error)
		die("cannot run git: %s (Debian: apt-get install git)",
		    g_strerror(ended.error));
	if (WIFEXITED(ended.status))
		result.status = WEXITSTATUS(ended.status);
	result.output = take_file(output);
	said = take_file(errors);
	result.errors = g_strchomp(g_strdup(g_bytes_get_data(said, NULL)));
	g_bytes_unref(said);
	g_strfreev(environment);
	g_ptr_array_unref(argv);
	g_free(output);
	g_free(errors);
	return result;
}

struct git_result git_call(const struct git *git, ...)
{
	GPtrArray *arguments = g_ptr_array_new();
	struct git_result result;
	const char *argument;
	va_list list;

	va_start(list, git);
	do {
		argument = va_arg(list, const char *);
		g_ptr_array_add(arguments, (gpointer)argument);
	} while (argument);
	va_end(list);
	result = git_run(git, (const char *const *)arguments->pdata);
	g_ptr_array_unref(arguments);
	return result;
}

const char *git_text(const struct git_result *result)
{
	return g_bytes_get_data(result->output, NULL);
}

char *git_line(const struct git_result *result)
{
	char *line = g_strdup(git_text(result));
	size_t len = strlen(line);

	while (len && line[len - 1] == '\n')
		line[--len] = '\0';
	return line;
}

char *git_complaint(const struct git_result *result)
{
	size_t len = strcspn(result->errors, "\n");
	char *line = g_strndup(result->errors, len);
	char *text = printable(line);

	g_free(line);
	return text;
}

void git_result_clear(struct git_result *result)
{
	g_clear_pointer(&result->output, g_bytes_unref);
	g_clear_pointer(&result->errors, g_free);
}
