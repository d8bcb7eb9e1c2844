/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_BLKDEV_H
#define _LINUX_BLKDEV_H

#include <linux/fs.h>

typedef unsigned int blk_mode_t;

#define BLK_OPEN_READ	((blk_mode_t)(1 << 0))
#define BLK_OPEN_WRITE	((blk_mode_t)(1 << 1))
#define BLK_OPEN_EXCL	((blk_mode_t)(1 << 2))

struct block_device {
	dev_t bd_dev;
	bool bd_read_only;
};

struct blk_holder_ops {
	void (*mark_dead)(struct block_device *bdev, bool surprise);
	void (*sync)(struct block_device *bdev);
};

struct file *bdev_file_open_by_dev(dev_t dev, blk_mode_t mode, void *holder,
				   const struct blk_holder_ops *hops);
struct file *bdev_file_open_by_path(const char *path, blk_mode_t mode,
				    void *holder,
				    const struct blk_holder_ops *hops);
int lookup_bdev(const char *pathname, dev_t *dev);
struct block_device *file_bdev(struct file *bdev_file);

static inline bool bdev_read_only(struct block_device *bdev)
{
	return bdev->bd_read_only;
}

#endif /* _LINUX_BLKDEV_H */
