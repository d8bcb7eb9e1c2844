// SPDX-License-Identifier: GPL-2.0-only
#include <linux/kthread.h>
#include <linux/workqueue.h>

struct worker {
	struct work_struct work;
	struct delayed_work late;
	struct kthread_work own;
};

static void init_work_fn(struct work_struct *work)
{
	filp_open("/init_work", 0, 0);		/* kthread */
}

static void declared_fn(struct work_struct *work)
{
	filp_open("/declared", 0, 0);		/* kthread */
}

static void late_fn(struct work_struct *work)
{
	filp_open("/late", 0, 0);		/* kthread */
}

static void declared_late_fn(struct work_struct *work)
{
	filp_open("/declared_late", 0, 0);	/* kthread */
}

static void stored_fn(struct work_struct *work)
{
	filp_open("/stored", 0, 0);		/* kthread */
}

static void stored_late_fn(struct work_struct *work)
{
	filp_open("/stored_late", 0, 0);	/* kthread */
}

static void static_fn(struct work_struct *work)
{
	filp_open("/static", 0, 0);		/* kthread */
}

static void nested_fn(struct work_struct *work)
{
	filp_open("/nested", 0, 0);		/* kthread */
}

static void initializer_fn(struct work_struct *work)
{
	filp_open("/initializer", 0, 0);	/* kthread */
}

static void kthread_work_fn(struct kthread_work *work)
{
	filp_open("/kthread_work", 0, 0);	/* kthread */
}

static void kthread_func_fn(struct kthread_work *work)
{
	filp_open("/kthread_func", 0, 0);	/* kthread */
}

static void cpu_fn(struct work_struct *work)
{
	filp_open("/cpu", 0, 0);		/* kthread */
}

/* A job is no work: it runs in the process that hands it in. */
struct job {
	int number;
	void (*func)(struct job *job);
};

static void job_fn(struct job *job)
{
	filp_open("/job", 0, 0);		/* user */
}

static void forgotten_fn(struct work_struct *work)
{
	filp_open("/forgotten", 0, 0);		/* unreached */
}

static DECLARE_WORK(declared_work, declared_fn);
static DECLARE_DELAYED_WORK(declared_late_work, declared_late_fn);
static struct work_struct static_work = { .func = static_fn };
static struct worker nested_worker = {
	.work = { .func = nested_fn, },
	.late = {
		.work = __WORK_INITIALIZER(nested_worker.late.work,
					   initializer_fn),
	},
};

SYSCALL_DEFINE1(worker, int, how)
{
	struct worker *worker = kzalloc(sizeof(*worker), 0);
	struct job job = { .number = how, .func = job_fn };

	INIT_WORK(&worker->work, init_work_fn);
	INIT_DELAYED_WORK(&worker->late, late_fn);
	worker->work.func = stored_fn;
	worker->late.work.func = stored_late_fn;
	kthread_init_work(&worker->own, kthread_work_fn);
	worker->own.func = kthread_func_fn;
	schedule_on_each_cpu(cpu_fn);
	schedule_work(&worker->work);
	schedule_work(&declared_work);
	job.func(&job);
	return 0;
}

/* A section in front of the macro that defines the work. */
static void __init early_fn(struct work_struct *work)
{
	filp_open("/etc/early", 0, 0);	/* kthread */
}

static __initdata DECLARE_WORK(early_work, early_fn);

int __init start_early(void)
{
	return schedule_work(&early_work);
}
