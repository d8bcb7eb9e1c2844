// SPDX-License-Identifier: GPL-2.0-only
/* The last line of this file has no end. */
#include <linux/kthread.h>
#include <linux/module.h>

struct nasty_noeol {
	struct kthread_worker *worker;
	struct kthread_worker *second;
	int id;
};

int nasty_noeol_start(struct nasty_noeol *nn)
{
	nn->worker = kthread_run_worker(0, "noeol%d", nn->id);
	return PTR_ERR_OR_ZERO(nn->worker);
}

int nasty_noeol_second(struct nasty_noeol *nn) {
	nn->second = kthread_create_worker(0, "noeol"); return PTR_ERR_OR_ZERO(nn->second); }