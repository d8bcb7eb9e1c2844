/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _FS_MOUNT_H
#define _FS_MOUNT_H

#include <linux/fs.h>
#include <linux/mnt_namespace.h>

extern struct file_system_type nullfs_fs_type;

struct mount {
	struct vfsmount mnt;
	struct mount *mnt_parent;
	struct mount *overmount;	/* what covers its root */
	int mnt_id;
};

struct mnt_namespace {
	struct mount *root;
	unsigned int nr_mounts;
};

#define real_mount(m)	container_of(m, struct mount, mnt)

/* What one sees at the place where @m is mounted. */
static inline struct mount *topmost_overmount(struct mount *m)
{
	for (; m->overmount; m = m->overmount)
		;
	return m;
}

#endif /* _FS_MOUNT_H */
