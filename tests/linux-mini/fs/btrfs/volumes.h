/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BTRFS_VOLUMES_H
#define BTRFS_VOLUMES_H

#include <linux/blkdev.h>

struct btrfs_fs_info;

struct btrfs_device {
	struct btrfs_fs_info *fs_info;
	const char *name;
	unsigned long flags;
	dev_t devt;
};

struct btrfs_fs_info {
	struct btrfs_device *srcdev;
	struct btrfs_device *tgtdev;
};

void btrfs_scratch_superblocks(struct btrfs_fs_info *fs_info, struct btrfs_device *device);
int btrfs_init_new_device(struct btrfs_fs_info *fs_info, const char *device_path);
int btrfs_dev_replace_by_ioctl(struct btrfs_fs_info *fs_info);
int btrfs_resume_dev_replace_async(struct btrfs_fs_info *fs_info);

#endif /* BTRFS_VOLUMES_H */
