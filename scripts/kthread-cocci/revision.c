// SPDX-License-Identifier: GPL-2.0-only
/*
 * An old state of the tree; see revision.h.
 *
 * git tells which files differ and hands out the old contents of those that
 * the tree lists, all in one go.  The tree may be a folder of a larger
 * repository: git is run in it and told to speak of paths below it only.
 */
#include "revision.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "git.h"
#include "message.h"
#include "scratch.h"

/* A line of git diff --raw. */
struct difference {
	char *path;
	char *object;		/* the old contents; NULL: there were none */
};

struct revision {
	const struct tree *tree;
	struct git git;
	GHashTable *contents;	/* as tree_with() wants them */
	GPtrArray *wanted;	/* struct difference with contents to fetch */
	struct findings *findings;
};

static void difference_free(gpointer data)
{
	struct difference *difference = data;

	g_free(difference->path);
	g_free(difference->object);
	g_free(difference);
}

static void fail(const struct git_result *result, const char *what)
{
	char *complaint = git_complaint(result);

	die("git %s failed: %s", what,
	    *complaint ? complaint : "it does not say why");
}

/* Die where git does not look after the tree. */
static void need_repository(const struct git *git)
{
	struct git_result result = git_call(git, "rev-parse",
					    "--is-inside-work-tree", NULL);

	if (result.status) {
		char *complaint = git_complaint(&result);

		die("--diff: %s: %s", git->folder, complaint);
	}
	if (!g_str_has_prefix(git_text(&result), "true"))
		die("--diff: %s is not in the work tree of a git repository",
		    git->folder);
	git_result_clear(&result);
	result = git_call(git, "ls-files", "-z", NULL);
	if (result.status)
		fail(&result, "ls-files");
	if (!g_bytes_get_size(result.output))
		die("--diff: %s: git looks after no file of this folder",
		    git->folder);
	git_result_clear(&result);
}

static bool is_shallow(const struct git *git)
{
	struct git_result result = git_call(git, "rev-parse",
					    "--is-shallow-repository", NULL);
	bool shallow = g_str_has_prefix(git_text(&result), "true");

	git_result_clear(&result);
	return shallow;
}

char *revision_find(const struct tree *tree, const char *revision)
{
	struct git git = { .folder = tree->root };
	char *name = g_strconcat(revision, "^{commit}", NULL);
	struct git_result result;
	char *commit;

	need_repository(&git);
	result = git_call(&git, "rev-parse", "--verify", "--quiet",
			  "--end-of-options", name, NULL);
	if (result.status || !*revision)
		die("--diff: '%s' is no commit of this repository%s", revision,
		    is_shallow(&git) ? " (the clone is shallow)" : "");
	commit = git_line(&result);
	git_result_clear(&result);
	g_free(name);
	return commit;
}

/* A change of the file at @path, which the old tree had as @object or not. */
static void add_difference(struct revision *revision, const char *path,
			   const char *object)
{
	struct difference *difference;

	if (!tree_lists(path) ||
	    (!object && g_hash_table_contains(revision->contents, path)))
		return;
	g_hash_table_insert(revision->contents, g_strdup(path), NULL);
	if (!object)
		return;
	difference = g_new0(struct difference, 1);
	difference->path = g_strdup(path);
	difference->object = g_strdup(object);
	g_ptr_array_add(revision->wanted, difference);
}

/* All files below a folder, whose name ends with a slash, are new. */
static void add_new_folder(struct revision *revision, const char *folder)
{
	for (guint i = 0; i < revision->tree->files->len; i++) {
		const struct tree_file *file = revision->tree->files->pdata[i];

		if (g_str_has_prefix(file->path, folder))
			add_difference(revision, file->path, NULL);
	}
}

static void add_submodule(struct revision *revision, const char *path,
			  bool is_new)
{
	char *folder = g_strconcat(path, "/", NULL);

	if (is_new)
		add_new_folder(revision, folder);
	else
		findings_add(revision->findings, FINDING_FAILED, path, 0,
			     "a submodule that has changed: what is new in it cannot be told");
	g_free(folder);
}

/* The modes of links and submodules; files have 100644 or 100755. */
#define MODE_FILE "100"
#define MODE_SUBMODULE "160000"

/* ":OLD-MODE NEW-MODE OLD-OBJECT NEW-OBJECT STATUS", and the path. */
static void add_raw(struct revision *revision, const char *raw,
		    const char *path)
{
	char **fields = g_strsplit(raw + 1, " ", 5);

	if (*raw != ':' || g_strv_length(fields) != 5)
		die("git diff said what is not understood: %s", raw);
	if (!strcmp(fields[0], MODE_SUBMODULE) ||
	    !strcmp(fields[1], MODE_SUBMODULE))
		add_submodule(revision, path,
			      strcmp(fields[0], MODE_SUBMODULE) != 0);
	if (g_str_has_prefix(fields[0], MODE_FILE))
		add_difference(revision, path, fields[2]);
	else
		add_difference(revision, path, NULL);
	g_strfreev(fields);
}

