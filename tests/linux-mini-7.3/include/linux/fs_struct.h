/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_FS_STRUCT_H
#define _LINUX_FS_STRUCT_H

#include <linux/cleanup.h>
#include <linux/fs.h>
#include <linux/sched.h>

struct fs_struct {
	struct path	root, pwd;
};

extern struct fs_struct *userspace_init_fs;

static inline struct fs_struct *__override_init_fs(void)
{
	struct fs_struct *old = current->fs;

	current->fs = userspace_init_fs;
	return old;
}

static inline void __revert_init_fs(struct fs_struct *old)
{
	current->fs = old;
}

static inline void __leave_init_fs(struct fs_struct **old)
{
	__revert_init_fs(*old);
}

/* One round, with or without braces; a return inside leaves it as well. */
#define __with_init_fs(old, end) \
	for (struct fs_struct *old __cleanup(__leave_init_fs) = \
	     __override_init_fs(); ; ({ goto end; })) \
		if (0) { \
end: \
			break; \
		} else

#define scoped_with_init_fs() \
	__with_init_fs(__UNIQUE_ID(old), __UNIQUE_ID(end))

#endif
