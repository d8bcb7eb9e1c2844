// SPDX-License-Identifier: GPL-2.0-only
#include <net/genetlink.h>

static int set_path(void *skb, void *info)
{
	return kern_path("/set", 0, NULL);	/* user */
}

static int dump_paths(void *skb, void *cb)
{
	return kern_path("/dump", 0, NULL);	/* user */
}

static void receive(void *skb)
{
	kern_path("/receive", 0, NULL);		/* user */
}

static int newlink(void *dev, void *tb[])
{
	return kern_path("/newlink", 0, NULL);	/* user */
}

static int registered(void *skb, void *nlh)
{
	return kern_path("/registered", 0, NULL);	/* user */
}

static int notified(void *skb, void *info)
{
	return kern_path("/notified", 0, NULL);	/* unreached */
}

static const struct genl_ops family_ops[] = {
	{ .cmd = 1, .doit = set_path, },
	{ .cmd = 2, .dumpit = dump_paths, },
};

static struct rtnl_link_ops link_ops = {
	.kind = "family",
	.newlink = newlink,
};

static struct genl_notifier notifier = { .doit = notified };

static int family_init(void)
{
	struct netlink_kernel_cfg cfg = { .input = receive, };

	rtnl_register(0, 1, registered, NULL, 0);
	netlink_kernel_create(NULL, 1, &cfg);
	use(family_ops, &link_ops, &notifier);
	return 0;
}
module_init(family_init);
