// SPDX-License-Identifier: GPL-2.0-only
/* Decompression, on the CPU where the read completed. */
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/workqueue.h>

static struct workqueue_struct *z_erofs_workqueue;
static struct kthread_worker *z_erofs_pcpu_workers[64];
static struct kthread_worker *z_erofs_fallback;
static DEFINE_MUTEX(z_erofs_pcpu_worker_lock);

#ifdef CONFIG_EROFS_FS_PCPU_KTHREAD
static struct kthread_worker *erofs_init_percpu_worker(int cpu)
{
	struct kthread_worker *worker =
		kthread_run_worker_on_cpu(cpu, 0, "erofs_worker/%u");

	if (IS_ERR(worker))
		return worker;
	if (cpu == 0)
		sched_set_fifo(worker->task);
	return worker;
}
#else
static struct kthread_worker *erofs_init_percpu_worker(int cpu)
{
	struct kthread_worker *worker = kthread_create_worker_on_cpu(cpu, 0, "erofs/%u");

	if (!IS_ERR(worker))
		wake_up_process(worker->task);
	return worker;
}
#endif

static void erofs_destroy_percpu_workers(void)
{
	for (int i = 0; i < nr_cpu_ids; i++) {
		struct kthread_worker *worker = z_erofs_pcpu_workers[i];

		if (worker)
			kthread_destroy_worker(worker);
	}
}

static int erofs_init_percpu_workers(void)
{
	struct kthread_worker *worker;
	unsigned int cpu;

	for (cpu = 0; cpu < ARRAY_SIZE(z_erofs_pcpu_workers); cpu++) {
		worker = erofs_init_percpu_worker(cpu);
		if (!IS_ERR(worker))
			z_erofs_pcpu_workers[cpu] = worker;
	}

	scoped_guard(mutex, &z_erofs_pcpu_worker_lock) {
		z_erofs_fallback = kthread_run_worker(0, "erofs_fallback");
		if (IS_ERR(z_erofs_fallback)) {
			erofs_destroy_percpu_workers();
			return PTR_ERR(z_erofs_fallback);
		}
	}
	return 0;
}

static int erofs_restart_percpu_workers(int first)
{
	CLASS(mutex, lock)(&z_erofs_pcpu_worker_lock);

	for (int i = first; i < nr_cpu_ids; i++) {
		z_erofs_pcpu_workers[i] =
			kthread_create_worker_on_cpu(i, 0,
						     "erofs_worker/%u");
		if (IS_ERR(z_erofs_pcpu_workers[i]))
			return PTR_ERR(z_erofs_pcpu_workers[i]);
	}
	return lock ? 0 : -EINVAL;
}

int __init z_erofs_init_subsystem(void)
{
	z_erofs_workqueue = alloc_workqueue("erofs_worker",
			WQ_UNBOUND | WQ_HIGHPRI, nr_cpu_ids);
	if (!z_erofs_workqueue)
		return -ENOMEM;
	return erofs_init_percpu_workers() ?: erofs_restart_percpu_workers(0);
}
