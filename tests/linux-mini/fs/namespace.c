// SPDX-License-Identifier: GPL-2.0-only
/* Mounts: how the first tree comes to be. */
#include <linux/fs_struct.h>
#include <linux/init_task.h>
#include <linux/module.h>
#include "internal.h"
#include "mount.h"

struct file_system_type {
	const char *name;
	int fs_flags;
};

struct file_system_type nullfs_fs_type = { .name = "nullfs" };
static struct file_system_type rootfs_fs_type = { .name = "rootfs" };

struct vfsmount *vfs_kern_mount(struct file_system_type *type,
				int flags, const char *name, void *data);
void attach_mnt(struct mount *mnt, struct mount *parent, struct dentry *at);

struct mnt_namespace init_mnt_ns;

static void __init init_mount_tree(void)
{
	struct vfsmount *mnt, *nullfs_mnt;
	struct mount *mnt_root;
	struct path root;

	nullfs_mnt = vfs_kern_mount(&nullfs_fs_type, 0, "nullfs", NULL);
	if (IS_ERR(nullfs_mnt))
		panic("VFS: no nullfs");

	mnt = vfs_kern_mount(&rootfs_fs_type, 0, "rootfs", NULL);
	if (IS_ERR(mnt))
		panic("VFS: no rootfs");

	/* nullfs at the bottom, the writable rootfs on top of it */
	mnt_root		= real_mount(nullfs_mnt);
	init_mnt_ns.root	= mnt_root;

	root.mnt		= nullfs_mnt;
	root.dentry		= nullfs_mnt->mnt_root;

	attach_mnt(real_mount(mnt), real_mount(root.mnt), root.dentry);
	init_mnt_ns.nr_mounts	= 2;

	init_task.nsproxy->mnt_ns = &init_mnt_ns;

	/* Paths start in the rootfs, for everybody. */
	root.mnt	= mnt;
	root.dentry	= mnt->mnt_root;
	set_fs_pwd(current->fs, &root);
	set_fs_root(current->fs, &root);
}

void __init mnt_init(void)
{
	init_mount_tree();
}
