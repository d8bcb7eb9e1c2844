// SPDX-License-Identifier: GPL-2.0-only
/* Callers of the old forms: two threads, one of them on a node. */
#include <linux/kthread.h>

struct md_thread {
	struct task_struct *tsk;
	struct task_struct *helper;
};

static int md_helper(void *arg)
{
	return 0;
}

int md_start(struct md_thread *thread, int (*run)(void *), int node, int id)
{
	thread->helper = kthread_run(md_helper, NULL, "md_helper");
	if (IS_ERR(thread->helper))
		return PTR_ERR(thread->helper);
	thread->tsk = kthread_create_on_node(run, thread, node, "md%d_%s",
					     id, "raid1");
	if (IS_ERR(thread->tsk))
		return PTR_ERR(thread->tsk);
	return 0;
}
