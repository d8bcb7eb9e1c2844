// SPDX-License-Identifier: GPL-2.0-only
/* The message pump of SPI controllers. */
#include <linux/device.h>
#include <linux/kthread.h>
#include <linux/module.h>

#define SPI_CONTROLLER_HALF_DUPLEX	BIT(0)

struct spi_controller {
	struct device		dev;
	struct mutex		bus_lock_mutex;
	spinlock_t		queue_lock;
	u16			flags;
	bool			rt;
	bool			running;
	struct kthread_worker	*kworker;
	struct kthread_work	pump_messages;
};

static DEFINE_MUTEX(board_lock);

static void spi_pump_messages(struct kthread_work *work)
{
	struct spi_controller *ctlr =
		container_of(work, struct spi_controller, pump_messages);
	unsigned long flags;

	spin_lock_irqsave(&ctlr->queue_lock, flags);
	if (ctlr->flags & SPI_CONTROLLER_HALF_DUPLEX)
		ctlr->running = false;
	spin_unlock_irqrestore(&ctlr->queue_lock, flags);
}

/* kthread_run_worker(0, ...) wakes the thread, so the work goes in later. */
static int spi_init_queue(struct spi_controller *ctlr)
{
	ctlr->running = false;

	ctlr->kworker = kthread_run_worker(0, dev_name(&ctlr->dev));
	if (IS_ERR(ctlr->kworker)) {
		dev_err(&ctlr->dev,
			"kthread_run_worker(0, \"%s\") failed: %ld\n",
			dev_name(&ctlr->dev), PTR_ERR(ctlr->kworker));
		return PTR_ERR(ctlr->kworker);
	}

	kthread_init_work(&ctlr->pump_messages, spi_pump_messages);

	if (ctlr->rt)
		sched_set_fifo(ctlr->kworker->task);

	return 0;
}

int spi_register_controller(struct spi_controller *ctlr)
{
	unsigned int flags = ctlr->flags;
	int status;

	guard(mutex)(&board_lock);

	status = spi_init_queue(ctlr);
	if (status)
		return status;
	ctlr->flags = flags | SPI_CONTROLLER_HALF_DUPLEX;
	return 0;
}
EXPORT_SYMBOL_GPL(spi_register_controller);
