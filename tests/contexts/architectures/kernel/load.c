// SPDX-License-Identifier: GPL-2.0-only
static int load_thread(void *data)
{
	return arch_load();
}

int load_start(void)
{
	return IS_ERR(kthread_run(load_thread, NULL, "load"));
}
