// SPDX-License-Identifier: GPL-2.0-only
/* What an interface itself is built of is none of our sites. */
int filename_lookup(int dfd, void *name, unsigned int flags, void *path,
		    void *root)
{
	return path_lookupat(name);
}

int kern_path(const char *name, unsigned int flags, void *path)
{
	return filename_lookup(-100, name, flags, path, NULL);	/* no site */
}

/* A helper's lookups are sites, and so are its callers'. */
int init_chdir(const char *name)
{
	return kern_path(name, 0, NULL);	/* boot */
}

static int enter(void)
{
	return init_chdir("/root");		/* boot */
}
late_initcall(enter);

/* A thread does not get through a lookup: it has failed already. */
int below_lookup(const char *name)
{
	return filp_open(name, 0, 0);		/* user */
}

int lookup_bdev(const char *name, void *dev)
{
	return below_lookup(name);
}

static int bdev_thread(void *data)
{
	return lookup_bdev("/dev/x", NULL);	/* kthread */
}

SYSCALL_DEFINE0(bdev)
{
	kthread_run(bdev_thread, NULL, "bdev");
	return lookup_bdev("/dev/y", NULL);	/* user */
}
