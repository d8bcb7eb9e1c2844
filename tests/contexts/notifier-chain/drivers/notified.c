// SPDX-License-Identifier: GPL-2.0-only
#include <linux/notifier.h>

static int in_thread(struct notifier_block *nb, unsigned long action, void *d)
{
	return kern_path("/thread", 0, NULL);	/* kthread */
}

static int in_process(struct notifier_block *nb, unsigned long action, void *d)
{
	return kern_path("/process", 0, NULL);	/* user */
}

static int in_both(struct notifier_block *nb, unsigned long action, void *d)
{
	return kern_path("/both", 0, NULL);	/* mixed */
}

static int in_silence(struct notifier_block *nb, unsigned long action, void *d)
{
	return kern_path("/silence", 0, NULL);	/* unreached */
}

static int unregistered(struct notifier_block *nb, unsigned long action,
			void *d)
{
	return kern_path("/unregistered", 0, NULL);	/* unreached */
}

static struct notifier_block thread_block = { .notifier_call = in_thread };
static struct notifier_block process_block = { .notifier_call = in_process };
static struct notifier_block both_block = { .notifier_call = in_both };
static struct notifier_block silent_block = { .notifier_call = in_silence };
static struct notifier_block unregistered_block = {
	.notifier_call = unregistered,
};

void notified_setup(void)
{
	register_thread_notifier(&thread_block);
	register_process_notifier(&process_block);
	register_thread_notifier(&both_block);
	register_process_notifier(&both_block);
	register_silent_notifier(&silent_block);
}
