// SPDX-License-Identifier: GPL-2.0-only
/* A byte order mark stands before the first line. */
#include <linux/kthread.h>
#include <linux/module.h>

struct nasty_bom {
	struct kthread_worker *worker;
	struct kthread_worker *second;
	int id;
};

int nasty_bom_start(struct nasty_bom *nb)
{
	nb->worker = kthread_run_worker(0, "bom%d", nb->id);
	if (IS_ERR(nb->worker))
		return PTR_ERR(nb->worker);

	nb->second = kthread_create_worker_on_cpu(nb->id, 0, "bom/%u");
	return PTR_ERR_OR_ZERO(nb->second);
}
