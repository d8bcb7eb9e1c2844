// SPDX-License-Identifier: GPL-2.0-only
/* Where a task's paths begin: its root and its working directory. */
#include <linux/fs_struct.h>
#include <linux/init_task.h>
#include <linux/module.h>
#include <linux/slab.h>
#include "internal.h"

struct kmem_cache *fs_cachep;

static void replace_path(struct fs_struct *fs, struct path *place,
			 const struct path *path)
{
	struct path old;

	path_get(path);

	write_seqlock(&fs->seq);
	old = *place;
	*place = *path;
	write_sequnlock(&fs->seq);

	/* There is none before the first file system is mounted. */
	if (old.mnt)
		path_put(&old);
}

void set_fs_root(struct fs_struct *fs, const struct path *path)
{
	replace_path(fs, &fs->root, path);
}

void set_fs_pwd(struct fs_struct *fs, const struct path *path)
{
	replace_path(fs, &fs->pwd, path);
}

void free_fs_struct(struct fs_struct *fs)
{
	path_put(&fs->pwd);
	path_put(&fs->root);
	kmem_cache_free(fs_cachep, fs);
}

/* Drop the reference of @fs that @tsk has, and put @new in its place. */
static void replace_fs(struct task_struct *tsk, struct fs_struct *fs,
		       struct fs_struct *new)
{
	bool last;

	task_lock(tsk);
	read_seqlock_excl(&fs->seq);
	tsk->fs = new;
	fs->users--;
	last = fs->users == 0;
	read_sequnlock_excl(&fs->seq);
	task_unlock(tsk);

	if (last)
		free_fs_struct(fs);
}

void exit_fs(struct task_struct *tsk)
{
	if (tsk->fs)
		replace_fs(tsk, tsk->fs, NULL);
}

struct fs_struct *copy_fs_struct(struct fs_struct *old)
{
	struct fs_struct *copy = kmem_cache_alloc(fs_cachep, GFP_KERNEL);

	if (!copy)
		return NULL;
	seqlock_init(&copy->seq);
	copy->users = 1;
	copy->in_exec = 0;
	copy->umask = old->umask;
	get_fs_root(old, &copy->root);
	get_fs_pwd(old, &copy->pwd);
	return copy;
}

int unshare_fs_struct(void)
{
	struct fs_struct *copy = copy_fs_struct(current->fs);

	if (!copy)
		return -ENOMEM;
	replace_fs(current, current->fs, copy);
	return 0;
}
EXPORT_SYMBOL_GPL(unshare_fs_struct);

/* What the first task begins with, and all that it starts. */
struct fs_struct init_fs = {
	.users		= 1,
	.seq		= __SEQLOCK_UNLOCKED(init_fs.seq),
	.umask		= 0022,
};
