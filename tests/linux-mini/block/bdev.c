// SPDX-License-Identifier: GPL-2.0-only
/* Block devices as files. */
#include <linux/blkdev.h>
#include <linux/module.h>
#include <linux/namei.h>

struct block_device *blkdev_get(dev_t dev);
void blkdev_put(struct block_device *bdev);
struct file *bdev_file_alloc(struct block_device *bdev, blk_mode_t mode);
bool may_open_dev(const struct path *path);

struct block_device *file_bdev(struct file *bdev_file)
{
	return bdev_file->private_data;
}

struct file *bdev_file_open_by_dev(dev_t dev, blk_mode_t mode, void *holder,
				   const struct blk_holder_ops *hops)
{
	struct block_device *bdev = blkdev_get(dev);
	struct file *file;

	if (!bdev)
		return ERR_PTR(-ENODEV);
	file = bdev_file_alloc(bdev, mode);
	if (IS_ERR(file))
		blkdev_put(bdev);
	return file;
}
EXPORT_SYMBOL(bdev_file_open_by_dev);

struct file *bdev_file_open_by_path(const char *path, blk_mode_t mode,
				    void *holder,
				    const struct blk_holder_ops *hops)
{
	dev_t dev;
	struct file *file;
	int error = lookup_bdev(path, &dev);

	if (error)
		return ERR_PTR(error);

	file = bdev_file_open_by_dev(dev, mode, holder, hops);
	if (IS_ERR(file) || !(mode & BLK_OPEN_WRITE) ||
	    !bdev_read_only(file_bdev(file)))
		return file;

	/* Nobody may write to this one. */
	fput(file);
	return ERR_PTR(-EACCES);
}
EXPORT_SYMBOL(bdev_file_open_by_path);

void bdev_fput(struct file *bdev_file)
{
	blkdev_put(file_bdev(bdev_file));
	fput(bdev_file);
}
EXPORT_SYMBOL(bdev_fput);

/**
 * lookup_bdev() - the number of a block device
 * @pathname: its device node
 * @dev: where the number goes
 *
 * Return: 0, or why there is none.
 */
int lookup_bdev(const char *pathname, dev_t *dev)
{
	int error = -EINVAL;
	struct path path;
	struct inode *inode;

	if (!pathname || !*pathname)
		return error;

	error = kern_path(pathname, LOOKUP_FOLLOW, &path);
	if (error)
		return error;

	inode = path.dentry->d_inode;
	if (!S_ISBLK(inode->i_mode))
		error = -ENOTBLK;
	else if (!may_open_dev(&path))
		error = -EACCES;
	else
		*dev = inode->i_rdev;

	path_put(&path);
	return error;
}
EXPORT_SYMBOL(lookup_bdev);
