// SPDX-License-Identifier: GPL-2.0-only
/* The interfaces: which parameter gives the root is told by its name. */
int vfs_path_lookup(struct dentry *dentry, struct vfsmount *mnt,
		    const char *name, unsigned int flags, struct path *path)
{
	return path_lookupat(name);
}

int vfs_path_parent_lookup(const char *filename, unsigned int flags,
			   struct path *parent, void *last, int *type,
			   const struct path *root)
{
	return path_lookupat(filename);
}

int filename_lookup(int dfd, const char *name, unsigned int flags,
		    struct path *path, const struct path *root)
{
	return path_lookupat(name);
}

int do_file_open_root(const struct path *root, const char *name, void *op)
{
	return path_openat(name);
}

struct file *file_open_root(const struct path *root, const char *filename,
			    int flags, int mode)
{
	return do_file_open_root(root, filename, NULL);	/* no site */
}
