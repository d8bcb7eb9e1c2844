// SPDX-License-Identifier: GPL-2.0-only
/* Only a host program calls a function of this name. */
int parse_kernel_file(const char *name)
{
	return kern_path(name, 0, NULL);		/* unreached */
}

int parse_for_thread(const char *name)
{
	return kern_path(name, 0, NULL);		/* kthread */
}

static int parse_thread(void *data)
{
	return parse_for_thread("/z");
}

int parse_start(void)
{
	return IS_ERR(kthread_run(parse_thread, NULL, "parse"));
}
