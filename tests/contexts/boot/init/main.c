// SPDX-License-Identifier: GPL-2.0-only
int find_root(const char *name)
{
	return kern_path(name, 0, NULL);		/* boot */
}

static int run_init(void)
{
	return kern_path("/sbin/init", 0, NULL);	/* boot */
}

static int kernel_init(void *unused)
{
	find_root("/dev/root");
	return run_init();
}

void rest_init(void)
{
	user_mode_thread(kernel_init, NULL, 0);
}

void start_kernel(void)
{
	kern_path("/early", 0, NULL);			/* boot */
	rest_init();
}
