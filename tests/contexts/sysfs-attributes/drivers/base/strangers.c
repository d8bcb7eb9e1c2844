// SPDX-License-Identifier: GPL-2.0-only
/* The names are those that the other file's macros put together. */
static long image_show(void *dev, void *attr, char *buf)
{
	return kern_path("/stranger", 0, NULL);		/* unreached */
}

static int reset_store(void *data)
{
	return kern_path("/thread", 0, NULL);		/* kthread */
}

int strangers_start(void)
{
	return IS_ERR(kthread_run(reset_store, image_show, "stranger"));
}
