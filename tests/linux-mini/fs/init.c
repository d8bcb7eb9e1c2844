// SPDX-License-Identifier: GPL-2.0-only
/* What system calls do, for the kernel's own start: paths are kernel pointers. */
#include <linux/fs_struct.h>
#include <linux/init_syscalls.h>
#include <linux/namei.h>
#include "internal.h"

int __init init_mount(const char *dev_name, const char *dir_name,
		      const char *type_page, unsigned long flags,
		      void *data_page)
{
	struct path place;
	int error = kern_path(dir_name, LOOKUP_FOLLOW, &place);

	if (!error) {
		error = path_mount(dev_name, &place, type_page, flags,
				   data_page);
		path_put(&place);
	}
	return error;
}

int __init init_chdir(const char *filename)
{
	struct path dir;
	int error = kern_path(filename, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &dir);

	if (error)
		return error;
	error = path_permission(&dir, MAY_EXEC | MAY_CHDIR);
	if (!error)
		set_fs_pwd(current->fs, &dir);
	path_put(&dir);
	return error;
}

int __init init_chroot(const char *filename)
{
	struct path dir;
	int error = kern_path(filename, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &dir);

	if (error)
		return error;
	error = path_permission(&dir, MAY_EXEC | MAY_CHDIR);
	if (!error)
		set_fs_root(current->fs, &dir);
	path_put(&dir);
	return error;
}

int __init init_chown(const char *filename, uid_t user, gid_t group, int flags)
{
	const unsigned int follow =
		flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW;
	struct path path;
	int error = kern_path(filename, follow, &path);

	if (error)
		return error;
	error = chown_common(&path, user, group);
	path_put(&path);
	return error;
}

int __init init_chmod(const char *filename, umode_t mode)
{
	struct path file;
	int error = kern_path(filename, LOOKUP_FOLLOW, &file);

	if (error)
		return error;
	error = chmod_common(&file, mode);
	path_put(&file);
	return error;
}

int __init init_eaccess(const char *filename)
{
	struct path file;
	int error = kern_path(filename, LOOKUP_FOLLOW, &file);

	if (error)
		return error;
	error = path_permission(&file, MAY_ACCESS);
	path_put(&file);
	return error;
}

int __init init_stat(const char *filename, struct kstat *stat, int flags)
{
	unsigned int follow = LOOKUP_FOLLOW;
	struct path file;
	int error;

	if (flags & AT_SYMLINK_NOFOLLOW)
		follow = 0;
	error = kern_path(filename, follow, &file);
	if (!error) {
		error = vfs_getattr(&file, stat, 0, flags);
		path_put(&file);
	}
	return error;
}

int __init init_mknod(const char *filename, umode_t mode, unsigned int dev)
{
	CLASS(filename_kernel, name)(filename);

	return filename_mknodat(AT_FDCWD, name, mode, dev);
}

int __init init_link(const char *oldname, const char *newname)
{
	CLASS(filename_kernel, from)(oldname);
	CLASS(filename_kernel, to)(newname);

	return filename_linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int __init init_symlink(const char *oldname, const char *newname)
{
	CLASS(filename_kernel, target)(oldname);
	CLASS(filename_kernel, name)(newname);

	return filename_symlinkat(target, AT_FDCWD, name);
}

int __init init_unlink(const char *pathname)
{
	CLASS(filename_kernel, file)(pathname);

	return filename_unlinkat(AT_FDCWD, file);
}

int __init init_mkdir(const char *pathname, umode_t mode)
{
	CLASS(filename_kernel, file)(pathname);

	return filename_mkdirat(AT_FDCWD, file, mode);
}

int __init init_rmdir(const char *pathname)
{
	CLASS(filename_kernel, file)(pathname);

	return filename_rmdir(AT_FDCWD, file);
}

int __init init_utimes(char *filename, struct timespec64 *ts)
{
	struct path file;
	int error = kern_path(filename, 0, &file);

	if (!error) {
		error = vfs_utimes(&file, ts);
		path_put(&file);
	}
	return error;
}
