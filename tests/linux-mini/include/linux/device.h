/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_DEVICE_H
#define _LINUX_DEVICE_H

#include <linux/err.h>
#include <linux/printk.h>

struct device {
	const char *init_name;
	void *driver_data;
};

struct platform_device {
	struct device dev;
};

static inline const char *dev_name(const struct device *dev)
{
	return dev->init_name;
}

__printf(2, 3) void dev_err(const struct device *dev, const char *fmt, ...);
__printf(2, 3) void dev_info(const struct device *dev, const char *fmt, ...);
void *dev_get_drvdata(const struct device *dev);

/* Interrupts: a handler proper and one that runs in a thread. */
typedef enum irqreturn {
	IRQ_NONE		= (0 << 0),
	IRQ_HANDLED		= (1 << 0),
	IRQ_WAKE_THREAD		= (1 << 1),
} irqreturn_t;
typedef irqreturn_t (*irq_handler_t)(int, void *);

#define IRQF_ONESHOT		0x00002000

int request_threaded_irq(unsigned int irq, irq_handler_t handler,
			 irq_handler_t thread_fn, unsigned long flags,
			 const char *name, void *dev);
int devm_request_threaded_irq(struct device *dev, unsigned int irq,
			      irq_handler_t handler, irq_handler_t thread_fn,
			      unsigned long irqflags, const char *devname,
			      void *dev_id);

/* Firmware: the callback of the _nowait() form comes from a workqueue. */
struct firmware {
	size_t size;
	const u8 *data;
};

struct module;

int request_firmware_nowait(
	struct module *module, bool uevent,
	const char *name, struct device *device, gfp_t gfp, void *context,
	void (*cont)(const struct firmware *fw, void *context));
void release_firmware(const struct firmware *fw);

#endif /* _LINUX_DEVICE_H */
