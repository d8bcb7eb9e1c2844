/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/cleanup.h>
#include <linux/types.h>

#define O_RDONLY 00
#define O_RDWR 02

struct dentry;
struct vfsmount;

struct path {
	struct vfsmount	*mnt;
	struct dentry	*dentry;
};

struct file {
	void		*private_data;
};

struct file *filp_open(const char *name, int flags, umode_t mode);
struct file *bdev_file_open_by_path(const char *path, unsigned int mode,
				    void *holder, const void *ops);
int filp_close(struct file *file, void *id);
void fput(struct file *file);
void path_put(const struct path *path);

DEFINE_FREE(fput, struct file *, if (!IS_ERR(_T)) fput(_T))

#endif
