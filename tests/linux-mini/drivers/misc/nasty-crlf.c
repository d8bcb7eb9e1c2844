// SPDX-License-Identifier: GPL-2.0-only
/* The lines of this file end in CR and LF. */
#include <linux/kthread.h>
#include <linux/module.h>

struct nasty_crlf {
	struct kthread_worker *worker;
	struct kthread_worker *second;
	int id;
};

#define NASTY_CRLF_WORKER(nc)						\
	((nc)->second = kthread_run_worker(0, "crlf%d-2",		\
					   (nc)->id))

int nasty_crlf_start(struct nasty_crlf *nc)
{
	nc->worker = kthread_run_worker(0, "crlf%d",
					nc->id);
	if (IS_ERR(nc->worker))
		return PTR_ERR(nc->worker);

	return PTR_ERR_OR_ZERO(NASTY_CRLF_WORKER(nc));
}
