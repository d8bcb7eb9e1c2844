// SPDX-License-Identifier: GPL-2.0-only
/* Block devices over RDMA; of the transport there is only what calls in. */
#include <linux/blkdev.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#define RNBD_MSG_OPEN	2

struct ib_cq;
struct ib_wc;

struct ib_cqe {
	void (*done)(struct ib_cq *cq, struct ib_wc *wc);
};

struct ib_wc {
	struct ib_cqe *wr_cqe;
	u32 byte_len;
};

struct ib_cq {
	struct work_struct work;
	struct workqueue_struct *comp_wq;
	struct ib_wc wc;
};

struct rtrs_srv_ops {
	int (*rdma_ev)(void *priv, const void *usr, size_t usrlen);
};

struct rtrs_srv_ctx {
	struct rtrs_srv_ops ops;
	struct ib_cqe io_cqe;
	void *priv;
};

struct rnbd_msg_hdr {
	u16 type;
};

struct rnbd_msg_open {
	struct rnbd_msg_hdr hdr;
	u8 access_mode;
	char dev_name[256];
};

static struct rtrs_srv_ctx *rtrs_ctx;
static char dev_search_path[256] = "/";

static int process_msg_open(void *srv_sess, const void *msg, size_t len)
{
	const struct rnbd_msg_open *open_msg = msg;
	blk_mode_t open_flags = BLK_OPEN_READ;
	struct file *bdev_file;
	char *full_path;
	int ret = 0;

	if (len < sizeof(*open_msg))
		return -EINVAL;
	if (open_msg->access_mode)
		open_flags |= BLK_OPEN_WRITE;

	full_path = kasprintf(GFP_KERNEL, "%s/%s", dev_search_path,
			      open_msg->dev_name);
	if (!full_path)
		return -ENOMEM;

	bdev_file = bdev_file_open_by_path(full_path, open_flags, NULL, NULL);
	if (IS_ERR(bdev_file)) {
		ret = PTR_ERR(bdev_file);
		pr_err("rnbd: %s: %pe\n", full_path, bdev_file);
	} else {
		fput(bdev_file);
	}
	kfree(full_path);
	return ret;
}

static int rnbd_srv_rdma_ev(void *priv, const void *usr, size_t usrlen)
{
	const struct rnbd_msg_hdr *hdr = usr;

	switch (hdr->type) {
	case RNBD_MSG_OPEN:
		return process_msg_open(priv, usr, usrlen);
	default:
		return -EINVAL;
	}
}

static void rtrs_srv_rdma_done(struct ib_cq *cq, struct ib_wc *wc)
{
	struct rtrs_srv_ctx *ctx =
		container_of(wc->wr_cqe, struct rtrs_srv_ctx, io_cqe);

	ctx->ops.rdma_ev(ctx->priv, &cq->wc, wc->byte_len);
}

static void ib_cq_poll_work(struct work_struct *work)
{
	struct ib_cq *cq = container_of(work, struct ib_cq, work);

	cq->wc.wr_cqe->done(cq, &cq->wc);
}

void rnbd_srv_attach(struct ib_cq *cq)
{
	INIT_WORK(&cq->work, ib_cq_poll_work);
	cq->wc.wr_cqe = &rtrs_ctx->io_cqe;
	queue_work(cq->comp_wq, &cq->work);
}

static int __init rnbd_srv_init_module(void)
{
	static struct rtrs_srv_ctx ctx = {
		.ops = { .rdma_ev = rnbd_srv_rdma_ev, },
		.io_cqe = { .done = rtrs_srv_rdma_done },
	};

	rtrs_ctx = &ctx;
	return 0;
}
module_init(rnbd_srv_init_module);
