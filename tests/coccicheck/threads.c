// SPDX-License-Identifier: GPL-2.0-only
/* Callers of kthread_create() and its like. */

static int start(struct widget *widget)
{
	widget->task = kthread_run(widget_thread, widget, "widget/%d",
				   widget->id);
	if (IS_ERR(kthread_create(widget_helper, NULL, "helper")))
		return -ENOMEM;
	widget->near = kthread_create_on_node(widget_thread, widget,
					      widget->node, "near");
	return 0;
}

static void converted(struct widget *widget, struct kthread_args *args)
{
	widget->task = kthread_run(KTHREAD_ARGS(widget_thread, widget), "%s",
				   widget->name);
	widget->near = kthread_create(args, "near");
}
