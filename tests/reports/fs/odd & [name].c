// SPDX-License-Identifier: GPL-2.0-only
/* A file name that HTML, URIs, org and dot must escape; all other verdicts. */

static int both(const char *name)
{
	/* Ein Zeichen, zwei Bytes: ä */ return kern_path(name, 0, NULL);
}

int odd_safe(struct path *root)
{
	return file_open_root(root, "safe", 0, 0);
}

static int odd_thread(void *data)
{
	odd_safe(data);
	return for_each_name(both);
}

SYSCALL_DEFINE0(odd)
{
	kthread_run(odd_thread, NULL, "odd");
	kern_path("/user", 0, NULL);
	return both("/both");
}

static int __init odd_init(void)
{
	return kern_path("/boot", 0, NULL);
}
rootfs_initcall(odd_init);

int odd_lost(void)
{
	return kern_path("/lost", 0, NULL);
}
