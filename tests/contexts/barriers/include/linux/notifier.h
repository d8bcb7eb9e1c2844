/* SPDX-License-Identifier: GPL-2.0-only */
struct notifier_block {
	int (*notifier_call)(struct notifier_block *nb, unsigned long action,
			     void *data);
};
