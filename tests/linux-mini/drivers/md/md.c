// SPDX-License-Identifier: GPL-2.0-only
/* RAID: a thread for each array, made in more than one way. */
#include <linux/kthread.h>
#include <linux/module.h>

struct mddev {
	struct md_thread *thread;
	struct task_struct *cluster_task;
	int md_minor;
	int recovery_node;
};

struct md_thread {
	void (*run)(struct md_thread *thread);
	struct mddev *mddev;
	struct task_struct *tsk;
};

static struct task_struct *md_monitor;

#define md_start_thread(fn, mddev, what)				\
	kthread_run(fn, mddev, "%s_md%d", what, (mddev)->md_minor)

static inline const char *mdname(struct mddev *mddev)
{
	return mddev->md_minor ? "mdX" : "md0";
}

static int md_thread(void *arg)
{
	struct md_thread *thread = arg;

	while (!kthread_should_stop())
		thread->run(thread);
	return 0;
}

static int md_check(void *arg)
{
	return 0;
}

static int md_repair(void *arg)
{
	return kthread_should_stop();
}

struct md_thread *md_register_thread(void (*run)(struct md_thread *),
		struct mddev *mddev, const char *name)
{
	struct md_thread *thread = kzalloc_obj(*thread);

	if (!thread)
		return NULL;

	thread->run = run;
	thread->mddev = mddev;
	thread->tsk = kthread_run(md_thread, thread,
				  "%s_%s",
				  mdname(thread->mddev),
				  name);
	if (IS_ERR(thread->tsk)) {
		kfree(thread);
		return NULL;
	}
	return thread;
}
EXPORT_SYMBOL(md_register_thread);

static struct task_struct *md_start_sync(struct mddev *mddev, bool repair)
{
	return kthread_run(repair ? md_repair : md_check, mddev, "md%d_%s",
			   mddev->md_minor, repair ? "repair" : "check");
}

int md_start(struct mddev *mddev)
{
	struct task_struct *tsk = kthread_create(md_check, NULL, "md");
	int i = 0;

	if (IS_ERR(tsk))
		return PTR_ERR(tsk);
	wake_up_process(tsk);

	if (!md_monitor &&
	    IS_ERR(md_monitor = kthread_run(md_check, mddev, mdname(mddev))))
		return PTR_ERR(md_monitor);

	tsk = mddev->recovery_node >= 0
		? kthread_create_on_node(md_repair, mddev, mddev->recovery_node,
					 "md%d/%d", mddev->md_minor, i++)
		: kthread_create(md_repair, mddev, "md%d/%d", mddev->md_minor, i++);
	if (IS_ERR(tsk) || IS_ERR(md_start_sync(mddev, true)))
		return -EIO;

	mddev->cluster_task = md_start_thread(md_check, mddev, "cluster");
	if (IS_ERR(mddev->cluster_task))
		return PTR_ERR(mddev->cluster_task);

	tsk = kthread_create_on_node(md_check, NULL, 0, "md-node0");
	if (!IS_ERR(tsk))
		wake_up_process(tsk);
	return 0;
}
EXPORT_SYMBOL(md_start);
