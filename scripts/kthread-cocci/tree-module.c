// SPDX-License-Identifier: GPL-2.0-only
/* A module and the kernel that it is built against; see tree.h. */
#include <string.h>

#include "message.h"
#include "tree.h"

/* The header that every version of the kernel has, and no module. */
#define KERNEL_HEADER "include/linux/kthread.h"

/* Does @path lie in the folder @root, or is it the same? */
static bool is_below(const char *path, const char *root)
{
	size_t length = strlen(root);

	return !strncmp(path, root, length) &&
	       (length == 1 || path[length] == '/' || !path[length]);
}

/* A path that is absolute or begins with . or .. is none of the module's. */
static char *prefix_of(const char *kernel)
{
	bool marked = *kernel == '/' || g_str_has_prefix(kernel, "./") ||
		      g_str_has_prefix(kernel, "../") ||
		      !strcmp(kernel, ".") || !strcmp(kernel, "..");
	size_t length = strlen(kernel);

	while (length && kernel[length - 1] == '/')
		length--;
	return g_strdup_printf("%s%.*s/", marked ? "" : "./", (int)length,
			       kernel);
}

/* A kernel that lies in the module's folder is none of its files. */
static void drop_kernel(struct tree *tree)
{
	const char *inside = tree->kernel->root + strlen(tree->root);
	char *folder;

	if (!is_below(tree->kernel->root, tree->root))
		return;
	folder = g_strdup_printf("%s/", *inside == '/' ? inside + 1 : inside);
	for (guint i = tree->files->len; i-- > 0; ) {
		const struct tree_file *file = tree->files->pdata[i];

		if (g_str_has_prefix(file->path, folder))
			g_ptr_array_remove_index(tree->files, i);
	}
	g_free(folder);
}

void tree_take_findings(const struct tree *tree, const struct findings *kernel,
			struct findings *findings)
{
	for (guint i = 0; i < kernel->list->len; i++) {
		const struct finding *finding = kernel->list->pdata[i];
		char *path = g_strconcat(tree->kernel_prefix, finding->path,
					 NULL);

		findings_add(findings, finding->kind, path, finding->line,
			     "%s", finding->message);
		g_free(path);
	}
}

/* Open the kernel.  What of it cannot be walked is told: it may matter or not. */
static struct tree *open_kernel(const char *kernel, const char *prefix,
				unsigned int jobs, char **error)
{
	char *header = g_build_filename(kernel, KERNEL_HEADER, NULL);
	bool is_folder = g_file_test(kernel, G_FILE_TEST_IS_DIR);
	struct findings *findings = findings_new();
	struct tree *tree = NULL;

	if (is_folder && !g_file_test(header, G_FILE_TEST_IS_REGULAR))
		*error = g_strdup_printf("%s: no kernel tree, there is no " KERNEL_HEADER " in it (give the sources or the common headers, not a build folder)",
					 kernel);
	else
		tree = tree_open_parallel(kernel, jobs, findings, error);
	findings_sort(findings);
	for (guint i = 0; tree && i < findings->list->len; i++) {
		const struct finding *finding = findings->list->pdata[i];

		say("%s%s: %s", prefix, finding->path, finding->message);
	}
	findings_free(findings);
	g_free(header);
	return tree;
}

/* Why the two cannot go together, or NULL. */
static char *misfit(const struct tree *tree, const char *root,
		    const char *kernel)
{
	if (is_below(tree->root, tree->kernel->root))
		return g_strdup_printf("%s: lies in the kernel tree %s, --kernel is for modules outside of it",
				       root, kernel);
	return NULL;
}

struct tree *tree_open_module(const char *root, const char *kernel,
			      unsigned int jobs, struct findings *findings,
			      char **error)
{
	struct tree *tree = tree_open(root, findings, error);

	if (tree) {
		tree->kernel_prefix = prefix_of(kernel);
		tree->kernel = open_kernel(kernel, tree->kernel_prefix, jobs,
					   error);
		tree->owns_kernel = true;
		if (tree->kernel)
			*error = misfit(tree, root, kernel);
	}
	if (tree && *error)
		g_clear_pointer(&tree, tree_free);
	if (tree)
		drop_kernel(tree);
	return tree;
}

const char *tree_kernel_path(const struct tree *tree, const char *path)
{
	if (!tree->kernel)
		return path;
	return g_str_has_prefix(path, tree->kernel_prefix) ?
	       path + strlen(tree->kernel_prefix) : NULL;
}

static void file_free(gpointer data)
{
	struct tree_file *file = data;

	g_free(file->path);
	g_free(file);
}

GPtrArray *tree_kernel_files(const struct tree *tree, const GPtrArray *files)
{
	GPtrArray *named = g_ptr_array_new_with_free_func(file_free);

	for (guint i = 0; i < files->len; i++) {
		const struct tree_file *file = files->pdata[i];
		struct tree_file *other;

		if (file->kind != FILE_SOURCE || file->link_target)
			continue;
		other = g_new0(struct tree_file, 1);
		other->kind = file->kind;
		other->path = g_strconcat(tree->kernel_prefix, file->path,
					  NULL);
		g_ptr_array_add(named, other);
	}
	return named;
}
