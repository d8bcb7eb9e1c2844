// SPDX-License-Identifier: GPL-2.0-only
/* The disks of a pNFS server, found while writing back. */
#include <linux/blkdev.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct pnfs_device {
	char designator[32];
	int nr_volumes;
};

struct pnfs_block_dev {
	struct file *bdev_file;
};

struct pnfs_layoutdriver_type {
	const char *name;
	struct pnfs_block_dev *(*alloc_deviceid_node)(struct pnfs_device *pdev,
						      gfp_t gfp_flags);
};

struct nfs_io_completion {
	struct work_struct work;
	const struct pnfs_layoutdriver_type *pnfs_curr_ld;
	struct pnfs_device *pdev;
};

static struct workqueue_struct *nfsiod_workqueue;

static struct file *
bl_open_path(struct pnfs_device *v, const char *prefix)
{
	struct file *bdev_file;
	const char *devname;

	devname = kasprintf(GFP_KERNEL, "/dev/disk/by-id/%s%s",
			prefix, v->designator);
	if (!devname)
		return ERR_PTR(-ENOMEM);

	bdev_file = bdev_file_open_by_path(devname,
			BLK_OPEN_READ | BLK_OPEN_WRITE, NULL, NULL);
	if (IS_ERR(bdev_file))
		pr_warn("pNFS: %s: %ld\n", devname, PTR_ERR(bdev_file));
	kfree(devname);
	return bdev_file;
}

static int
bl_parse_scsi(struct pnfs_block_dev *d, struct pnfs_device *v)
{
	d->bdev_file = bl_open_path(v, "dm-uuid-mpath-0x");
	if (IS_ERR(d->bdev_file))
		d->bdev_file = bl_open_path(v, "wwn-0x");
	return PTR_ERR_OR_ZERO(d->bdev_file);
}

static struct pnfs_block_dev *
bl_alloc_deviceid_node(struct pnfs_device *pdev, gfp_t gfp_mask)
{
	struct pnfs_block_dev *top = kzalloc(sizeof(*top), gfp_mask);

	if (top && bl_parse_scsi(top, pdev)) {
		kfree(top);
		return NULL;
	}
	return top;
}

const struct pnfs_layoutdriver_type scsilayout_type = {
	.name				= "LAYOUT_SCSI",
	.alloc_deviceid_node		= bl_alloc_deviceid_node,
};

static void nfs_io_completion_work(struct work_struct *work)
{
	struct nfs_io_completion *c =
		container_of(work, struct nfs_io_completion, work);

	c->pnfs_curr_ld->alloc_deviceid_node(c->pdev, GFP_NOFS);
}

void nfs_io_completion_put(struct nfs_io_completion *c)
{
	INIT_WORK(&c->work, nfs_io_completion_work);
	queue_work(nfsiod_workqueue, &c->work);
}
