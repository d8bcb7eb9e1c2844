/* SPDX-License-Identifier: GPL-2.0-only */
struct file;
struct inode;

struct file_operations {
	int (*open)(struct inode *inode, struct file *file);
	long (*write)(struct file *file, const char *buf, unsigned long n);
	long (*unlocked_ioctl)(struct file *file, unsigned int cmd,
			       unsigned long arg);
	int (*release)(struct inode *inode, struct file *file);
};

struct proc_ops {
	int (*proc_open)(struct inode *inode, struct file *file);
};

struct file {
	const struct file_operations *f_op;
};
