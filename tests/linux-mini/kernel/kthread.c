// SPDX-License-Identifier: GPL-2.0-only
/* Kernel threads: made by kthreadd on behalf of whoever asks. */
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched/task.h>

/* One order for kthreadd.  Who gave it waits, and frees it if he still lives. */
struct kthread_create_info {
	char *full_name;
	int (*threadfn)(void *data);
	void *data;
	int node;
	struct completion *done;
	struct task_struct *result;
	struct list_head list;
};

struct task_struct *kthreadd_task;
static LIST_HEAD(orders);
static DEFINE_SPINLOCK(orders_lock);

void *kthread_data(struct task_struct *task)
{
	return task->worker_private;
}
EXPORT_SYMBOL_GPL(kthread_data);

/* The first thing that a new thread does. */
static int kthread(void *_create)
{
	struct kthread_create_info *order = _create;
	int (*threadfn)(void *data) = order->threadfn;
	struct completion *waiting = xchg(&order->done, NULL);

	current->worker_private = order->data;
	if (!waiting) {
		kfree(order->full_name);
		kfree(order);
		kthread_exit(-EINTR);
	}
	kfree(order->full_name);
	order->result = current;
	__set_current_state(TASK_UNINTERRUPTIBLE);
	complete(waiting);
	schedule_preempt_disabled();
	kthread_exit(threadfn(current->worker_private));
}

static void create_kthread(struct kthread_create_info *order)
{
	int pid;

	/* Signals are for user space. */
	pid = kernel_thread(kthread, order, order->full_name,
			    CLONE_FS | CLONE_FILES | SIGCHLD);
	if (pid < 0) {
		struct completion *waiting = xchg(&order->done, NULL);

		kfree(order->full_name);
		if (!waiting) {
			kfree(order);
			return;
		}
		order->result = ERR_PTR(pid);
		complete(waiting);
	}
}

static __printf(4, 0)
struct task_struct *__kthread_create_on_node(int (*threadfn)(void *data),
						    void *data, int node,
						    const char namefmt[],
						    va_list args)
{
	struct kthread_create_info *order = kmalloc_obj(*order);
	DECLARE_COMPLETION_ONSTACK(finished);
	struct task_struct *made = ERR_PTR(-ENOMEM);

	if (!order)
		return ERR_PTR(-ENOMEM);
	order->threadfn = threadfn;
	order->data = data;
	order->node = node;
	order->done = &finished;
	order->full_name = kvasprintf(GFP_KERNEL, namefmt, args);
	if (!order->full_name)
		goto out;

	scoped_guard(spinlock, &orders_lock)
		list_add_tail(&order->list, &orders);
	wake_up_process(kthreadd_task);
	if (wait_for_completion_killable(&finished)) {
		/* Whoever works on the order now takes it over. */
		if (xchg(&order->done, NULL))
			return ERR_PTR(-EINTR);
		wait_for_completion(&finished);
	}
	made = order->result;
out:
	kfree(order);
	return made;
}

/**
 * kthread_create_on_node - make a sleeping kthread
 * @threadfn: what the thread executes
 * @data: argument of @threadfn
 * @node: where its task_struct and stack come from
 * @namefmt: name, in printf style
 *
 * Return: the task, or -ENOMEM.
 */
struct task_struct *kthread_create_on_node(int (*threadfn)(void *data),
					   void *data, int node,
					   const char namefmt[],
					   ...)
{
	struct task_struct *made;
	va_list ap;

	va_start(ap, namefmt);
	made = __kthread_create_on_node(threadfn, data, node, namefmt, ap);
	va_end(ap);
	return made;
}
EXPORT_SYMBOL(kthread_create_on_node);

/**
 * kthread_create_on_cpu - make a sleeping kthread that stays on one CPU
 * @threadfn: what the thread executes
 * @data: argument of @threadfn
 * @cpu: the CPU
 * @namefmt: name with one conversion, which gets the CPU number
 */
struct task_struct *kthread_create_on_cpu(int (*threadfn)(void *data),
					  void *data, unsigned int cpu,
					  const char *namefmt)
{
	int node = cpu_to_node(cpu);
	struct task_struct *made =
		kthread_create_on_node(threadfn, data, node, namefmt, cpu);

	if (!IS_ERR(made))
		kthread_bind(made, cpu);
	return made;
}
EXPORT_SYMBOL(kthread_create_on_cpu);

