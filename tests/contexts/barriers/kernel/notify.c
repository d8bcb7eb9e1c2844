// SPDX-License-Identifier: GPL-2.0-only
#include <linux/notifier.h>

/* Which chain it is on is not told by its type. */
static int notified(struct notifier_block *nb, unsigned long action, void *data)
{
	return kern_path("/notified", 0, NULL);	/* unreached */
}

static struct notifier_block block = { .notifier_call = notified };

static int notify(struct notifier_block *nb)
{
	return nb->notifier_call(nb, 0, NULL);
}

static void dump(void)
{
	filp_open("/dump", 0, 0);		/* unreached */
}

/* What follows it does not matter. */
void panic(const char *format, ...)
{
	dump();
}

static void warn(void)
{
	filp_open("/warn", 0, 0);		/* kthread */
}

static int notify_thread(void *data)
{
	notify(&block);
	warn();
	panic("end");
	return 0;
}

int notify_start(void)
{
	return IS_ERR(kthread_run(notify_thread, NULL, "notify"));
}
