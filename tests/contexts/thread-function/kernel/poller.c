// SPDX-License-Identifier: GPL-2.0-only
#include <linux/kthread.h>

static int read_config(void)
{
	return kern_path("/etc/poller", 0, NULL);	/* kthread */
}

static int poll_thread(void *data)
{
	while (!kthread_should_stop())
		read_config();
	return 0;
}

static int node_thread(void *data)
{
	return kern_path("/etc/node", 0, NULL);	/* kthread */
}

static int old_thread(void *data)
{
	return kern_path("/etc/old", 0, NULL);	/* kthread */
}

static int cast_thread(struct poller *poller)
{
	return kern_path("/etc/cast", 0, NULL);	/* kthread */
}

static int cpu_thread(void *data)
{
	return kern_path("/etc/cpu", 0, NULL);	/* kthread */
}

static int idle_thread(void *data)
{
	return kern_path("/etc/idle", 0, NULL);	/* unreached */
}

/* This one goes on to execute a program: a process, not a kernel thread. */
static int helper_process(void *data)
{
	return kern_path("/sbin/helper", 0, NULL);	/* user */
}

/* Only the data of a thread, of which nobody knows what it does with it. */
static int data_function(void)
{
	return kern_path("/etc/data", 0, NULL);	/* unreached */
}

SYSCALL_DEFINE1(poller, int, how)
{
	kthread_run(poll_thread, data_function, "poller");
	kthread_create_on_node(&node_thread, NULL, 0, "node/%d", how);
	kthread_create((int (*)(void *))cast_thread, NULL, "cast");
	kthread_create_on_cpu(cpu_thread, NULL, how, "cpu/%u");
	kernel_thread(old_thread, NULL, "old", 0);
	user_mode_thread(helper_process, NULL, 0);
	/* Who starts a thread is not one. */
	return kern_path("/etc/start", 0, NULL);	/* user */
}
