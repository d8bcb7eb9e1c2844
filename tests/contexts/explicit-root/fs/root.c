// SPDX-License-Identifier: GPL-2.0-only
struct path {
	void *mnt;
	void *dentry;
};

static int by_root(const struct path *root, const char *name)
{
	vfs_path_lookup(root->dentry, root->mnt, name, 0, NULL);	/* safe */
	vfs_path_parent_lookup(name, 0, NULL, NULL, NULL, root);	/* safe */
	filename_lookup(-100, name, 0, NULL, root);			/* safe */
	return do_file_open_root(root, name, NULL);			/* safe */
}

static int without_root(const char *name)
{
	vfs_path_parent_lookup(name, 0, NULL, NULL, NULL, NULL);	/* kthread */
	filename_lookup(-100, name, 0, NULL, NULL);			/* kthread */
	return 0;
}

/* The root of current is no root of its own. */
static int current_root(const char *name)
{
	vfs_path_parent_lookup(name, 0, NULL, NULL, NULL,		/* kthread */
			       &current->fs->root);
	return vfs_path_lookup(init_task.fs->root.dentry,		/* kthread */
			       init_task.fs->root.mnt, name, 0, NULL);
}

/* Opening a file below a root. */
static int file_below_root(const struct path *root)
{
	return IS_ERR(file_open_root(root, "x", 0, 0));		/* safe */
}

/* Nobody calls it, and it is safe all the same. */
int uncalled(const struct path *root)
{
	return vfs_path_lookup(root->dentry, root->mnt, "x", 0, NULL);	/* safe */
}

/* There is a way on which the variable holds no root. */
static int maybe_root(struct path *given)
{
	const struct path *root = NULL;

	if (given)
		root = given;
	return filename_lookup(-100, "maybe", 0, NULL, root);		/* kthread */
}

static int root_thread(void *data)
{
	by_root(data, "x");
	without_root("y");
	file_below_root(data);
	maybe_root(data);
	return current_root("z");
}

int root_start(struct path *root)
{
	return IS_ERR(kthread_run(root_thread, root, "root"));
}
