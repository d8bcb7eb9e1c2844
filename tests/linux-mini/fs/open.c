// SPDX-License-Identifier: GPL-2.0-only
/* From a path to an open file. */
#include <linux/module.h>
#include <linux/namei.h>
#include <linux/syscalls.h>
#include "internal.h"

struct open_how {
	u64 flags;
	u64 mode;
	u64 resolve;
};

#define RESOLVE_BENEATH		0x08
#define RESOLVE_IN_ROOT		0x10

int fd_install_file(struct file *file);

static inline struct open_how build_open_how(int flags, umode_t mode)
{
	struct open_how how = { .flags = flags };

	if (flags & O_CREAT)
		how.mode = mode;
	return how;
}

static int build_open_flags(const struct open_how *how, struct open_flags *op)
{
	if (how->mode && !(how->flags & O_CREAT))
		return -EINVAL;

	op->open_flag = how->flags;
	op->mode = S_IFREG | how->mode;
	op->lookup_flags = LOOKUP_FOLLOW;
	if (how->resolve & RESOLVE_BENEATH)
		op->lookup_flags |= LOOKUP_BENEATH;
	if (how->resolve & RESOLVE_IN_ROOT)
		op->lookup_flags |= LOOKUP_IN_ROOT;
	return 0;
}

struct file *file_open_root(const struct path *root,
			    const char *filename, int flags, umode_t mode)
{
	struct open_how how = build_open_how(flags, mode);
	struct open_flags op;
	int error = build_open_flags(&how, &op);

	if (error)
		return ERR_PTR(error);
	return do_file_open_root(root, filename, &op);
}
EXPORT_SYMBOL(file_open_root);

/* Open @name as the calling task sees it. */
struct file *file_open_name(struct filename *name, int flags, umode_t mode)
{
	struct open_how how = build_open_how(flags, mode);
	struct open_flags op;
	int error = build_open_flags(&how, &op);

	return error ? ERR_PTR(error) : do_file_open(AT_FDCWD, name, &op);
}

/**
 * filp_open - open a file from within the kernel
 * @filename:	its path
 * @flags:	as for open()
 * @mode:	its permissions, should it be created
 */
struct file *filp_open(const char *filename, int flags, umode_t mode)
{
	CLASS(filename_kernel, name)(filename);

	return file_open_name(name, flags, mode);
}
EXPORT_SYMBOL(filp_open);

SYSCALL_DEFINE4(openat, int, dfd, const char __user *, filename, int, flags,
		umode_t, mode)
{
	struct open_how how = build_open_how(flags, mode);
	struct open_flags op;
	int error = build_open_flags(&how, &op);

	CLASS(filename, name)(filename);
	if (error)
		return error;
	return fd_install_file(do_file_open(dfd, name, &op));
}
