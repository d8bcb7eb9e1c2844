// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>

/* A struct of our own with members of the same names. */
struct device_operations {
	int (*open)(void *device);
	int (*release)(void *device);
};

static int device_file_open(struct inode *inode, struct file *file)
{
	return kern_path("/open", 0, NULL);	/* user */
}

static long device_file_write(struct file *file, const char *buf,
			      unsigned long n)
{
	return kern_path("/write", 0, NULL);	/* user */
}

static long device_file_ioctl(struct file *file, unsigned int cmd,
			      unsigned long arg)
{
	return kern_path("/ioctl", 0, NULL);	/* user */
}

static int device_proc_open(struct inode *inode, struct file *file)
{
	return kern_path("/proc_open", 0, NULL);	/* user */
}

static int device_thread_open(void *device)
{
	return kern_path("/thread_open", 0, NULL);	/* kthread */
}

static int device_release(void *device)
{
	return kern_path("/release", 0, NULL);	/* unreached */
}

static const struct file_operations device_fops = {
	.open		= device_file_open,
	.write		= device_file_write,
	.unlocked_ioctl	= device_file_ioctl,
};

static const struct proc_ops device_proc_ops = {
	.proc_open = device_proc_open,
};

static const struct device_operations device_ops = {
	.open = device_thread_open,
	.release = device_release,
};

static int device_thread(void *data)
{
	const struct device_operations *ops = &device_ops;

	return ops->open(data);
}

static int device_start(void)
{
	proc_create("device", 0, NULL, &device_proc_ops);
	return IS_ERR(kthread_run(device_thread, NULL, "device"));
}
module_init(device_start);

/* A thread that closes a file; who opens one is another question. */
static int closing_thread(void *data)
{
	struct file *file = data;

	return file->f_op->release(NULL, file);
}

int device_close(struct file *file)
{
	return IS_ERR(kthread_run(closing_thread, file, "close"));
}
