/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_RUNNER_H
#define _LINUX_RUNNER_H

struct runner {
	struct work_struct work;
	void (*run)(struct runner *runner);
};

void runner_start(struct runner *runner, void (*run)(struct runner *runner));

#endif
