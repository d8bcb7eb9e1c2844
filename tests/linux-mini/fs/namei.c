// SPDX-License-Identifier: GPL-2.0-only
/* From a path to a dentry. */
#include <linux/fs_struct.h>
#include <linux/init_task.h>
#include <linux/module.h>
#include <linux/namei.h>
#include <linux/syscalls.h>
#include "internal.h"
#include "mount.h"

enum last_type {LAST_NORM, LAST_ROOT, LAST_DOT, LAST_DOTDOT};

struct nameidata {
	struct path path;
	struct path root;
	struct qstr last;
	enum last_type last_type;
	unsigned int flags;
	bool root_grabbed;
	int dfd;
	const char *pathname;
};

int link_path_walk(const char *name, struct nameidata *nd);
int dirfd_path(int dfd, struct path *path);
struct dentry *lookup_last(struct dentry *dir, const struct qstr *name,
			   unsigned int flags);
struct file *open_last(struct nameidata *nd, const struct open_flags *op);
void inode_lock(struct inode *inode);
void inode_unlock(struct inode *inode);

struct inode *create_inode(struct dentry *dentry, umode_t mode, dev_t dev);
int remove_inode(struct dentry *dentry);
int set_link(struct dentry *dentry, const char *target);
int add_link(struct dentry *dentry, struct dentry *old);

/* Only where a walk comes to "/" or ".." is its root needed. */
static int set_root(struct nameidata *nd)
{
	struct fs_struct *fs = current->fs;
	unsigned int seq;

	if (WARN_ON(nd->flags & LOOKUP_IS_SCOPED))
		return -ENOTRECOVERABLE;

	if (!(nd->flags & LOOKUP_RCU)) {
		get_fs_root(fs, &nd->root);
		nd->root_grabbed = true;
		return 0;
	}
	do {
		seq = read_seqbegin(&fs->seq);
		nd->root = fs->root;
	} while (read_seqretry(&fs->seq, seq));
	return 0;
}

static const char *path_init(struct nameidata *nd, unsigned flags)
{
	const char *s = nd->pathname;
	int error = 0;

	nd->flags = flags;

	if (*s == '/' && !(flags & LOOKUP_IN_ROOT)) {
		error = set_root(nd);
		nd->path = nd->root;
	} else if (nd->dfd != AT_FDCWD) {
		error = dirfd_path(nd->dfd, &nd->path);
	} else if (flags & LOOKUP_RCU) {
		struct fs_struct *fs = current->fs;
		unsigned int seq = read_seqbegin(&fs->seq);

		nd->path = fs->pwd;
		if (read_seqretry(&fs->seq, seq))
			error = -EAGAIN;
	} else {
		get_fs_pwd(current->fs, &nd->path);
	}
	return error ? ERR_PTR(error) : s;
}

static int path_lookupat(struct nameidata *nd, unsigned int flags,
			 struct path *path)
{
	const char *s = path_init(nd, flags);
	int error;

	if (IS_ERR(s))
		return PTR_ERR(s);
	error = link_path_walk(s, nd);
	if (error)
		return error;
	*path = nd->path;
	return 0;
}

int filename_lookup(int dfd, struct filename *name, unsigned flags,
		    struct path *path, const struct path *root)
{
	struct nameidata nd = { .dfd = dfd };
	int error;

	if (IS_ERR(name))
		return PTR_ERR(name);
	if (root)
		nd.root = *root;
	nd.pathname = name->name;
	error = path_lookupat(&nd, flags | LOOKUP_RCU, path);
	if (error == -EAGAIN)
		error = path_lookupat(&nd, flags, path);
	return error;
}

static int filename_parentat(int dfd, struct filename *name,
			     unsigned int flags, struct path *parent,
			     struct qstr *last, enum last_type *type)
{
	struct nameidata nd = { .dfd = dfd };
	int error;

	if (IS_ERR(name))
		return PTR_ERR(name);
	nd.pathname = name->name;
	error = path_lookupat(&nd, flags | LOOKUP_PARENT, parent);
	*last = nd.last;
	*type = nd.last_type;
	return error;
}

int kern_path(const char *name, unsigned int flags, struct path *path)
{
	CLASS(filename_kernel, filename)(name);

	return filename_lookup(AT_FDCWD, filename, flags, path, NULL);
}
EXPORT_SYMBOL(kern_path);

