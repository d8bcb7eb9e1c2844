// SPDX-License-Identifier: GPL-2.0-only
#include <linux/notifier.h>

static BLOCKING_NOTIFIER_HEAD(thread_head);
static RAW_NOTIFIER_HEAD(process_head);
static ATOMIC_NOTIFIER_HEAD(silent_head);

int register_thread_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_register(&thread_head, nb);
}

int register_process_notifier(struct notifier_block *nb)
{
	return raw_notifier_chain_register(&process_head, nb);
}

/* Nobody runs this one. */
int register_silent_notifier(struct notifier_block *nb)
{
	return atomic_notifier_chain_register(&silent_head, nb);
}

static int head_thread(void *data)
{
	return blocking_notifier_call_chain(&thread_head, 0, data);
}

SYSCALL_DEFINE0(head)
{
	kthread_run(head_thread, NULL, "head");
	return raw_notifier_call_chain(&process_head, 0, NULL);
}
