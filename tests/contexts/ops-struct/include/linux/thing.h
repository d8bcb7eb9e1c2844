/* SPDX-License-Identifier: GPL-2.0-only */
struct thing;

struct thing_ops {
	int (*in_thread)(struct thing *thing);
	int (*in_syscall)(struct thing *thing);
	int (*in_both)(struct thing *thing);
	int (*nowhere)(struct thing *thing);
};

struct thing_type {
	const char *name;
	struct thing_ops ops;
	const struct thing_ops *more;
};

struct thing {
	const struct thing_ops *ops;
	struct thing_type *type;
};

/* The same member in a struct that nobody calls through. */
struct other_ops {
	int (*in_thread)(struct thing *thing);
};
