// SPDX-License-Identifier: GPL-2.0-only
/* The third style: a portability layer; files. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/namei.h>

#include <journal/kernel_compat.h>
#include <journal/port.h>

int vn_open(const char *name, int mode, umode_t access, struct vnode *vn)
{
	struct file *file;
	int flags = mode & 1 ? O_RDWR : O_RDONLY;

	if (mode & 2)
		flags |= O_CREAT;
	file = filp_open(name, flags | O_LARGEFILE, access);
	if (IS_ERR(file))
		return -PTR_ERR(file);
	vn->handle = file;
	return 0;
}

int vn_rename_target(const char *name)
{
	struct path path;
	int error;

	if (!name)
		return EINVAL;
	error = kern_path(name, 0, &path);
	if (!error)
		path_put(&path);
	return -error;
}

int vn_append(struct vnode *vn, const void *data, size_t len)
{
	struct file *file = vn->handle;
	loff_t at = i_size_read(file_inode(file));
	ssize_t n;

	if (!journal_idmap(file))
		return EPERM;
	n = journal_write(file, data, len, &at);
	return n < 0 ? -n : 0;
}

void vn_close(struct vnode *vn)
{
	filp_close(vn->handle, NULL);
	vn->handle = NULL;
}
