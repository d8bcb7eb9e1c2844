// SPDX-License-Identifier: GPL-2.0-only
/* Tail tags of KSZ switches: PTP frames leave from a thread. */
#include <linux/kthread.h>
#include <linux/module.h>

struct dsa_switch_tree {
	unsigned int index;
};

struct dsa_switch {
	struct dsa_switch_tree *dst;
	unsigned int index;
	const char *label;
	void *tagger_data;
};

struct ksz_tagger_private {
	unsigned long state;
	struct kthread_worker *xmit_worker;
	struct kthread_worker *rx_worker;
	struct kthread_worker *age_worker;
};

static void ksz_disconnect(struct dsa_switch *ds)
{
	struct ksz_tagger_private *tagger = ds->tagger_data;

	ds->tagger_data = NULL;
	kthread_destroy_worker(tagger->xmit_worker);
	kfree(tagger);
}

/* The second line still stands where a longer function name had it. */
static int ksz_connect(struct dsa_switch *ds)
{
	struct ksz_tagger_private *tagger = kzalloc_obj(*tagger);
	struct kthread_worker *xmit_worker;

	xmit_worker = kthread_run_worker(0, "dsa%d:%d_xmit",
					    ds->dst->index, ds->index);
	if (!tagger || IS_ERR(xmit_worker))
		return -ENOMEM;

	tagger->xmit_worker = xmit_worker;
	ds->tagger_data = tagger;
	return 0;
}

static int ksz_connect_rx(struct dsa_switch *ds)
{
	struct ksz_tagger_private *priv = ds->tagger_data;

	priv->rx_worker = kthread_run_worker(0, "dsa%d:%d_%s_rx",
					     ds->dst->index, ds->index,
					     ds->label);
	if (IS_ERR(priv->rx_worker))
		return PTR_ERR(priv->rx_worker);

	priv->age_worker = kthread_run_worker(0,
		"dsa%d:%d_age",
		ds->dst->index,
		ds->index);
	return PTR_ERR_OR_ZERO(priv->age_worker);
}

static int __init ksz_tag_check(struct dsa_switch *ds)
{
	int ret = ksz_connect(ds);

	if (ret)
		return ret;
	ret = ksz_connect_rx(ds);
	if (ret)
		ksz_disconnect(ds);
	return ret;
}

MODULE_LICENSE("GPL");
