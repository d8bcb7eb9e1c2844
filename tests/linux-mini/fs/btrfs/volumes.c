// SPDX-License-Identifier: GPL-2.0-only
/* The devices of a file system. */
#include <linux/module.h>
#include <linux/namei.h>
#include "volumes.h"

/* A new time stamp tells udev to look at the device again. */
static void update_dev_time(const char *device_path)
{
	struct path path;

	if (!kern_path(device_path, LOOKUP_FOLLOW, &path)) {
		inode_update_time(d_backing_inode(path.dentry));
		path_put(&path);
	}
}

void btrfs_scratch_superblocks(struct btrfs_fs_info *fs_info, struct btrfs_device *device)
{
	if (!device->name)
		return;
	device->flags = 0;
	update_dev_time(device->name);
}

/* Only from the ioctl. */
int btrfs_init_new_device(struct btrfs_fs_info *fs_info, const char *device_path)
{
	struct file *bdev_file;
	dev_t devt;
	int ret;

	bdev_file = bdev_file_open_by_path(device_path, BLK_OPEN_WRITE,
					   fs_info, NULL);
	if (IS_ERR(bdev_file))
		return PTR_ERR(bdev_file);

	ret = lookup_bdev(device_path, &devt);
	if (!ret)
		update_dev_time(device_path);
	fput(bdev_file);
	return ret;
}
