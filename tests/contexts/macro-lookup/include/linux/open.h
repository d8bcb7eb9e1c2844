/* SPDX-License-Identifier: GPL-2.0-only */
#define open_config(name)	filp_open(name, 0, 0)	/* mixed */

#define open_checked(name)				\
({							\
	int __error = -22;				\
							\
	if (name)					\
		__error = kern_path(name, 0, NULL);	/* kthread */ \
	__error;					\
})

#define OPEN_DEFAULT	lookup_bdev("/dev/default", NULL)	/* user */

/* Another name of a function. */
#define open_by_thread	open_really

#define open_nowhere(name)	filp_open(name, 0, 0)	/* unreached */

static inline int open_really(const char *name)
{
	return filp_open(name, 0, 0);		/* kthread */
}
