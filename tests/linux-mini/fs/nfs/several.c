// SPDX-License-Identifier: GPL-2.0-only
/* Several lookups in one function, each of which has a rule of its own. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/namei.h>
#include <linux/workqueue.h>

static void several_work_function(struct work_struct *work)
{
	struct path path;
	struct dentry *dentry;
	struct file *file;

	if (kern_path("/var/lib/nfs", LOOKUP_FOLLOW, &path))
		return;
	file = filp_open("/var/lib/nfs/state", O_RDONLY, 0);
	if (!IS_ERR(file))
		fput(file);
	dentry = start_creating_path(AT_FDCWD, "/var/lib/nfs/new", &path, 0);
	if (!IS_ERR(dentry))
		end_creating_path(&path, dentry);
	if (kern_path("/var/lib/nfs/old", 0, &path))
		return;
	file = filp_open("/var/lib/nfs/log", O_RDONLY, 0);
	if (!IS_ERR(file))
		fput(file);
}

void several_start(struct work_struct *work)
{
	INIT_WORK(work, several_work_function);
}
