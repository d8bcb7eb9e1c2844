// SPDX-License-Identifier: GPL-2.0-only
/* Called by code of all architectures. */
int arch_load(void)
{
	return kern_path("/x86", 0, NULL);	/* kthread */
}

/* Both architectures have one; each calls its own. */
int arch_own(void)
{
	return kern_path("/x86/own", 0, NULL);	/* kthread */
}

static int own_thread(void *data)
{
	return arch_own();
}

int arch_start(void)
{
	return IS_ERR(kthread_run(own_thread, NULL, "own"));
}
