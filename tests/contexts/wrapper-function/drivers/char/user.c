// SPDX-License-Identifier: GPL-2.0-only
static int one_level(void *data)
{
	return kern_path("/one", 0, NULL);		/* kthread */
}

static int two_levels(void *data)
{
	return kern_path("/two", 0, NULL);		/* kthread */
}

static int prepare_it(void)
{
	return kern_path("/prepare", 0, NULL);		/* user */
}

static int cast_level(void *data)
{
	return kern_path("/cast", 0, NULL);		/* kthread */
}

static int not_started(void *data)
{
	return kern_path("/not_started", 0, NULL);	/* unreached */
}

static int as_data(void *data)
{
	return kern_path("/as_data", 0, NULL);		/* unreached */
}

SYSCALL_DEFINE0(start)
{
	start_thread(one_level, as_data);
	start_prepared(two_levels, prepare_it, NULL);
	start_cast(cast_level);
	no_thread(not_started, NULL);
	return 0;
}
