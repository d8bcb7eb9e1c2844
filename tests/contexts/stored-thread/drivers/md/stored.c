// SPDX-License-Identifier: GPL-2.0-only
struct service {
	const char *name;
	int (*threadfn)(void *data);
	int (*check)(void);
};

/* Another struct with a member of that name: nothing starts it. */
struct stranger {
	int (*threadfn)(void *data);
};

static int assigned_thread(void *data)
{
	return kern_path("/assigned", 0, NULL);	/* kthread */
}

static int designated_thread(void *data)
{
	return kern_path("/designated", 0, NULL);	/* kthread */
}

static int listed_thread(void *data)
{
	return kern_path("/listed", 0, NULL);	/* kthread */
}

static int check_it(void)
{
	return kern_path("/check", 0, NULL);	/* user */
}

static int strange_thread(void *data)
{
	return kern_path("/strange", 0, NULL);	/* unreached */
}

static struct service services[] = {
	{ .name = "a", .threadfn = designated_thread, .check = check_it },
	{ "b", listed_thread, NULL },
};

static struct stranger stranger = { .threadfn = strange_thread };

static void service_init(struct service *service, int (*fn)(void *))
{
	service->threadfn = fn;
}

static void service_start(struct service *service)
{
	if (service->check)
		service->check();
	kthread_create_on_node(service->threadfn, service, -1, "%s",
			       service->name);
}

SYSCALL_DEFINE0(services)
{
	struct service own;

	service_init(&own, assigned_thread);
	service_start(&own);
	for (int i = 0; i < 2; i++)
		service_start(&services[i]);
	return !stranger.threadfn;
}
