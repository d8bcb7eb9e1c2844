/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _FS_INTERNAL_H
#define _FS_INTERNAL_H

#include <linux/fs.h>

struct open_flags {
	int open_flag;
	umode_t mode;
	int lookup_flags;
};

/*
 * what fs/namespace.c offers
 */
int path_mount(const char *dev_name, const struct path *path,
		const char *type_page, unsigned long flags, void *data_page);
int mnt_want_write(struct vfsmount *m);
void mnt_drop_write(struct vfsmount *m);

/*
 * what fs/namei.c offers
 */
extern int filename_lookup(int dfd, struct filename *name, unsigned flags,
			   struct path *path, const struct path *root);
int filename_rmdir(int dfd, struct filename *name);
int filename_unlinkat(int dfd, struct filename *name);
int filename_mkdirat(int dfd, struct filename *name, umode_t mode);
int filename_mknodat(int dfd, struct filename *name, umode_t mode, unsigned int dev);
int filename_symlinkat(struct filename *from, int newdfd, struct filename *to);
int filename_linkat(int olddfd, struct filename *old, int newdfd,
			struct filename *new, int flags);
extern struct file *do_file_open(int dfd, struct filename *pathname,
		const struct open_flags *op);
extern struct file *do_file_open_root(const struct path *,
		const char *, const struct open_flags *);

#endif /* _FS_INTERNAL_H */
