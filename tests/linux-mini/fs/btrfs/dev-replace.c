// SPDX-License-Identifier: GPL-2.0-only
/* One device takes the place of another, at once or after a reboot. */
#include <linux/kthread.h>
#include <linux/module.h>
#include "volumes.h"

static int btrfs_dev_replace_finishing(struct btrfs_fs_info *fs_info,
				       int scrub_ret)
{
	if (scrub_ret)
		btrfs_scratch_superblocks(fs_info, fs_info->tgtdev);
	else
		btrfs_scratch_superblocks(fs_info, fs_info->srcdev);
	return scrub_ret;
}

static int btrfs_dev_replace_start(struct btrfs_fs_info *fs_info,
				   const char *tgtdev_name)
{
	return btrfs_dev_replace_finishing(fs_info, tgtdev_name ? 0 : -EINVAL);
}

int btrfs_dev_replace_by_ioctl(struct btrfs_fs_info *fs_info)
{
	return btrfs_dev_replace_start(fs_info, fs_info->tgtdev->name);
}

static int btrfs_dev_replace_kthread(void *data)
{
	struct btrfs_fs_info *fs_info = data;

	btrfs_dev_replace_finishing(fs_info, 0);
	return 0;
}

int btrfs_resume_dev_replace_async(struct btrfs_fs_info *fs_info)
{
	struct task_struct *task;

	task = kthread_run(btrfs_dev_replace_kthread, fs_info, "btrfs-devrepl");
	return PTR_ERR_OR_ZERO(task);
}