/* The next string of git's -z output; NULL at its end. */
static const char *next(const char **at, const char *end)
{
	const char *string = *at;

	if (string >= end)
		return NULL;
	*at += strlen(string) + 1;
	return string;
}

static void find_differences(struct revision *revision, const char *commit)
{
	struct git_result result = git_call(&revision->git, "diff", "--raw",
		"-z", "--no-renames", "--no-abbrev", "--relative",
		"--no-ext-diff", "--no-textconv",
		"--ignore-submodules=untracked", "--end-of-options", commit,
		"--", ".", NULL);
	const char *at = git_text(&result);
	const char *end = at + g_bytes_get_size(result.output);
	const char *raw, *path;

	if (result.status)
		fail(&result, "diff");
	while ((raw = next(&at, end)) && (path = next(&at, end)))
		add_raw(revision, raw, path);
	git_result_clear(&result);
}

static void find_untracked(struct revision *revision)
{
	struct git_result result = git_call(&revision->git, "ls-files", "-z",
		"--others", "--exclude-standard", NULL);
	const char *at = git_text(&result);
	const char *end = at + g_bytes_get_size(result.output);
	const char *path;

	if (result.status)
		fail(&result, "ls-files");
	while ((path = next(&at, end))) {
		/* A repository in the repository. */
		if (g_str_has_suffix(path, "/"))
			add_new_folder(revision, path);
		else
			add_difference(revision, path, NULL);
	}
	git_result_clear(&result);
}

/* A file that lists the objects to fetch; the caller frees its path. */
static char *write_list(const struct revision *revision)
{
	char *path = scratch_path("objects");
	GString *list = g_string_new(NULL);
	GError *error = NULL;

	for (guint i = 0; i < revision->wanted->len; i++) {
		const struct difference *difference =
			revision->wanted->pdata[i];

		g_string_append_printf(list, "%s\n", difference->object);
	}
	if (!g_file_set_contents(path, list->str, (gssize)list->len, &error))
		die("cannot write to the scratch folder: %s", error->message);
	g_string_free(list, TRUE);
	return path;
}

/*
 * At @offset of git's output @all stand "OBJECT blob SIZE", a newline, the bytes
 * and a newline.  The contents stay where they are, the newlines become NULs.
 * Returns where the next object begins.
 */
static gsize take_object(struct revision *revision,
			 const struct difference *difference, GBytes *all,
			 gsize offset)
{
	gsize length;
	char *text = (char *)(uintptr_t)g_bytes_get_data(all, &length);
	char *head = text + offset;
	char *data = memchr(head, '\n', length - offset);
	unsigned long long size;

	if (data)
		*data++ = '\0';
	if (!data || sscanf(head, "%*s blob %llu", &size) != 1 ||
	    size >= (unsigned long long)(text + length - data))
		die("git does not have the old contents of %s",
		    difference->path);
	data[size] = '\0';
	offset = (gsize)(data - text);
	g_hash_table_insert(revision->contents, g_strdup(difference->path),
			    g_bytes_new_from_bytes(all, offset, size));
	return offset + size + 1;
}

static void fetch(struct revision *revision)
{
	char *list = write_list(revision);
	struct git git = { .folder = revision->tree->root, .input = list };
	struct git_result result = git_call(&git, "cat-file", "--batch", NULL);
	gsize length, offset = 0;
	GBytes *all;
	char *text;

	if (result.status)
		fail(&result, "cat-file");
	/* Nobody else holds it, so it may be written to. */
	text = g_bytes_unref_to_data(g_steal_pointer(&result.output), &length);
	all = g_bytes_new_take(text, length);
	for (guint i = 0; i < revision->wanted->len; i++)
		offset = take_object(revision, revision->wanted->pdata[i], all,
				     offset);
	g_bytes_unref(all);
	git_result_clear(&result);
	remove(list);
	g_free(list);
}

static void bytes_free(gpointer bytes)
{
	if (bytes)
		g_bytes_unref(bytes);
}

struct tree *revision_tree(const struct tree *tree, const char *commit,
			   struct findings *findings)
{
	struct revision revision = {
		.tree = tree, .git.folder = tree->root, .findings = findings,
		.contents = g_hash_table_new_full(g_str_hash, g_str_equal,
						  g_free, bytes_free),
		.wanted = g_ptr_array_new_with_free_func(difference_free),
	};
	struct tree *old = NULL;

	find_differences(&revision, commit);
	find_untracked(&revision);
	if (revision.wanted->len)
		fetch(&revision);
	if (g_hash_table_size(revision.contents))
		old = tree_with(tree, revision.contents);
	else
		g_hash_table_unref(revision.contents);
	g_ptr_array_unref(revision.wanted);
	return old;
}
