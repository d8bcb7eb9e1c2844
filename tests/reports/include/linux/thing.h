/* SPDX-License-Identifier: GPL-2.0-only */
struct thing_ops {
	int (*open)(struct thing *thing);
	int (*scan)(struct thing *thing);
};

struct thing {
	const struct thing_ops *ops;
	struct work_struct work;
};
