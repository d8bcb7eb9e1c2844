// SPDX-License-Identifier: GPL-2.0-only
/* Mails; see mails.h. */
#include "series/mails.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "message.h"
#include "scratch.h"

static void set_description(const struct repository *repository,
			    const char *text)
{
	const char *const arguments[] = {
		"config", "branch." SERIES_BRANCH ".description", text, NULL,
	};
	struct git_result result = git_run(&repository->scratch, arguments);

	if (result.status)
		die("git config failed: %s", result.errors);
	git_result_clear(&result);
}

/* The first commit of the scratch repository, where it made the base. */
static char *own_base(const struct repository *repository)
{
	static const char *const arguments[] = {
		"rev-list", "--max-parents=0", SERIES_BRANCH, NULL,
	};
	struct git_result result = git_run(&repository->scratch, arguments);
	char *line = git_line(&result);

	if (result.status)
		die("git rev-list failed: %s", result.errors);
	git_result_clear(&result);
	return line;
}

static void format(const struct repository *repository,
		   const struct mails *mails, const char *folder)
{
	char *base = repository->is_git ? g_strdup(repository->base) :
					  own_base(repository);
	char *range = g_strdup_printf("%s..%s", base, SERIES_BRANCH);
	char *base_option = g_strdup_printf("--base=%s", base);
	char *version = g_strdup_printf("-v%u", mails->version);
	const char *arguments[16] = {
		"format-patch", "--quiet", "--cover-letter",
		"--cover-from-description=subject", "--no-signoff",
		"--diff-algorithm=myers", "--no-renames", "-o", folder,
	};
	size_t count = 9;
	struct git_result result;

	if (repository->is_git)
		arguments[count++] = base_option;
	else
		arguments[count++] = "--zero-commit";
	if (mails->version > 1)
		arguments[count++] = version;
	arguments[count++] = range;
	arguments[count] = NULL;
	result = git_run(&repository->scratch, arguments);
	if (result.status)
		die("git format-patch failed: %s", result.errors);
	git_result_clear(&result);
	g_free(version);
	g_free(base_option);
	g_free(range);
	g_free(base);
}

static int by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *names_in(const char *folder)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	GError *error = NULL;
	GDir *dir = g_dir_open(folder, 0, &error);
	const char *name;

	if (!dir)
		die("%s", error->message);
	while ((name = g_dir_read_name(dir)))
		g_ptr_array_add(names, g_strdup(name));
	g_dir_close(dir);
	g_ptr_array_sort(names, by_name);
	return names;
}

static bool is_cover(const char *name)
{
	return strstr(name, "0000-cover-letter") != NULL;
}

/* b4 looks for the change-id behind the base-commit, at the end. */
static char *add_change_id(const char *text, const char *change_id)
{
	const char *base = g_strrstr(text, "\nbase-commit: ");
	const char *signature = g_strrstr(text, "\n-- \n");
	const char *at = base ? strchr(base + 1, '\n') : signature;

	if (!at)
		at = text + strlen(text);
	return g_strdup_printf("%.*s\nchange-id: %s%s", (int)(at - text), text,
			       change_id, at);
}

/* quilt reads the names of the patches, in order, from this file. */
static void add_quilt_series(const char *folder, GPtrArray *names)
{
	GString *text = g_string_new(NULL);
	char *path = g_build_filename(folder, "series", NULL);

	for (guint i = 0; i < names->len; i++)
		if (!is_cover(names->pdata[i]))
			g_string_append_printf(text, "%s\n",
					       (char *)names->pdata[i]);
	if (!g_file_set_contents(path, text->str, (gssize)text->len, NULL))
		die("cannot write to the scratch folder");
	g_ptr_array_add(names, g_strdup("series"));
	g_string_free(text, TRUE);
	g_free(path);
}

static void refuse_existing(const char *folder, const GPtrArray *names)
{
	for (guint i = 0; i < names->len; i++) {
		char *path = g_build_filename(folder, names->pdata[i], NULL);

		if (g_file_test(path, G_FILE_TEST_EXISTS |
				      G_FILE_TEST_IS_SYMLINK))
			die("%s is there already: choose another folder, or a version (-v)",
			    path);
		g_free(path);
	}
}

static void put_mail(const struct mails *mails, const char *from,
		     const char *name)
{
	char *source = g_build_filename(from, name, NULL);
	char *target = g_build_filename(mails->folder, name, NULL);
	GError *error = NULL;
	char *text = NULL;
	gsize size;

	if (!g_file_get_contents(source, &text, &size, &error))
		die("%s", error->message);
	if (is_cover(name)) {
		char *with = add_change_id(text, mails->change_id);

		g_free(text);
		text = with;
		size = strlen(text);
	}
	if (!g_file_set_contents_full(target, text, (gssize)size,
				      G_FILE_SET_CONTENTS_CONSISTENT, 0644,
				      &error))
		die("%s", error->message);
	printf("%s\n", target);
	g_free(text);
	g_free(target);
	g_free(source);
}

void mails_write(const struct repository *repository,
		 const struct mails *mails)
{
	char *folder = scratch_folder("mails");
	GPtrArray *names;

	set_description(repository, mails->cover);
	format(repository, mails, folder);
	names = names_in(folder);
	if (!repository->is_git)
		add_quilt_series(folder, names);
	refuse_existing(mails->folder, names);
	if (g_mkdir_with_parents(mails->folder, 0777))
		die("cannot create %s: %s", mails->folder, g_strerror(errno));
	for (guint i = 0; i < names->len; i++)
		put_mail(mails, folder, names->pdata[i]);
	g_ptr_array_unref(names);
	remove_folder(folder);
	g_free(folder);
}
