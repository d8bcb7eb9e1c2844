// SPDX-License-Identifier: GPL-2.0-only
static int thread_item(int item, void *data)
{
	return kern_path("/thread", 0, NULL);	/* kthread */
}

static int syscall_item(int item, void *data)
{
	return kern_path("/syscall", 0, NULL);	/* user */
}

static int both_item(int item, void *data)
{
	return kern_path("/both", 0, NULL);	/* mixed */
}

static int pointer_thread_item(int item, void *data)
{
	return kern_path("/pointer_thread", 0, NULL);	/* kthread */
}

static int pointer_syscall_item(int item, void *data)
{
	return kern_path("/pointer_syscall", 0, NULL);	/* user */
}

/* Passed by a function that nobody calls. */
static int lost_item(int item, void *data)
{
	return kern_path("/lost", 0, NULL);	/* unreached */
}

/* Passed as the data, and nobody calls data. */
static int data_item(int item, void *data)
{
	return kern_path("/data", 0, NULL);	/* unreached */
}

int lost_caller(void)
{
	return each_item(lost_item, NULL);
}

static int items_thread(void *data)
{
	each_item(thread_item, data_item);
	each_item(both_item, NULL);
	each_pointer(&pointer_thread_item, NULL);
	return 0;
}

SYSCALL_DEFINE0(items)
{
	kthread_run(items_thread, NULL, "items");
	each_item(syscall_item, NULL);
	each_item(both_item, NULL);
	return each_pointer(pointer_syscall_item, NULL);
}
