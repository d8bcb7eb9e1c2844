/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H
/* Creating and stopping kernel threads, and the worker built on top. */
#include <linux/err.h>
#include <linux/sched.h>
#include <linux/slab.h>

struct kthread;

/* The struct kthread of @p, or NULL where @p is a user process. */
static inline struct kthread *tsk_is_kthread(struct task_struct *p)
{
	return p->flags & PF_KTHREAD ? p->worker_private : NULL;
}

__printf(4, 5)
struct task_struct *kthread_create_on_node(int (*threadfn)(void *data),
					   void *data,
					   int node,
					   const char namefmt[], ...);

/**
 * kthread_create - make a sleeping kthread, memory from any node
 * @threadfn: what the thread executes
 * @data: argument of @threadfn
 * @namefmt: name, in printf style
 * @arg: what @namefmt asks for
 */
#define kthread_create(threadfn, data, namefmt, arg...) \
	kthread_create_on_node(threadfn, data, NUMA_NO_NODE, namefmt, ##arg)


struct task_struct *kthread_create_on_cpu(int (*threadfn)(void *data),
					  void *data,
					  unsigned int cpu,
					  const char *namefmt);

/**
 * kthread_run - make a kthread and let it go at once
 * @threadfn: what the thread executes
 * @data: argument of @threadfn
 * @namefmt: name, in printf style
 */
#define kthread_run(threadfn, data, namefmt, ...)			   \
({									   \
	struct task_struct *__new						   \
		= kthread_create(threadfn, data, namefmt, ## __VA_ARGS__); \
	if (!IS_ERR(__new))						   \
		wake_up_process(__new);					   \
	__new;								   \
})

void kthread_bind(struct task_struct *k, unsigned int cpu);
int kthread_stop(struct task_struct *k);
bool kthread_should_stop(void);
void *kthread_data(struct task_struct *k);
#define kthread_exit(result) do_exit(result)

int kthreadd(void *unused);
extern struct task_struct *kthreadd_task;

struct kthread_work;
typedef void (*kthread_work_func_t)(struct kthread_work *work);

enum {
	KTW_FREEZABLE		= 1 << 0,	/* takes part in suspend */
};

struct kthread_worker {
	unsigned int		flags;
	raw_spinlock_t		lock;
	struct list_head	work_list;
	struct list_head	delayed_work_list;
	struct task_struct	*task;
	struct kthread_work	*current_work;
};

struct kthread_work {
	kthread_work_func_t	func;
	struct list_head	node;
	struct kthread_worker	*worker;
};

struct kthread_delayed_work {
	struct kthread_work work;
	unsigned long expires;
};

extern void __kthread_init_worker(struct kthread_worker *worker,
			const char *name, struct lock_class_key *key);

#define kthread_init_worker(worker)					\
	do {								\
		static struct lock_class_key class;			\
		__kthread_init_worker(worker, #worker, &class);		\
	} while (0)

#define kthread_init_work(work, fn)					\
	do {								\
		(work)->func = (fn);					\
		(work)->worker = NULL;					\
	} while (0)

#define kthread_init_delayed_work(dwork, fn)				\
	kthread_init_work(&(dwork)->work, (fn))

int kthread_worker_fn(void *worker_ptr);

__printf(3, 4)
struct kthread_worker *kthread_create_worker_on_node(unsigned int flags,
						     int node,
						     const char namefmt[], ...);

#define kthread_create_worker(flags, namefmt, ...) \
	kthread_create_worker_on_node(flags, NUMA_NO_NODE, namefmt, ## __VA_ARGS__);

/**
 * kthread_run_worker - make a worker and let its thread go at once
 * @flags: what is special about the worker
 * @namefmt: name of the thread, in printf style
 *
 * The sleeping form is kthread_create_worker(flags, namefmt, ...).
 */
#define kthread_run_worker(flags, namefmt, ...)					\
({										\
	struct kthread_worker *__new						\
		= kthread_create_worker(flags, namefmt, ## __VA_ARGS__);	\
	if (!IS_ERR(__new))							\
		wake_up_process(__new->task);					\
	__new;									\
})

struct kthread_worker *
kthread_create_worker_on_cpu(int cpu, unsigned int flags,
			     const char namefmt[]);

/**
 * kthread_run_worker_on_cpu - make a worker for one CPU and let it go
 * @cpu: the CPU it stays on
 * @flags: what is special about the worker,
 *	   zero unless it has to be frozen
 * @namefmt: name with one conversion, which gets the CPU number
 */
static inline struct kthread_worker *
kthread_run_worker_on_cpu(int cpu, unsigned int flags,
			  const char namefmt[])
{
	struct kthread_worker *kw;

	kw = kthread_create_worker_on_cpu(cpu, flags, namefmt);
	if (!IS_ERR(kw))
		wake_up_process(kw->task);

	return kw;
}

bool kthread_queue_work(struct kthread_worker *worker,
			struct kthread_work *work);
bool kthread_queue_delayed_work(struct kthread_worker *worker,
				struct kthread_delayed_work *dwork,
				unsigned long delay);
void kthread_flush_work(struct kthread_work *work);
void kthread_destroy_worker(struct kthread_worker *worker);

#endif /* _LINUX_KTHREAD_H */
