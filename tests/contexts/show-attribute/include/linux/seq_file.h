/* SPDX-License-Identifier: GPL-2.0-only */
struct seq_file;

struct seq_operations {
	void *(*start)(struct seq_file *m, long *pos);
	int (*show)(struct seq_file *m, void *v);
};

struct file_operations {
	int (*open)(void *inode, void *file);
};

#define DEFINE_SHOW_ATTRIBUTE(__name)					\
static int __name##_open(void *inode, void *file)			\
{									\
	return single_open(file, __name##_show, inode);			\
}									\
									\
static const struct file_operations __name##_fops = {			\
	.open		= __name##_open,				\
}
