/* SPDX-License-Identifier: GPL-2.0-only */
struct backend_ops {
	int (*run)(void);
	int (*call)(void);
};

typedef int (*global_fn)(void);
extern global_fn header_hook;
extern const struct backend_ops *header_ops;
