// SPDX-License-Identifier: GPL-2.0-only
struct device_work {
	struct work_struct work;
	int (*begin)(void);
};

#define device_init_work(d, fn)	INIT_WORK(&(d)->work, fn)

#define device_init_both(d, fn, first)			\
	do {						\
		(d)->begin = first;			\
		device_init_work(d, fn);		\
	} while (0)

#define device_call_now(d, fn, first) ({		\
	int __ret = (first)();				\
	device_init_work((d), (fn));			\
	__ret;						\
})

#define device_thread(fn, data, fmt, ...) \
	kthread_run(fn, data, "device-" fmt, ##__VA_ARGS__)

/* Only the name is of the kind. */
#define device_forget_work(d, fn)	((void)(d), (void)(fn))

static void one_level(struct work_struct *work)
{
	lookup_bdev("/one", NULL);		/* kthread */
}

static void two_levels(struct work_struct *work)
{
	lookup_bdev("/two", NULL);		/* kthread */
}

static void three_levels(struct work_struct *work)
{
	lookup_bdev("/three", NULL);		/* kthread */
}

static int begin(void)
{
	return lookup_bdev("/begin", NULL);	/* unreached */
}

static int begin_now(void)
{
	return lookup_bdev("/begin_now", NULL);	/* user */
}

static int thread(void *data)
{
	return lookup_bdev("/thread", NULL);	/* kthread */
}

static void forgotten(struct work_struct *work)
{
	lookup_bdev("/forgotten", NULL);	/* unreached */
}

SYSCALL_DEFINE1(device, struct device_work *, d)
{
	device_init_work(d, one_level);
	device_init_both(d, two_levels, begin);
	device_call_now(d, three_levels, begin_now);
	device_thread(thread, d, "%d", 1);
	device_forget_work(d, forgotten);
	return 0;
}
