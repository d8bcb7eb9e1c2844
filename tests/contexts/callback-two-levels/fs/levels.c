// SPDX-License-Identifier: GPL-2.0-only
static int thread_two(void *data)
{
	return kern_path("/thread_two", 0, NULL);	/* kthread */
}

static int syscall_two(void *data)
{
	return kern_path("/syscall_two", 0, NULL);	/* user */
}

static int thread_three(void *data)
{
	return kern_path("/thread_three", 0, NULL);	/* kthread */
}

static int syscall_three(void *data)
{
	return kern_path("/syscall_three", 0, NULL);	/* user */
}

static int both(void *data)
{
	return kern_path("/both", 0, NULL);	/* mixed */
}

static int lost(void *data)
{
	return kern_path("/lost", 0, NULL);	/* unreached */
}

int lost_caller(void)
{
	return outermost(lost, NULL);
}

static int levels_thread(void *data)
{
	outer(NULL, thread_two);
	outer(NULL, both);
	return outermost(thread_three, NULL);
}

SYSCALL_DEFINE0(levels)
{
	kthread_run(levels_thread, NULL, "levels");
	outer(NULL, syscall_two);
	outermost(both, NULL);
	return outermost(syscall_three, NULL);
}
