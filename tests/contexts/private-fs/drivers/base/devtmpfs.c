// SPDX-License-Identifier: GPL-2.0-only
static int create_node(const char *name)
{
	return start_creating_path(-100, name, NULL, 0);	/* safe */
}

/* Another thread calls this one as well: not safe any more. */
int delete_node(const char *name)
{
	return kern_path(name, 0, NULL);		/* kthread */
}

static int handle_requests(void)
{
	create_node("null");
	delete_node("zero");
	return kern_path("/requests", 0, NULL);		/* safe */
}

static void devtmpfs_work_loop(void)
{
	for (;;)
		handle_requests();
}

static int devtmpfs_setup(void *data)
{
	init_mount("devtmpfs", "/", "devtmpfs", 0, NULL);	/* safe */
	init_chroot(".");					/* safe */
	return 0;
}

/* Ahead of the setup the thread has the root of all kernel threads. */
static int devtmpfsd(void *data)
{
	kern_path("/before", 0, NULL);			/* kthread */
	devtmpfs_setup(data);
	devtmpfs_work_loop();
	return 0;
}

static int other_thread(void *data)
{
	return delete_node("other");
}

int devtmpfs_init(void)
{
	kthread_run(other_thread, NULL, "other");
	return IS_ERR(kthread_run(devtmpfsd, NULL, "kdevtmpfs"));
}
