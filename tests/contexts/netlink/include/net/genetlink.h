/* SPDX-License-Identifier: GPL-2.0-only */
struct genl_ops {
	unsigned char cmd;
	int (*doit)(void *skb, void *info);
	int (*dumpit)(void *skb, void *cb);
};

struct netlink_kernel_cfg {
	unsigned int groups;
	void (*input)(void *skb);
};

struct rtnl_link_ops {
	const char *kind;
	int (*newlink)(void *dev, void *tb[]);
};

/* Nothing of netlink. */
struct genl_notifier {
	int (*doit)(void *skb, void *info);
};
