// SPDX-License-Identifier: GPL-2.0-only
/* Kernel threads as they were made before the worker API had macros. */
#include <linux/kthread.h>
#include <linux/sched/task.h>
#include <linux/slab.h>

/* One order for kthreadd.  Who gave it waits, and frees it if he still lives. */
struct kthread_create_info
{
	int (*threadfn)(void *data);
	void *data;
	int node;
	struct completion *done;
	struct task_struct *result;
	struct list_head list;
};

struct kthread {
	int (*threadfn)(void *data);
	void *data;
	char *full_name;
};

static struct task_struct *kthreadd_task;
static LIST_HEAD(orders);
static DEFINE_SPINLOCK(orders_lock);

static struct kthread *to_kthread(struct task_struct *task)
{
	return task->worker_private;
}

void *kthread_data(struct task_struct *task)
{
	return to_kthread(task)->data;
}
EXPORT_SYMBOL(kthread_data);

/* The first thing that a new thread does. */
static int kthread(void *_create)
{
	struct kthread_create_info *order = _create;
	struct kthread *self = to_kthread(current);
	struct completion *waiting;

	self->threadfn = order->threadfn;
	self->data = order->data;

	/* Nobody waits any more. */
	waiting = xchg(&order->done, NULL);
	if (!waiting) {
		kfree(order);
		kthread_exit(-EINTR);
	}

	order->result = current;
	complete(waiting);
	schedule();
	kthread_exit(self->threadfn(self->data));
}

static void create_kthread(struct kthread_create_info *order)
{
	int pid;

#ifdef CONFIG_NUMA
	current->pref_node_fork = order->node;
#endif
	/* Signals are for user space. */
	pid = kernel_thread(kthread, order, CLONE_FS | CLONE_FILES | SIGCHLD);
	if (pid < 0) {
		struct completion *waiting = xchg(&order->done, NULL);

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
	DECLARE_COMPLETION_ONSTACK(finished);
	struct task_struct *made;
	struct kthread_create_info *order = kmalloc(sizeof(*order),
						    GFP_KERNEL);

	if (!order)
		return ERR_PTR(-ENOMEM);
	order->threadfn = threadfn;
	order->data = data;
	order->node = node;
	order->done = &finished;

	spin_lock(&orders_lock);
	list_add_tail(&order->list, &orders);
	spin_unlock(&orders_lock);

	wake_up_process(kthreadd_task);
	if (wait_for_completion_killable(&finished)) {
		/* Whoever works on the order now takes it over. */
		if (xchg(&order->done, NULL))
			return ERR_PTR(-EINTR);
		wait_for_completion(&finished);
	}
	made = order->result;
	if (!IS_ERR(made)) {
		char name[TASK_COMM_LEN];
		va_list again;

		va_copy(again, args);
		if (vsnprintf(name, sizeof(name), namefmt, again) >= TASK_COMM_LEN)
			to_kthread(made)->full_name =
				kvasprintf(GFP_KERNEL, namefmt, args);
		va_end(again);
		set_task_comm(made, name);
	}
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
 * Return: the task, or an error pointer.
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

int kthreadd(void *unused)
{
	kthreadd_task = current;
	for (;;) {
		struct kthread_create_info *order;

		if (list_empty(&orders))
			schedule();
		spin_lock(&orders_lock);
		order = list_entry(orders.next,
				   struct kthread_create_info, list);
		list_del_init(&order->list);
		spin_unlock(&orders_lock);
		create_kthread(order);
	}
	return 0;
}

int kthread_worker_fn(void *worker_ptr)
{
	struct kthread_worker *worker = worker_ptr;

	if (worker->flags & KTW_FREEZABLE)
		set_freezable();

	worker->task = NULL;
	return 0;
}

static __printf(3, 0) struct kthread_worker *
__kthread_create_worker(int cpu, unsigned int flags,
			const char namefmt[], va_list args)
{
	struct kthread_worker *kw;
	struct task_struct *made;
	int nid = NUMA_NO_NODE;

	kw = kzalloc(sizeof(*kw), GFP_KERNEL);
	if (!kw)
		return ERR_PTR(-ENOMEM);

	kthread_init_worker(kw);

	if (cpu >= 0)
		nid = cpu_to_node(cpu);

	made = __kthread_create_on_node(kthread_worker_fn, kw,
					nid, namefmt, args);
	if (IS_ERR(made))
		goto no_thread;

	if (cpu >= 0)
		kthread_bind(made, cpu);

	kw->flags = flags;
	kw->task = made;
	wake_up_process(made);
	return kw;

no_thread:
	kfree(kw);
	return ERR_CAST(made);
}

/**
 * kthread_create_worker - make a worker and start it
 * @flags: what is special about the worker
 * @namefmt: name of the thread, in printf style
 *
 * Return: the worker or an error pointer.
 */
struct kthread_worker *
kthread_create_worker(unsigned int flags, const char namefmt[], ...)
{
	struct kthread_worker *worker;
	va_list args;

	va_start(args, namefmt);
	worker = __kthread_create_worker(-1, flags, namefmt, args);
	va_end(args);

	return worker;
}
EXPORT_SYMBOL(kthread_create_worker);

/**
 * kthread_create_worker_on_cpu - make a worker that stays on one CPU
 * @cpu: the CPU
 * @flags: what is special about the worker
 * @namefmt: name of the thread, in printf style
 */
struct kthread_worker *
kthread_create_worker_on_cpu(int cpu, unsigned int flags,
			     const char namefmt[], ...)
{
	struct kthread_worker *worker;
	va_list args;

	va_start(args, namefmt);
	worker = __kthread_create_worker(cpu, flags, namefmt, args);
	va_end(args);

	return worker;
}
EXPORT_SYMBOL(kthread_create_worker_on_cpu);

void kthread_destroy_worker(struct kthread_worker *worker)
{
	kthread_stop(worker->task);
	kfree(worker);
}
EXPORT_SYMBOL(kthread_destroy_worker);
