// SPDX-License-Identifier: GPL-2.0-only
/* The third style: a portability layer; threads. */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>

#include <journal/port.h>

struct thread_start {
	proc_t proc;
	void *arg;
};

static int thread_main(void *data)
{
	struct thread_start *priv = data;
	proc_t proc = priv->proc;
	void *arg = priv->arg;

	kfree(priv);
	proc(arg);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(HZ);
	return 0;
}

int __thread_create(proc_t proc, void *arg, const char *name)
{
	struct thread_start *priv = kmalloc(sizeof(*priv), GFP_KERNEL);
	struct task_struct *task;

	if (!priv)
		return ENOMEM;
	priv->proc = proc;
	priv->arg = arg;
	task = kthread_run(thread_main, priv, "%s", name);
	if (!IS_ERR(task))
		return 0;
	kfree(priv);
	return -PTR_ERR(task);
}
