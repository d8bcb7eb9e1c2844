// SPDX-License-Identifier: GPL-2.0-only
/* Callers of the kthread worker API. */

static int start(struct widget *widget, unsigned int wanted)
{
	widget->pump = kthread_run_worker(0, "pump-%d", widget->id);
	widget->cpu = kthread_create_worker_on_cpu(widget->home, 0, "cpu/%u");
	widget->flagged = kthread_run_worker(wanted, "flagged");
	widget->frozen = kthread_run_worker(KTW_FREEZABLE, "frozen");
	return PTR_ERR_OR_ZERO(widget->pump);
}

static void converted(struct widget *widget)
{
	widget->pump = kthread_run_worker("pump-%d", widget->id);
	widget->node = kthread_create_worker_on_node(0, "node");
}
