// SPDX-License-Identifier: GPL-2.0-only
static int scope_thread(void *data)
{
	kern_path("/before", 0, NULL);			/* kthread */
	scoped_with_init_fs() {
		kern_path("/braces", 0, NULL);		/* safe */
		if (data) {
			kern_path("/nested", 0, NULL);	/* safe */
		}
	}
	kern_path("/between", 0, NULL);			/* kthread */
	scoped_with_init_fs()
		filp_open("/statement", 0, 0);		/* safe */
	filp_open("/after", 0, 0);			/* kthread */
	scoped_with_init_fs()
		if (data)
			filp_open("/then", 0, 0);	/* safe */
		else
			filp_open("/else", 0, 0);	/* safe */
	scoped_with_init_fs()
		for (int i = 0; i < 2; i++)
			filp_open("/loop", 0, 0);	/* safe */
	filename_lookup(-100, "/flag", LOOKUP_IN_INIT | LOOKUP_FOLLOW,	/* safe */
			NULL, NULL);
	return filename_lookup(-100, "/last", 0, NULL, NULL);	/* kthread */
}

int scope_start(void)
{
	return IS_ERR(kthread_run(scope_thread, NULL, "scope"));
}
