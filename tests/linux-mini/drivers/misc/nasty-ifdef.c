// SPDX-License-Identifier: GPL-2.0-only
/* Calls which the preprocessor cuts into pieces. */
#include <linux/device.h>
#include <linux/kthread.h>
#include <linux/module.h>

struct nasty_dev {
	struct device dev;
	struct kthread_worker *worker;
	struct kthread_worker *second;
	int cpu;
};

/* Two argument lists, one call. */
int nasty_args(struct nasty_dev *nd)
{
	nd->worker = kthread_create_worker_on_cpu(nd->cpu,
#ifdef CONFIG_PM_SLEEP
						  KTW_FREEZABLE,
#else
						  0,
#endif
						  "nasty/%u");
	if (IS_ERR(nd->worker))
		return PTR_ERR(nd->worker);

	nd->second = kthread_create_worker_on_node(0,
#ifdef CONFIG_NUMA
						   cpu_to_node(nd->cpu),
						   "nasty-n%d",
#else
						   NUMA_NO_NODE,
						   "nasty-u%d",
#endif
						   nd->cpu);
	return PTR_ERR_OR_ZERO(nd->second);
}

/* An if whose two heads share a body. */
int nasty_split_if(struct nasty_dev *nd)
{
#ifdef CONFIG_SMP
	if (IS_ERR(nd->worker = kthread_run_worker_on_cpu(nd->cpu, 0, "nasty/%u"))) {
#else
	if (IS_ERR(nd->worker = kthread_run_worker(0, "nasty-up"))) {
#endif
		dev_err(&nd->dev, "no worker\n");
		return PTR_ERR(nd->worker);
	}
	return 0;
}

/* The same at the end of a chain. */
int nasty_split_else(struct nasty_dev *nd)
{
	if (nd->cpu < 0)
		nd->second = NULL;
#ifdef CONFIG_SMP
	else if (nd->cpu)
		nd->second = kthread_run_worker_on_cpu(nd->cpu, 0, "nasty-2/%u");
#endif
	else
		nd->second = kthread_run_worker(0, "nasty-2");
	return PTR_ERR_OR_ZERO(nd->second);
}

#if 0
/* From before there was kthread_run_worker(). */
int nasty_dead(struct nasty_dev *nd)
{
	nd->worker = kthread_create_worker(0, "nasty-dead");
	return PTR_ERR_OR_ZERO(nd->worker);
}
#endif

/* A head for each configuration, and one body. */
#ifdef CONFIG_SMP
int nasty_head(struct nasty_dev *nd, int cpu)
#else
int nasty_head(struct nasty_dev *nd)
#endif
{
	nd->second = kthread_run_worker(0, "nasty-head");
	return PTR_ERR_OR_ZERO(nd->second);
}
