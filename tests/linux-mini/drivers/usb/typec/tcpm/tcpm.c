// SPDX-License-Identifier: GPL-2.0-only
/* Type-C ports: workers that are created with something else than 0. */
#include <linux/device.h>
#include <linux/kthread.h>
#include <linux/module.h>

#define TCPM_WORKER_FLAGS	0

struct tcpc_dev {
	bool freezable;
	unsigned int worker_flags;
};

struct tcpm_port {
	struct device *dev;
	struct tcpc_dev *tcpc;
	struct kthread_worker *wq;
	struct kthread_worker *pd_wq;
	struct kthread_worker *vdm_wq;
};

struct tcpm_port *tcpm_register_port(struct device *dev, struct tcpc_dev *tcpc)
{
	struct tcpm_port *port = kzalloc_obj(*port);

	if (!port)
		return ERR_PTR(-ENOMEM);

	port->dev = dev;
	port->tcpc = tcpc;
	port->wq = kthread_run_worker(0, dev_name(dev));
	if (IS_ERR(port->wq))
		return ERR_CAST(port->wq);
	sched_set_fifo(port->wq->task);
	return port;
}
EXPORT_SYMBOL_GPL(tcpm_register_port);

/* A suspended machine sends no power delivery messages. */
int tcpm_start_pd(struct tcpm_port *port)
{
	unsigned int flags = port->tcpc->worker_flags;

	port->pd_wq = kthread_run_worker(KTW_FREEZABLE, "tcpm-pd:%s",
					 dev_name(port->dev));
	if (IS_ERR(port->pd_wq))
		return PTR_ERR(port->pd_wq);

	port->vdm_wq = kthread_create_worker(flags, "tcpm-vdm:%s",
					     dev_name(port->dev));
	return PTR_ERR_OR_ZERO(port->vdm_wq);
}

int tcpm_restart_pd(struct tcpm_port *port, int cpu)
{
	port->pd_wq = kthread_run_worker(port->tcpc->freezable ? KTW_FREEZABLE : 0,
					 "tcpm-pd");
	if (IS_ERR(port->pd_wq))
		return PTR_ERR(port->pd_wq);

	port->vdm_wq = kthread_run_worker_on_cpu(cpu, TCPM_WORKER_FLAGS, "tcpm/%u");
	if (IS_ERR(port->vdm_wq))
		return PTR_ERR(port->vdm_wq);

	port->wq = kthread_run_worker(0x0, "tcpm-wq");
	if (IS_ERR(port->wq))
		return PTR_ERR(port->wq);

	/* literal here, and a variable next to it */
	port->wq = kthread_create_worker_on_node(0, cpu_to_node(cpu), "tcpm-n");
	port->wq->flags |= KTW_FREEZABLE;
	return 0;
}
EXPORT_SYMBOL_GPL(tcpm_restart_pd);
