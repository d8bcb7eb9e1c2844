// SPDX-License-Identifier: GPL-2.0-only
struct path {
	void *mnt;
	void *dentry;
};

static int below_init(const char *name)
{
	struct path root;

	task_lock(&init_task);
	get_fs_root(init_task.fs, &root);	/* kthread */
	task_unlock(&init_task);
	return file_open_root(&root, name, 0, 0);	/* safe */
}

static int below_init_pwd(const char *name)
{
	struct path pwd;

	get_fs_pwd(init_task.fs, &pwd);		/* user */
	return file_open_root(&pwd, name, 0, 0);	/* safe */
}

/* Whose root that is is not known here. */
static int below_other(struct task_struct *task, const char *name)
{
	struct path root;

	get_fs_root(task->fs, &root);		/* no site */
	return file_open_root(&root, name, 0, 0);	/* safe */
}

/* A root that is printed, not looked up in. */
static int print_root(void)
{
	struct path root;

	get_fs_root(current->fs, &root);	/* no site */
	return 0;
}

static int init_thread(void *data)
{
	print_root();
	below_other(data, "x");
	return below_init("x");
}

SYSCALL_DEFINE0(coredump)
{
	kthread_run(init_thread, NULL, "init");
	print_root();
	return below_init_pwd("core");
}
