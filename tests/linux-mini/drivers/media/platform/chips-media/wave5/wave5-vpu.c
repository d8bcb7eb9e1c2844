// SPDX-License-Identifier: GPL-2.0-only
/* A video codec which interrupts, or which has to be polled. */
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/module.h>

struct vpu_device {
	struct device *dev;
	int irq;
	struct kthread_worker *worker;
	struct kthread_worker *dump_worker;
	struct kthread_work work;
};

static void wave5_vpu_dump(struct vpu_device *dev)
{
	struct file *file;

	file = filp_open("/run/wave5.dump", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (IS_ERR(file))
		return;
	fput(file);
}

static void wave5_vpu_irq_work_fn(struct kthread_work *work)
{
	struct vpu_device *dev = container_of(work, struct vpu_device, work);

	wave5_vpu_dump(dev);
}

static irqreturn_t wave5_vpu_irq(int irq, void *dev_id)
{
	return IRQ_WAKE_THREAD;
}

static irqreturn_t wave5_vpu_irq_thread(int irq, void *dev_id)
{
	struct vpu_device *dev = dev_id;

	wave5_vpu_dump(dev);
	return IRQ_HANDLED;
}

int wave5_vpu_probe(struct platform_device *pdev, struct vpu_device *dev)
{
	if (dev->irq > 0)
		return devm_request_threaded_irq(&pdev->dev, dev->irq,
						 wave5_vpu_irq,
						 wave5_vpu_irq_thread,
						 IRQF_ONESHOT, "vpu_irq", dev);

	kthread_init_work(&dev->work, wave5_vpu_irq_work_fn);
	dev->worker = kthread_run_worker(0, "vpu_irq_thread");
	if (IS_ERR(dev->worker)) {
		dev_err(&pdev->dev, "no worker to poll with\n");
		return PTR_ERR(dev->worker);
	}
#if 0
	/* one day */
	dev->dump_worker = kthread_run_worker(0, "vpu_dump");
	if (IS_ERR(dev->dump_worker))
		return PTR_ERR(dev->dump_worker);
#endif
	return 0;
}
EXPORT_SYMBOL_GPL(wave5_vpu_probe);
