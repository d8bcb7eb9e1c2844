// SPDX-License-Identifier: GPL-2.0-only
/* Pools of kworkers, and the one worker which tidies up behind them. */
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/workqueue.h>

enum worker_flags {
	WORKER_DIE		= 1 << 1,
	WORKER_IDLE		= 1 << 2,
	WORKER_PREP		= 1 << 3,
};

struct worker_pool {
	raw_spinlock_t		lock;
	int			cpu;
	int			node;
	unsigned int		flags;
	struct list_head	worklist;
	struct list_head	workers;
};

/* Not to be mixed up with struct kthread_worker: these flags are in use. */
struct worker {
	struct task_struct	*task;
	struct worker_pool	*pool;
	struct list_head	node;
	unsigned int		flags;
	int			id;
	char			desc[24];
};

struct pool_workqueue {
	struct worker_pool	*pool;
	struct kthread_work	release_work;
};

static struct kthread_worker *pwq_release_worker;
static DEFINE_MUTEX(wq_pool_attach_mutex);
static int next_id;

static inline void worker_set_flags(struct worker *worker, unsigned int flags)
{
	worker->flags |= flags;
}

static int worker_thread(void *__worker)
{
	struct worker *worker = __worker;
	struct worker_pool *pool = worker->pool;

	while (!(worker->flags & WORKER_DIE)) {
		struct work_struct *work;

		raw_spin_lock_irq(&pool->lock);
		if (list_empty(&pool->worklist)) {
			worker_set_flags(worker, WORKER_IDLE);
			raw_spin_unlock_irq(&pool->lock);
			schedule();
			continue;
		}
		work = list_first_entry(&pool->worklist, struct work_struct,
					entry);
		list_del_init(&work->entry);
		raw_spin_unlock_irq(&pool->lock);

		work->func(work);
	}
	return 0;
}

static int rescuer_thread(void *__rescuer)
{
	struct worker *rescuer = __rescuer;

	rescuer->flags &= ~WORKER_IDLE;
	return 0;
}

static struct worker *create_worker(struct worker_pool *pool)
{
	struct worker *worker __free(kfree) = kzalloc_obj(*worker);

	if (!worker)
		return NULL;

	guard(mutex)(&wq_pool_attach_mutex);
	worker->id = next_id++;
	worker->pool = pool;
	worker->flags = WORKER_PREP;
	worker->task = kthread_create_on_node(worker_thread, worker,
					      pool->node, "kworker/%d:%d",
					      pool->cpu, worker->id);
	if (IS_ERR(worker->task))
		return NULL;
	wake_up_process(worker->task);
	return_ptr(worker);
}

int init_rescuer(struct worker *rescuer, const char *wq_name)
{
	rescuer->task = kthread_create(rescuer_thread, rescuer, "kworker/R-%s",
				       wq_name);
	if (IS_ERR(rescuer->task)) {
		pr_err("workqueue: no rescuer for %s: %ld\n", wq_name,
		       PTR_ERR(rescuer->task));
		return PTR_ERR(rescuer->task);
	}
	return 0;
}

static void pwq_release_workfn(struct kthread_work *work)
{
	kfree(container_of(work, struct pool_workqueue, release_work));
}

void put_pwq(struct pool_workqueue *pwq)
{
	kthread_init_work(&pwq->release_work, pwq_release_workfn);
	kthread_queue_work(pwq_release_worker, &pwq->release_work);
}

void __init workqueue_init(struct worker_pool *pool)
{
	pwq_release_worker = kthread_run_worker(0, "pool_workqueue_release");
	BUG_ON(IS_ERR(pwq_release_worker));

	BUG_ON(!create_worker(pool));
}
