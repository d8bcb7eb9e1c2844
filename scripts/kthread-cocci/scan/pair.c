// SPDX-License-Identifier: GPL-2.0-only
/*
 * The index of a module with that of its kernel; see build.h.
 *
 * The kernel's is opened as ever, with the kernel's own cache file, so another
 * module costs no second scan.  The module's files are scanned anew each time,
 * they are few, and merged in.
 */
#include <string.h>

#include "message.h"
#include "scan/build.h"

/* The kernel's index with the paths that the module's tree gives its files. */
static struct index *move_paths(const struct index *kernel,
				const struct tree *tree)
{
	struct index *moved = g_memdup2(kernel, sizeof(*kernel));

	moved->paths = g_new0(const char *, kernel->file_count + 1);
	for (uint32_t f = 0; f < kernel->file_count; f++)
		moved->paths[f] = g_strconcat(tree->kernel_prefix,
					      kernel->paths[f], NULL);
	return moved;
}

static void free_moved(struct index *moved)
{
	if (!moved)
		return;
	g_strfreev((char **)(uintptr_t)moved->paths);
	g_free(moved);
}

/* Beside the module's files, those of the kernel as @base knows them. */
static void join(struct build *build, const struct index *base)
{
	uint32_t total = build->file_count + base->file_count;
	const char **paths = g_new(const char *, total + 1);
	struct identity *identity = g_new0(struct identity, total + 1);
	bool *wanted = g_new0(bool, total + 1);
	uint32_t own = 0, count = 0;

	for (uint32_t o = 0; o <= base->file_count; o++) {
		bool end = o == base->file_count;

		if (!end && !tree_kernel_path(build->tree, base->paths[o]))
			continue;
		for (; own < build->file_count &&
		     (end || strcmp(build->paths[own], base->paths[o]) < 0);
		     own++, count++) {
			paths[count] = build->paths[own];
			identity[count] = build->identity[own];
			wanted[count] = true;
		}
		if (end)
			break;
		paths[count] = base->paths[o];
		identity[count++] = base->files[o];
	}
	g_free(build->paths);
	g_free(build->identity);
	g_free(build->wanted);
	g_free(build->facts);
	build->paths = paths;
	build->identity = identity;
	build->wanted = wanted;
	build->facts = g_new0(struct facts, count + 1);
	build->file_count = count;
}

struct index *index_open_module(const struct tree *tree,
				const struct index_options *options,
				struct findings *findings)
{
	struct build *build = build_new(tree, options->jobs, findings);
	struct index_options whole = *options;
	struct findings *found = findings_new();
	struct index *kernel = NULL, *moved = NULL, *index;

	if (!options->base) {
		whole.whole = true;
		kernel = index_open(tree->kernel, &whole, found);
		moved = move_paths(kernel, tree);
		tree_take_findings(tree, found, findings);
	}
	join(build, moved ? moved : options->base);
	index = build_update(build, moved ? moved : options->base);
	say_verbose("module: %u files scanned", index->scanned);
	build_free(build);
	free_moved(moved);
	index_free(kernel);
	findings_free(found);
	return index;
}
