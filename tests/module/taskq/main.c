// SPDX-License-Identifier: GPL-2.0-only
/* What runs on the task queue. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/namei.h>
#include <linux/slab.h>

#include <journal/taskq.h>

static struct taskq *queue;
static struct taskq_ent sweep;

/* Only ever run by the queue. */
static void taskq_rotate(void *arg)
{
	const char *name = arg;
	struct file *file;

	file = filp_open(name, O_CREAT | O_RDWR, 0600);
	if (!IS_ERR(file))
		filp_close(file, NULL);
}

/* Run by the queue, and by who asks for it to be done at once. */
static int taskq_check(const char *name)
{
	struct path path;
	int error = kern_path(name, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &path);

	if (error)
		return error;
	path_put(&path);
	return 0;
}

static void taskq_sweep(void *arg)
{
	if (taskq_check(arg))
		pr_warn("journal: the folder is gone\n");
}

static long taskq_ioctl(struct file *file, unsigned int command,
			unsigned long arg)
{
	switch (command) {
	case 0:
		return taskq_dispatch(queue, taskq_rotate, "/var/log/journal",
				      GFP_KERNEL);
	case 1:
		return taskq_check("/var/log");
	default:
		return -ENOTTY;
	}
}

static const struct file_operations taskq_fops = {
	.owner		= THIS_MODULE,
	.unlocked_ioctl	= taskq_ioctl,
};

static struct miscdevice taskq_device = {
	.minor	= MISC_DYNAMIC_MINOR,
	.name	= "journal",
	.fops	= &taskq_fops,
};

static int __init taskq_module_init(void)
{
	int error;

	queue = taskq_create("journal");
	if (!queue)
		return -ENOMEM;
	taskq_prepare(&sweep, taskq_sweep, "/var/log");
	taskq_enqueue(queue, &sweep);
	error = misc_register(&taskq_device);
	if (error)
		taskq_destroy(queue);
	return error;
}

static void __exit taskq_module_exit(void)
{
	misc_deregister(&taskq_device);
	taskq_destroy(queue);
}

module_init(taskq_module_init);
module_exit(taskq_module_exit);
MODULE_DESCRIPTION("a journal that a task queue rotates");
MODULE_LICENSE("GPL");
