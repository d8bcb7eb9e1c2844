// SPDX-License-Identifier: GPL-2.0-only
/* Lookups that only kernel threads get to, and how one gets there. */

static int load(struct widget *widget, const char *name);

/* Two calls away from a work function, and in a function that calls itself. */
static int find(struct widget *widget, const char *name, int depth)
{
	struct path path;

	if (depth > 3)
		return find(widget, "/default", 0);
	return kern_path(name, widget->follow ? LOOKUP_FOLLOW : 0, &path);
}

static int load(struct widget *widget, const char *name)
{
	/* find() and load() in a comment, "find" and "load" in a string */
	widget->file = filp_open(name, O_RDONLY, 0);
	pr_debug("load: find %s\n", name);
	return find(widget, name, 0);
}

static void load_work(struct work_struct *work)
{
	struct widget *widget = container_of(work, struct widget, work);

	load(widget, widget->name);
	/* A member that is called like a function. */
	widget->load = 1;
}

static void declared(struct work_struct *work)
{
	bdev = bdev_file_open_by_path("/dev/widget", BLK_OPEN_READ, NULL, NULL);
}
static DECLARE_WORK(declared_work, declared);

static int widget_thread(void *data)
{
	struct path parent;

	dentry = start_creating_path(AT_FDCWD, data, &parent, 0);
	return kern_path(data, LOOKUP_IN_INIT, &parent);
}

static int in_place(void *data)
{
	return kern_path(data, 0, &path);
}

static int in_struct(void *data)
{
	return kern_path(data, LOOKUP_FOLLOW, &path);
}

static irqreturn_t widget_irq_thread(int irq, void *data)
{
	return lookup_bdev("/dev/widget", data) ? IRQ_NONE : IRQ_HANDLED;
}

static void widget_async(void *data, async_cookie_t cookie)
{
	vfs_path_parent_lookup(data, 0, &path, &last, &type, NULL);
	/* This one is given its root. */
	vfs_path_parent_lookup(data, 0, &path, &last, &type, &root);
}

static void widget_firmware(const struct firmware *fw, void *context)
{
	filp_close(filp_open("/lib/widget", O_RDONLY, 0), NULL);
}

static void park(unsigned int cpu)
{
	kern_path("/park", 0, &path);
}

static struct smp_hotplug_thread per_cpu = {
	.store = &widget_task,
	.park = park,
	.thread_comm = "widget/%u",
};

static void widget_test(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, kern_path("/", LOOKUP_DIRECTORY, &path), 0);
}

static struct kunit_case widget_cases[] = {
	KUNIT_CASE(widget_test),
	{}
};

static int probe(struct widget *widget)
{
	struct kthread_args args = { .threadfn = in_struct, .data = widget };

	INIT_WORK(&widget->work, load_work);
	widget->task = kthread_run(widget_thread, widget, "widget");
	kthread_run(KTHREAD_ARGS(in_place, widget), "in place");
	kthread_run(&args, "in struct");
	async_schedule(widget_async, widget);
	request_firmware_nowait(THIS_MODULE, true, "widget", widget->dev,
				GFP_KERNEL, widget, widget_firmware);
	return devm_request_threaded_irq(widget->dev, widget->irq, widget_irq,
					 widget_irq_thread, 0, "widget",
					 widget);
}