int vfs_path_parent_lookup(struct filename *filename, unsigned int flags,
			   struct path *parent, struct qstr *last,
			   const struct path *root)
{
	enum last_type type;
	int error = filename_parentat(AT_FDCWD, filename, flags, parent, last,
				      &type);

	return error ? error : type == LAST_NORM ? 0 : -EINVAL;
}

struct file *do_file_open(int dfd, struct filename *pathname,
			  const struct open_flags *op)
{
	struct nameidata nd = { .dfd = dfd };
	const char *s;

	if (IS_ERR(pathname))
		return ERR_CAST(pathname);
	nd.pathname = pathname->name;
	s = path_init(&nd, op->lookup_flags);
	return IS_ERR(s) ? ERR_CAST(s) : open_last(&nd, op);
}

/* Look the last component up, with its directory locked on success. */
static struct dentry *start_dirop(struct dentry *parent, struct qstr *name,
				  unsigned int lookup_flags)
{
	struct dentry *dentry;

	inode_lock(parent->d_inode);
	dentry = lookup_last(parent, name, lookup_flags);
	if (IS_ERR(dentry))
		inode_unlock(parent->d_inode);
	return dentry;
}

static struct dentry *filename_create(int dfd, struct filename *name,
				      struct path *path, unsigned int lookup_flags)
{
	unsigned int reval_flag = lookup_flags & LOOKUP_REVAL;
	bool want_dir = lookup_flags & LOOKUP_DIRECTORY;
	struct dentry *dentry;
	struct qstr last;
	enum last_type type;
	int error = filename_parentat(dfd, name, reval_flag, path, &last, &type);

	if (error)
		return ERR_PTR(error);

	if (type != LAST_NORM || (last.name[last.len] && !want_dir)) {
		path_put(path);
		return ERR_PTR(-EEXIST);
	}

	dentry = start_dirop(path->dentry, &last,
			     reval_flag | LOOKUP_CREATE | LOOKUP_EXCL);
	if (IS_ERR(dentry))
		path_put(path);
	return dentry;
}

struct dentry *start_creating_path(int dfd, const char *pathname,
				   struct path *path, unsigned int lookup_flags)
{
	CLASS(filename_kernel, name)(pathname);

	return filename_create(dfd, name, path, lookup_flags);
}
EXPORT_SYMBOL(start_creating_path);

void end_creating_path(const struct path *path, struct dentry *dentry)
{
	inode_unlock(path->dentry->d_inode);
	path_put(path);
}
EXPORT_SYMBOL(end_creating_path);

int filename_mknodat(int dfd, struct filename *name, umode_t mode,
		     unsigned int dev)
{
	unsigned int lookup_flags = 0;
	struct dentry *dentry;
	struct path path;
	struct inode *inode;
	int error;

	if (S_ISDIR(mode))
		return -EPERM;
again:
	dentry = filename_create(dfd, name, &path, lookup_flags);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	inode = create_inode(dentry, mode, dev);
	error = PTR_ERR_OR_ZERO(inode);
	end_creating_path(&path, dentry);
	if (!retry_estale(error, lookup_flags))
		return error;
	lookup_flags |= LOOKUP_REVAL;
	goto again;
}

SYSCALL_DEFINE4(mknodat, int, dfd, const char __user *, filename, umode_t, mode,
		unsigned int, dev)
{
	CLASS(filename, node)(filename);

	return filename_mknodat(dfd, node, mode, dev);
}

int filename_mkdirat(int dfd, struct filename *name, umode_t mode)
{
	struct path path;
	struct dentry *dentry;
	struct inode *inode;
	int error;
	unsigned int lookup_flags = LOOKUP_DIRECTORY;

again:
	dentry = filename_create(dfd, name, &path, lookup_flags);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	inode = create_inode(dentry, S_IFDIR | mode, 0);
	error = PTR_ERR_OR_ZERO(inode);
	end_creating_path(&path, dentry);
	if (!retry_estale(error, lookup_flags))
		return error;
	lookup_flags |= LOOKUP_REVAL;
	goto again;
}

SYSCALL_DEFINE3(mkdirat, int, dfd, const char __user *, pathname, umode_t, mode)
{
	CLASS(filename, dir)(pathname);

	return filename_mkdirat(dfd, dir, mode);
}

