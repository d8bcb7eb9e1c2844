/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_FS_STRUCT_H
#define _LINUX_FS_STRUCT_H

#include <linux/sched.h>
#include <linux/fs.h>

struct fs_struct {
	seqlock_t seq;
	struct path pwd, root;
	int umask;
	int in_exec;
	int users;
};

extern struct kmem_cache *fs_cachep;

extern void exit_fs(struct task_struct *);
extern void set_fs_root(struct fs_struct *, const struct path *);
extern void set_fs_pwd(struct fs_struct *, const struct path *);
extern struct fs_struct *copy_fs_struct(struct fs_struct *);
extern void free_fs_struct(struct fs_struct *);
extern int unshare_fs_struct(void);

static inline void get_fs_root(struct fs_struct *fs, struct path *root)
{
	path_get(&fs->root);
	*root = fs->root;
}

static inline void get_fs_pwd(struct fs_struct *fs, struct path *pwd)
{
	path_get(&fs->pwd);
	*pwd = fs->pwd;
}

static inline int current_umask(void)
{
	return current->fs->umask;
}

#endif /* _LINUX_FS_STRUCT_H */
