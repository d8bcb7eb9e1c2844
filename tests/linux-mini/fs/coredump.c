// SPDX-License-Identifier: GPL-2.0-only
/* What a task leaves behind when it crashes; it runs in that task. */
#include <linux/fs_struct.h>
#include <linux/init_task.h>
#include <linux/namei.h>
#include <linux/printk.h>
#include "internal.h"

struct core_name {
	const char *corename;
	bool suid_safe;
};

/* Where a program that changed its user may dump: below init's root. */
static struct file *open_below_init(const struct core_name *cn, int flags)
{
	struct path root;
	struct file *file;

	task_lock(&init_task);
	get_fs_root(init_task.fs, &root);
	task_unlock(&init_task);
	file = file_open_root(&root, cn->corename, flags, 0600);
	path_put(&root);
	return file;
}

/* An old one must not be written over; none is fine. */
static void remove_old(const struct core_name *cn)
{
	CLASS(filename_kernel, name)(cn->corename);

	filename_unlinkat(AT_FDCWD, name);
}

struct file *coredump_file(const struct core_name *cn)
{
	const int open_flags = O_CREAT | O_WRONLY | O_LARGEFILE | O_EXCL;

	if (cn->suid_safe) {
		if (cn->corename[0] == '/')
			return open_below_init(cn, open_flags);
		pr_warn("core: %s: not an absolute path\n", cn->corename);
		return ERR_PTR(-EPERM);
	}

	remove_old(cn);
	return filp_open(cn->corename, open_flags, 0600);
}
