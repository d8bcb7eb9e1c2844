// SPDX-License-Identifier: GPL-2.0-only
/* Steps become patches; see patch.h. */
#include "series/patch.h"

#include <string.h>

static void file_free(gpointer data)
{
	struct patch_file *file = data;

	g_free(file->path);
	g_bytes_unref(file->before);
	g_bytes_unref(file->after);
	g_free(file);
}

static void patch_free(gpointer data)
{
	struct patch *patch = data;

	g_free(patch->subsystem);
	g_free(patch->subject);
	g_free(patch->message);
	g_ptr_array_unref(patch->files);
	g_ptr_array_unref(patch->left);
	g_free(patch);
}

static struct patch *patch_new(const struct step *step, const char *subsystem)
{
	struct patch *patch = g_new0(struct patch, 1);

	patch->step = step;
	patch->subsystem = g_strdup(subsystem);
	patch->files = g_ptr_array_new_with_free_func(file_free);
	patch->left = g_ptr_array_new_with_free_func(g_free);
	return patch;
}

static int by_path(gconstpointer a, gconstpointer b)
{
	const struct patch_file *x = *(struct patch_file *const *)a;
	const struct patch_file *y = *(struct patch_file *const *)b;

	return strcmp(x->path, y->path);
}

/*
 * What has changed in the workspace since @seen (path -> text), which is
 * brought up to date.
 */
static GPtrArray *take_changes(struct workspace *workspace, GHashTable *seen)
{
	GPtrArray *files = g_ptr_array_new_with_free_func(file_free);
	GHashTableIter iter;
	gpointer value;

	g_hash_table_iter_init(&iter, workspace->changes);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		const struct change *change = value;
		GBytes *before = g_hash_table_lookup(seen, change->path);
		struct patch_file *file;

		if (!before)
			before = change->before;
		if (g_bytes_equal(before, change->after))
			continue;
		file = g_new0(struct patch_file, 1);
		file->path = g_strdup(change->path);
		file->before = g_bytes_ref(before);
		file->after = g_bytes_ref(change->after);
		g_ptr_array_add(files, file);
		g_hash_table_insert(seen, g_strdup(change->path),
				    g_bytes_ref(change->after));
	}
	g_ptr_array_sort(files, by_path);
	return files;
}

static bool has_path(const GPtrArray *paths, const char *path)
{
	for (guint i = 0; i < paths->len; i++)
		if (!strcmp(paths->pdata[i], path))
			return true;
	return false;
}

/* A step while it is turned into patches. */
struct carving {
	const struct step *step;
	struct subsystems *subsystems;	/* NULL: do not split */
	GPtrArray *definers;		/* char *: paths */
	GPtrArray *patches;		/* of this step */
	GHashTable *first;		/* patches that others build on */
};

static struct patch *patch_for(struct carving *carving, const char *path)
{
	const char *subsystem = carving->subsystems ?
		subsystems_of(carving->subsystems, path) : NULL;
	struct patch *patch;

	for (guint i = 0; i < carving->patches->len; i++) {
		patch = carving->patches->pdata[i];
		if (!g_strcmp0(patch->subsystem, subsystem))
			return patch;
	}
	patch = patch_new(carving->step, subsystem);
	g_ptr_array_add(carving->patches, patch);
	return patch;
}

static int by_order(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct patch *x = *(struct patch *const *)a;
	const struct patch *y = *(struct patch *const *)b;
	GHashTable *first = data;
	bool first_x = g_hash_table_contains(first, x);
	bool first_y = g_hash_table_contains(first, y);

	if (first_x != first_y)
		return first_x ? -1 : 1;
	return g_strcmp0(x->subsystem, y->subsystem);
}

static void find_subsystems(struct carving *carving, const GPtrArray *files,
			    unsigned int jobs)
{
	GPtrArray *paths = g_ptr_array_new();

	for (guint i = 0; i < files->len; i++) {
		const struct patch_file *file = files->pdata[i];

		g_ptr_array_add(paths, file->path);
	}
	subsystems_load(carving->subsystems, paths, jobs);
	g_ptr_array_unref(paths);
}

/* Hand @files over to patches. */
static void carve(struct carving *carving, GPtrArray *files, unsigned int jobs)
{
	if (carving->subsystems)
		find_subsystems(carving, files, jobs);
	for (guint i = 0; i < files->len; i++) {
		struct patch_file *file = files->pdata[i];
		struct patch *patch = patch_for(carving, file->path);

		g_ptr_array_add(patch->files, file);
		if (has_path(carving->definers, file->path))
			g_hash_table_add(carving->first, patch);
	}
	/* The patches own them now. */
	g_ptr_array_set_free_func(files, NULL);
	g_ptr_array_sort_with_data(carving->patches, by_order, carving->first);
}

bool patch_has_file(const struct patch *patch, const char *path)
{
	for (guint i = 0; i < patch->files->len; i++) {
		const struct patch_file *file = patch->files->pdata[i];

		if (!strcmp(file->path, path))
			return true;
	}
	return false;
}

/* What is left belongs to the patch of its file, else to the step's last. */
static void hand_out(const struct carving *carving,
		     const struct findings *findings)
{
	const GPtrArray *patches = carving->patches;

	for (guint i = 0; i < findings->list->len && patches->len; i++) {
		const struct finding *finding = findings->list->pdata[i];
		struct patch *patch = patches->pdata[patches->len - 1];
		char *line = g_strdup_printf("%s: %s", finding->path,
					     finding->message);

		for (guint p = 0; p < patches->len; p++)
			if (patch_has_file(patches->pdata[p], finding->path))
				patch = patches->pdata[p];
		if (has_path(patch->left, line))
			g_free(line);
		else
			g_ptr_array_add(patch->left, line);
	}
}

static void run_step(struct session *session, const struct step *step,
		     struct subsystems *subsystems, GHashTable *seen,
		     GPtrArray *patches)
{
	struct rewrite_options options = session->options;
	struct findings *findings = findings_new();
	struct carving carving = {
		.step = step,
		.subsystems = step_rule(step, RULE_SPLIT) ? subsystems : NULL,
		.definers = g_ptr_array_new_with_free_func(g_free),
		.patches = g_ptr_array_new(),
		.first = g_hash_table_new(NULL, NULL),
	};
	GPtrArray *files;

	options.definers = carving.definers;
	rewrite_step(step, session->workspace, &options, findings);
	files = take_changes(session->workspace, seen);
	carve(&carving, files, options.jobs);
	findings_sort(findings);
	hand_out(&carving, findings);
	findings_move(session->findings, findings);
	g_ptr_array_extend(patches, carving.patches, NULL, NULL);
	g_ptr_array_unref(files);
	g_hash_table_unref(carving.first);
	g_ptr_array_unref(carving.patches);
	g_ptr_array_unref(carving.definers);
	findings_free(findings);
}

static void bytes_free(gpointer bytes)
{
	g_bytes_unref(bytes);
}

GPtrArray *patches_new(struct session *session,
		       struct subsystems *subsystems)
{
	GPtrArray *patches = g_ptr_array_new_with_free_func(patch_free);
	GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal,
						 g_free, bytes_free);

	session_search(session, session->chosen);
	for (guint i = 0; i < session->chosen->len; i++)
		run_step(session, session->chosen->pdata[i], subsystems, seen,
			 patches);
	g_hash_table_unref(seen);
	return patches;
}
