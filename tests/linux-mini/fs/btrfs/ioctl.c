// SPDX-License-Identifier: GPL-2.0-only
/* What the tools ask of a mounted file system. */
#include <linux/module.h>
#include "volumes.h"

#define BTRFS_IOC_ADD_DEV	0x500a
#define BTRFS_IOC_DEV_REPLACE	0x5035

static long btrfs_ioctl_add_dev(struct btrfs_fs_info *fs_info, void __user *arg)
{
	return btrfs_init_new_device(fs_info, arg);
}

static long btrfs_ioctl_dev_replace(struct btrfs_fs_info *fs_info,
				    void __user *arg)
{
	return btrfs_dev_replace_by_ioctl(fs_info);
}

long btrfs_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct btrfs_fs_info *fs_info = file->private_data;
	void __user *argp = (void __user *)arg;

	switch (cmd) {
	case BTRFS_IOC_ADD_DEV:
		return btrfs_ioctl_add_dev(fs_info, argp);
	case BTRFS_IOC_DEV_REPLACE:
		return btrfs_ioctl_dev_replace(fs_info, argp);
	}

	return -ENOTTY;
}

const struct file_operations btrfs_file_operations = {
	.owner		= THIS_MODULE,
	.unlocked_ioctl	= btrfs_ioctl,
};
