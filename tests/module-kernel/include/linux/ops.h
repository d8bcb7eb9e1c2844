/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_OPS_H
#define _LINUX_OPS_H

/* How user processes get into a module. */
struct file_operations {
	void	*owner;
	long	(*unlocked_ioctl)(struct file *file, unsigned int command,
				  unsigned long arg);
};

struct proc_ops {
	ssize_t	(*proc_write)(struct file *file, const char *data, size_t len,
			      loff_t *at);
};

struct kernel_param_ops {
	int	(*set)(const char *value, const struct kernel_param *param);
};

#endif
