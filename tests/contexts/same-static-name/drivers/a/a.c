// SPDX-License-Identifier: GPL-2.0-only
static int load(void *data)
{
	return kern_path("/a", 0, NULL);	/* kthread */
}

int a_start(void)
{
	return IS_ERR(kthread_run(load, NULL, "a"));
}
