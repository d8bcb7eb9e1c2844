// SPDX-License-Identifier: GPL-2.0-only
/* Init's root taken by hand, and a root that is not. */

static int read_in_init(const char *name)
{
	struct path root;

	task_lock(&init_task);
	get_fs_root(init_task.fs, &root);
	task_unlock(&init_task);
	return read_below(&root, name);
}

static int read_here(const char *name)
{
	struct path root;

	get_fs_root(current->fs, &root);
	return read_below(&root, name);
}
