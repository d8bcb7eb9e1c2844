// SPDX-License-Identifier: GPL-2.0-only
/* An interface of the kernel that runs in a kworker what a module gives it. */
#include <linux/runner.h>
#include <linux/workqueue.h>

static void runner_work(struct work_struct *work)
{
	struct runner *runner = container_of(work, struct runner, work);

	runner->run(runner);
}

void runner_start(struct runner *runner, void (*run)(struct runner *runner))
{
	runner->run = run;
	INIT_WORK(&runner->work, runner_work);
	queue_work(system_wq, &runner->work);
}
