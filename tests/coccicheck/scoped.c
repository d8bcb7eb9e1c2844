// SPDX-License-Identifier: GPL-2.0-only
/* The other way to look up in init's root: for the call and all below it. */

static void below(const char *name)
{
	kern_path(name, 0, &path);
}

static void scoped_work(struct work_struct *work)
{
	scoped_with_init_fs()
		below("/scoped");
	below("/scoped/too");
}

static void init_scoped(struct widget *widget)
{
	INIT_WORK(&widget->work, scoped_work);
}
