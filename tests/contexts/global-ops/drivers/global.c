// SPDX-License-Identifier: GPL-2.0-only
/* Another file's variable of that name is another one. */
static int (*hook)(void);

extern int (*exported_hook)(void);

static int thread_hook(void)
{
	return kern_path("/thread_hook", 0, NULL);	/* kthread */
}

static int syscall_hook(void)
{
	return kern_path("/syscall_hook", 0, NULL);	/* user */
}

static int own_hook(void)
{
	return kern_path("/own_hook", 0, NULL);		/* unreached */
}

void global_setup(void)
{
	hook = own_hook;
	exported_hook = syscall_hook;
	set_hook(thread_hook);
}
