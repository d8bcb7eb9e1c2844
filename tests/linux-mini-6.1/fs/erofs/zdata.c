// SPDX-License-Identifier: GPL-2.0-only
/* Callers that break the line behind the removed argument or in front of it. */
#include <linux/kthread.h>

struct kthread_worker *erofs_worker(int cpu)
{
	struct kthread_worker *worker =
		kthread_create_worker_on_cpu(cpu, 0,
					     "erofs_worker/%u", cpu);

	if (IS_ERR(worker))
		return kthread_create_worker(0,
					     "erofs_worker");
	return worker;
}
