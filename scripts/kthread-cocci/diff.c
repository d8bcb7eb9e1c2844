// SPDX-License-Identifier: GPL-2.0-only
/*
 * Diffs by git; see diff.h.
 *
 * Both sides of each changed file are laid out below folders that are called
 * a and b, so that git finds its own prefixes there.
 */
#include "diff.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "message.h"
#include "process.h"
#include "scratch.h"

static void put(const char *folder, const char *path, GBytes *text, mode_t mode)
{
	char *target = g_build_filename(folder, path, NULL);
	char *parent = g_path_get_dirname(target);
	GError *error = NULL;
	gsize len;
	const char *data = g_bytes_get_data(text, &len);

	if (g_mkdir_with_parents(parent, 0700))
		die("cannot create %s: %s", parent, g_strerror(errno));
	if (!g_file_set_contents_full(target, data, (gssize)len,
				      G_FILE_SET_CONTENTS_NONE,
				      mode & 0111 ? 0755 : 0644, &error))
		die("cannot write to the scratch folder: %s", error->message);
	g_free(parent);
	g_free(target);
}

/* As the kernel's .gitattributes: function names in the hunk headers. */
static char *write_attributes(const char *folder)
{
	char *path = g_build_filename(folder, "attributes", NULL);

	if (!g_file_set_contents(path, "*.c diff=cpp\n*.h diff=cpp\n", -1,
				 NULL))
		die("cannot write to the scratch folder");
	return path;
}

static void run_git(const char *folder, const char *output)
{
	char *attributes = write_attributes(folder);
	char *setting = g_strdup_printf("core.attributesFile=%s", attributes);
	char *path = process_path();
	char *home = g_strdup_printf("HOME=%s", folder);
	/* git looks for a repository in its own folder only, not above. */
	char *above = g_path_get_dirname(folder);
	char *ceiling = g_strdup_printf("GIT_CEILING_DIRECTORIES=%s", above);
	char *errors = g_build_filename(folder, "stderr", NULL);
	const char *const argv[] = {
		"git", "-c", setting, "diff", "--no-index", "--no-prefix",
		"--no-color", "--no-ext-diff", "--no-textconv", "--no-renames",
		"--diff-algorithm=myers", "--", "a", "b", NULL,
	};
	const char *const environment[] = {
		path, home, ceiling, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_CONFIG_GLOBAL=/dev/null", "LC_ALL=C", NULL,
	};
	struct process process = {
		.argv = argv, .directory = folder, .environment = environment,
		.output = output, .errors = errors,
	};
	struct process_result result = process_run(&process);
	char *said = NULL;

	if (result.error)
		die("cannot run git: %s (install the package git)",
		    g_strerror(result.error));
	g_file_get_contents(errors, &said, NULL, NULL);
	/* 1 is git's way to say that there is a difference. */
	if (!WIFEXITED(result.status) || WEXITSTATUS(result.status) > 1)
		die("git diff failed: %s", said ? g_strchomp(said) : "");
	g_free(said);
	g_free(errors);
	g_free(ceiling);
	g_free(above);
	g_free(home);
	g_free(path);
	g_free(setting);
	g_free(attributes);
}

/*
 * Of a new file git has but one side here, and names it twice.  Lines of code
 * begin with a sign, so no other line begins so.
 */
static void name_first_side(char *diff, gsize length)
{
	static const char heads[][16] = { "diff --git b/", "diff --git \"b/" };

	for (char *line = diff; line && line < diff + length;
	     line = memchr(line, '\n', (gsize)(diff + length - line))) {
		line += *line == '\n';
		for (size_t i = 0; i < G_N_ELEMENTS(heads); i++)
			if (g_str_has_prefix(line, heads[i]))
				line[strlen(heads[i]) - 2] = 'a';
	}
}

static void copy_out(const char *path)
{
	GError *error = NULL;
	char *data;
	gsize len;

	if (!g_file_get_contents(path, &data, &len, &error))
		die("cannot read git's output: %s", error->message);
	name_first_side(data, len);
	fwrite(data, 1, len, stdout);
	finish_output();
	g_free(data);
}

void diff_print(struct workspace *workspace)
{
	GPtrArray *changes = workspace_changes(workspace);
	char *folder, *before, *after, *output;

	if (!changes->len) {
		g_ptr_array_unref(changes);
		return;
	}
	folder = scratch_folder("diff");
	before = scratch_folder("diff/a");
	after = scratch_folder("diff/b");
	for (guint i = 0; i < changes->len; i++) {
		const struct change *change = changes->pdata[i];
		struct stat st = { .st_mode = 0644 };

		tree_stat(workspace->tree, change->path, &st);
		if (change->before)
			put(before, change->path, change->before, st.st_mode);
		put(after, change->path, change->after, st.st_mode);
	}
	output = g_build_filename(folder, "stdout", NULL);
	run_git(folder, output);
	copy_out(output);
	remove_folder(folder);
	g_free(output);
	g_free(after);
	g_free(before);
	g_free(folder);
	g_ptr_array_unref(changes);
}
