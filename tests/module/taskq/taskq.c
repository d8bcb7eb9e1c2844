// SPDX-License-Identifier: GPL-2.0-only
/* The second style: a task queue library over kthread_create(). */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/slab.h>

#include <journal/taskq.h>

/* An entry that the queue itself has allocated. */
struct taskq_owned {
	struct taskq_ent ent;
};

static struct taskq_ent *taskq_next(struct taskq *tq)
{
	struct taskq_ent *ent = NULL;
	unsigned long irq;

	spin_lock_irqsave(&tq->lock, irq);
	if (!list_empty(&tq->pending)) {
		ent = list_first_entry(&tq->pending, struct taskq_ent, list);
		list_del_init(&ent->list);
	}
	spin_unlock_irqrestore(&tq->lock, irq);
	return ent;
}

static int taskq_thread(void *data)
{
	struct taskq *tq = data;
	struct taskq_ent *ent;

	while (!kthread_should_stop()) {
		wait_event_interruptible(tq->wait,
					 !list_empty(&tq->pending) ||
					 kthread_should_stop());
		while ((ent = taskq_next(tq)))
			ent->func(ent->arg);
	}
	return 0;
}

void taskq_prepare(struct taskq_ent *ent, task_func_t *func, void *arg)
{
	INIT_LIST_HEAD(&ent->list);
	ent->func = func;
	ent->arg = arg;
}

void taskq_enqueue(struct taskq *tq, struct taskq_ent *ent)
{
	unsigned long irq;

	spin_lock_irqsave(&tq->lock, irq);
	list_add_tail(&ent->list, &tq->pending);
	spin_unlock_irqrestore(&tq->lock, irq);
	wake_up(&tq->wait);
}

int taskq_dispatch(struct taskq *tq, task_func_t *func, void *arg, gfp_t flags)
{
	struct taskq_owned *owned = kzalloc(sizeof(*owned), flags);

	if (!owned)
		return -ENOMEM;
	taskq_prepare(&owned->ent, func, arg);
	taskq_enqueue(tq, &owned->ent);
	return 0;
}

struct taskq *taskq_create(const char *name)
{
	struct taskq *tq = kzalloc(sizeof(*tq), GFP_KERNEL);

	if (!tq)
		return NULL;
	spin_lock_init(&tq->lock);
	init_waitqueue_head(&tq->wait);
	INIT_LIST_HEAD(&tq->pending);
	tq->thread = kthread_create(taskq_thread, tq, "%s", name);
	if (IS_ERR(tq->thread)) {
		kfree(tq);
		return NULL;
	}
	wake_up_process(tq->thread);
	return tq;
}

void taskq_destroy(struct taskq *tq)
{
	kthread_stop(tq->thread);
	kfree(tq);
}