int filename_rmdir(int dfd, struct filename *name)
{
	unsigned int lookup_flags = 0;
	struct dentry *dentry;
	enum last_type type;
	struct qstr last;
	struct path path;
	int error;

again:
	error = filename_parentat(dfd, name, lookup_flags, &path, &last, &type);
	if (error)
		return error;

	dentry = ERR_PTR(type == LAST_ROOT ? -EBUSY : -EINVAL);
	if (type == LAST_NORM)
		dentry = start_dirop(path.dentry, &last, lookup_flags);
	error = PTR_ERR_OR_ZERO(dentry);
	if (!error) {
		error = remove_inode(dentry);
		inode_unlock(path.dentry->d_inode);
	}
	path_put(&path);
	if (!retry_estale(error, lookup_flags))
		return error;
	lookup_flags |= LOOKUP_REVAL;
	goto again;
}

int filename_unlinkat(int dfd, struct filename *name)
{
	struct dentry *dentry;
	enum last_type type;
	struct qstr last;
	struct path path;
	int error;
	unsigned int lookup_flags = 0;

again:
	error = filename_parentat(dfd, name, lookup_flags, &path, &last, &type);
	if (error)
		return error;
	if (type != LAST_NORM) {
		path_put(&path);
		return -EINVAL;
	}

	/* The directory stays locked until the file is gone. */
	dentry = start_dirop(path.dentry, &last, lookup_flags);
	if (IS_ERR(dentry)) {
		error = PTR_ERR(dentry);
	} else {
		error = remove_inode(dentry);
		inode_unlock(path.dentry->d_inode);
	}
	path_put(&path);
	if (retry_estale(error, lookup_flags)) {
		lookup_flags |= LOOKUP_REVAL;
		goto again;
	}
	return error;
}

SYSCALL_DEFINE1(rmdir, const char __user *, pathname)
{
	CLASS(filename, dir)(pathname);

	return filename_rmdir(AT_FDCWD, dir);
}

SYSCALL_DEFINE3(unlinkat, int, dfd, const char __user *, pathname, int, flag)
{
	CLASS(filename, name)(pathname);

	return flag & AT_REMOVEDIR ? filename_rmdir(dfd, name) :
				     filename_unlinkat(dfd, name);
}

int filename_symlinkat(struct filename *from, int newdfd, struct filename *to)
{
	unsigned int lookup_flags = 0;
	struct dentry *dentry;
	struct path path;
	int error;

	if (IS_ERR(from))
		return PTR_ERR(from);
	for (;;) {
		dentry = filename_create(newdfd, to, &path, lookup_flags);
		if (IS_ERR(dentry))
			return PTR_ERR(dentry);
		error = set_link(dentry, from->name);
		end_creating_path(&path, dentry);
		if (!retry_estale(error, lookup_flags))
			break;
		lookup_flags |= LOOKUP_REVAL;
	}
	return error;
}

SYSCALL_DEFINE3(symlinkat, const char __user *, oldname,
		int, newdfd, const char __user *, newname)
{
	CLASS(filename, target)(oldname);
	CLASS(filename, name)(newname);

	return filename_symlinkat(target, newdfd, name);
}

int filename_linkat(int olddfd, struct filename *old,
		    int newdfd, struct filename *new, int flags)
{
	struct path old_path, new_path;
	struct dentry *new_dentry;
	int error;
	int how = 0;

	if (flags & AT_SYMLINK_FOLLOW)
		how |= LOOKUP_FOLLOW;
again:
	error = filename_lookup(olddfd, old, how, &old_path, NULL);
	if (error)
		return error;
	new_dentry = filename_create(newdfd, new, &new_path,
				     (how & LOOKUP_REVAL));
	if (IS_ERR(new_dentry)) {
		path_put(&old_path);
		return PTR_ERR(new_dentry);
	}
	error = old_path.mnt == new_path.mnt ?
		add_link(new_dentry, old_path.dentry) : -EXDEV;
	end_creating_path(&new_path, new_dentry);
	path_put(&old_path);
	if (!retry_estale(error, how))
		return error;
	how |= LOOKUP_REVAL;
	goto again;
}

SYSCALL_DEFINE5(linkat, int, olddfd, const char __user *, oldname,
		int, newdfd, const char __user *, newname, int, flags)
{
	CLASS(filename, old)(oldname);
	CLASS(filename, new)(newname);

	return filename_linkat(olddfd, old, newdfd, new, flags);
}
