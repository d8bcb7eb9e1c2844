// SPDX-License-Identifier: GPL-2.0-only
/* Lookups that kernel threads get to, but not they alone, or perhaps not. */

static int called_elsewhere(const char *name)
{
	return kern_path(name, 0, &path);
}

static int used_as_value(const char *name)
{
	return kern_path(name, 0, &path);
}

int not_static(const char *name)
{
	return kern_path(name, 0, &path);
}

static int in_dead_code(const char *name)
{
	return kern_path(name, 0, &path);
}

static int in_macro(const char *name)
{
	return kern_path(name, 0, &path);
}
#define OPEN_IT(name) in_macro(name)

static int in_odd_function(const char *name)
{
	return kern_path(name, 0, &path);
}

static void shared_work(struct work_struct *work)
{
	called_elsewhere("/a");
	used_as_value("/b");
	not_static("/c");
	in_dead_code("/d");
	in_macro("/e");
	in_odd_function("/f");
}

int widget_ioctl(struct widget *widget)
{
	INIT_WORK(&widget->work, shared_work);
	return called_elsewhere(widget->name);
}

struct widget_ops ops = {
	.open = used_as_value,
};

#if 0
static void dead(void)
{
	in_dead_code("/d");
}
#endif

static int unparsed(struct widget *widget)
{
	with_odd_macro(widget, in_odd_function(widget->name);
	return 0;
}

/* Nothing says who runs these. */
static int user_only(const char *name)
{
	return kern_path(name, 0, &path);
}

/* A timer cannot look up, so that one is no entry. */
static void timer(struct timer_list *list)
{
	kern_path("/timer", 0, &path);
}

static int widget_open(struct widget *widget)
{
	timer_setup(&widget->timer, timer, 0);
	return user_only(widget->name);
}
