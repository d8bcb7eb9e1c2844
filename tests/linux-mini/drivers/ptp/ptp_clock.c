// SPDX-License-Identifier: GPL-2.0-only
/* PTP hardware clocks: the auxiliary work of a driver. */
#include <linux/device.h>
#include <linux/kthread.h>
#include <linux/module.h>

struct ptp_clock_info {
	char name[32];
	int node;
	long (*do_aux_work)(struct ptp_clock_info *ptp);
};

struct ptp_clock {
	struct device dev;
	struct ptp_clock_info *info;
	int index;
	struct kthread_worker *kworker;
	struct kthread_delayed_work aux_work;
};

static void ptp_aux_kworker(struct kthread_work *work)
{
	struct ptp_clock *ptp =
		container_of(work, struct ptp_clock, aux_work.work);
	long delay = ptp->info->do_aux_work(ptp->info);

	if (delay >= 0)
		kthread_queue_delayed_work(ptp->kworker, &ptp->aux_work, delay);
}

struct ptp_clock *ptp_clock_register(struct ptp_clock_info *info,
				     struct device *parent)
{
	struct ptp_clock *ptp __free(kfree) = kzalloc_obj(*ptp);
	int err;

	if (!ptp)
		return ERR_PTR(-ENOMEM);

	ptp->info = info;
	if (info->do_aux_work) {
		kthread_init_delayed_work(&ptp->aux_work, ptp_aux_kworker);
		ptp->kworker = kthread_run_worker(0, "ptp%d", ptp->index);
		if (IS_ERR(ptp->kworker)) {
			err = PTR_ERR(ptp->kworker);
			pr_err("no aux worker: %d\n", err);
			return ERR_PTR(err);
		}
	}
	return_ptr(ptp);
}
EXPORT_SYMBOL(ptp_clock_register);

static struct kthread_worker *ptp_spare_worker(struct ptp_clock *ptp)
{
	return kthread_create_worker(0, "ptp%d-spare", ptp->index);
}

static int ptp_replace_worker(struct ptp_clock *ptp)
{
	struct kthread_worker *kworker = kthread_run_worker(0, "ptp%d-new", ptp->index);
	struct kthread_worker *near;

	if (IS_ERR(kworker))
		return PTR_ERR(kworker);

	near = ptp->info->node == NUMA_NO_NODE ? NULL :
		kthread_create_worker_on_node(0, ptp->info->node, "ptp%d-n", ptp->index);
	if (IS_ERR(near) || IS_ERR(near = ptp_spare_worker(ptp)))
		return PTR_ERR(near);

	ptp->kworker =
		kthread_run_worker(0, "ptp%d-aux",
				   ptp->index);
	return PTR_ERR_OR_ZERO(ptp->kworker);
}

int ptp_clock_restart(struct ptp_clock *ptp)
{
	if (!ptp->info->do_aux_work)
		return -EOPNOTSUPP;
	return ptp_replace_worker(ptp);
}
EXPORT_SYMBOL(ptp_clock_restart);
