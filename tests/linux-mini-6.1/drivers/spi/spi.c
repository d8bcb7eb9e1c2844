// SPDX-License-Identifier: GPL-2.0-only
/* A caller whose name has arguments, and one that is bound to a CPU. */
#include <linux/kthread.h>

struct spi_controller {
	struct kthread_worker *kworker;
	int bus_num;
};

int spi_start_queue(struct spi_controller *ctlr)
{
	ctlr->kworker = kthread_create_worker(0, "spi%d-%s", ctlr->bus_num,
					      "pump");
	if (IS_ERR(ctlr->kworker))
		return PTR_ERR(ctlr->kworker);

	return 0;
}

int spi_start_on(struct spi_controller *ctlr, int cpu)
{
	ctlr->kworker = kthread_create_worker_on_cpu(cpu, 0, "spi%d/%u",
						     ctlr->bus_num, cpu);
	return IS_ERR(ctlr->kworker) ? PTR_ERR(ctlr->kworker) : 0;
}
