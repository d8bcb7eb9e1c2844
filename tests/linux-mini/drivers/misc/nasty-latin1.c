// SPDX-License-Identifier: GPL-2.0-only
/* Two comments here are ISO 8859-1: café, not UTF-8. */
#include <linux/kthread.h>
#include <linux/module.h>

struct nasty_latin1 {
	struct kthread_worker *worker;
	struct kthread_worker *second;
	int id;
};

int nasty_latin1_start(struct nasty_latin1 *nl)
{
	nl->worker = kthread_run_worker(0, /* grün */ "latin%d", nl->id);
	if (IS_ERR(nl->worker))
		return PTR_ERR(nl->worker);

	nl->second = kthread_run_worker(0, "latin%d-2", nl->id);
	return PTR_ERR_OR_ZERO(nl->second);
}