int kthreadd(void *unused)
{
	struct kthread_create_info *order;

	while (!kthread_should_stop()) {
		order = NULL;
		scoped_guard(spinlock, &orders_lock)
			if (!list_empty(&orders)) {
				order = list_first_entry(&orders,
					struct kthread_create_info, list);
				list_del_init(&order->list);
			}
		if (order)
			create_kthread(order);
		else
			schedule();
	}
	return 0;
}

void __kthread_init_worker(struct kthread_worker *worker,
				const char *name,
				struct lock_class_key *key)
{
	*worker = (struct kthread_worker){ .task = NULL };
	INIT_LIST_HEAD(&worker->delayed_work_list);
	INIT_LIST_HEAD(&worker->work_list);
	raw_spin_lock_init(&worker->lock);
}
EXPORT_SYMBOL_GPL(__kthread_init_worker);

/* The oldest work, or NULL; the list holds it no longer. */
static struct kthread_work *take_work(struct kthread_worker *worker)
{
	struct kthread_work *oldest = NULL;

	raw_spin_lock_irq(&worker->lock);
	if (!list_empty(&worker->work_list)) {
		oldest = list_first_entry(&worker->work_list,
					  struct kthread_work, node);
		list_del_init(&oldest->node);
	}
	raw_spin_unlock_irq(&worker->lock);
	return oldest;
}

/**
 * kthread_worker_fn - thread function of a kthread_worker
 * @worker_ptr: the worker
 *
 * Works through the list until told to stop.
 */
int kthread_worker_fn(void *worker_ptr)
{
	struct kthread_worker *worker = worker_ptr;
	struct kthread_work *work;

	worker->task = current;

	if (worker->flags & KTW_FREEZABLE)
		set_freezable();

	for (; !kthread_should_stop(); schedule())
		while ((work = take_work(worker)))
			work->func(work);

	return 0;
}
EXPORT_SYMBOL_GPL(kthread_worker_fn);

static __printf(3, 0) struct kthread_worker *
__kthread_create_worker_on_node(unsigned int flags, int node,
				const char namefmt[], va_list args)
{
	struct kthread_worker *worker;
	struct task_struct *made;

	worker = kzalloc_obj(*worker);
	if (!worker)
		return ERR_PTR(-ENOMEM);

	kthread_init_worker(worker);
	made = __kthread_create_on_node(kthread_worker_fn, worker, node,
					namefmt, args);
	if (IS_ERR(made)) {
		kfree(worker);
		return ERR_CAST(made);
	}

	worker->flags = flags;
	worker->task = made;
	return worker;
}

/**
 * kthread_create_worker_on_node - make a worker with a sleeping thread
 * @flags: what is special about the worker
 * @node: where the memory of the thread comes from
 * @namefmt: name of the thread, in printf style
 *
 * Return: the worker, or -ENOMEM.
 */
struct kthread_worker *
kthread_create_worker_on_node(unsigned int flags, int node, const char namefmt[], ...)
{
	struct kthread_worker *made;
	va_list ap;

	va_start(ap, namefmt);
	made = __kthread_create_worker_on_node(flags, node, namefmt, ap);
	va_end(ap);
	return made;
}
EXPORT_SYMBOL(kthread_create_worker_on_node);

/**
 * kthread_create_worker_on_cpu - make a worker for one CPU, its thread
 *	sleeping
 * @cpu: the CPU it stays on
 * @flags: what is special about the worker,
 *	   zero unless it has to be frozen
 * @namefmt: name with one conversion, which gets the CPU number
 *
 * A call looks like kthread_create_worker_on_cpu(cpu, 0, "work/%d").
 */
struct kthread_worker *
kthread_create_worker_on_cpu(int cpu, unsigned int flags,
			     const char namefmt[])
{
	struct kthread_worker *made;

	made = kthread_create_worker_on_node(flags, cpu_to_node(cpu), namefmt, cpu);
	if (IS_ERR(made))
		return made;

	kthread_bind(made->task, cpu);
	return made;
}
EXPORT_SYMBOL(kthread_create_worker_on_cpu);

bool kthread_queue_work(struct kthread_worker *worker,
			struct kthread_work *work)
{
	bool queued = !work->worker;

	if (queued) {
		raw_spin_lock_irq(&worker->lock);
		work->worker = worker;
		list_add_tail(&work->node, &worker->work_list);
		raw_spin_unlock_irq(&worker->lock);
		wake_up_process(worker->task);
	}
	return queued;
}
EXPORT_SYMBOL_GPL(kthread_queue_work);
