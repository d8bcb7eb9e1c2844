/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_NAMEI_H
#define _LINUX_NAMEI_H

#include <linux/fs.h>
#include <linux/fs_struct.h>

/* how the walk goes */
#define LOOKUP_FOLLOW		BIT(0)	/* the last symlink counts too */
#define LOOKUP_DIRECTORY	BIT(1)	/* only a directory will do */
#define LOOKUP_AUTOMOUNT	BIT(2)
#define LOOKUP_EMPTY		BIT(3)	/* "" is a name */
#define LOOKUP_LINKAT_EMPTY	BIT(4)
#define LOOKUP_DOWN		BIT(5)
#define LOOKUP_MOUNTPOINT	BIT(6)
#define LOOKUP_REVAL		BIT(7)	/* second try, after -ESTALE */
#define LOOKUP_RCU		BIT(8)	/* without references */
#define LOOKUP_CACHED		BIT(9)
#define LOOKUP_PARENT		BIT(10)

/* what the last component is wanted for */
#define LOOKUP_OPEN		BIT(16)
#define LOOKUP_CREATE		BIT(17)
#define LOOKUP_EXCL		BIT(18)
#define LOOKUP_RENAME_TARGET	BIT(19)

/* where the walk may go */
#define LOOKUP_NO_SYMLINKS	BIT(24)
#define LOOKUP_NO_MAGICLINKS	BIT(25)
#define LOOKUP_NO_XDEV		BIT(26)
#define LOOKUP_BENEATH		BIT(27)
#define LOOKUP_IN_ROOT		BIT(28) /* the dirfd is "/" */
#define LOOKUP_IS_SCOPED (LOOKUP_BENEATH | LOOKUP_IN_ROOT)

extern int kern_path(const char *, unsigned, struct path *);

extern struct dentry *start_creating_path(int, const char *, struct path *, unsigned int);
extern void end_creating_path(const struct path *, struct dentry *);
int vfs_path_parent_lookup(struct filename *filename, unsigned int flags,
			   struct path *parent, struct qstr *last,
			   const struct path *root);
int vfs_path_lookup(struct dentry *, struct vfsmount *, const char *,
		    unsigned int, struct path *);

static inline bool
retry_estale(const long error, const unsigned int flags)
{
	return unlikely(error == -ESTALE) && !(flags & LOOKUP_REVAL);
}

#endif /* _LINUX_NAMEI_H */
