// SPDX-License-Identifier: GPL-2.0-only
enum event { EVENT_START, EVENT_STOP, EVENT_IDLE };

static int on_event(enum event event)
{
	if (event == EVENT_START)
		kern_path("/start", 0, NULL);	/* user */
	if (event == EVENT_STOP) {
		kern_path("/stop", 0, NULL);	/* kthread */
	} else if (event == EVENT_IDLE) {
		kern_path("/idle", 0, NULL);	/* unreached */
	}
	if (event != EVENT_STOP)
		kern_path("/not_stop", 0, NULL);	/* user */
	return kern_path("/always", 0, NULL);	/* mixed */
}

static int on_flag(bool create)
{
	if (create)
		return kern_path("/create", 0, NULL);	/* user */
	return kern_path("/keep", 0, NULL);	/* kthread */
}

static int on_number(int count)
{
	if (count == 0)
		return kern_path("/zero", 0, NULL);	/* kthread */
	return kern_path("/some", 0, NULL);	/* user */
}

static int event_thread(void *data)
{
	on_event(EVENT_STOP);
	on_flag(false);
	return on_number(0);
}

SYSCALL_DEFINE0(event)
{
	kthread_run(event_thread, NULL, "event");
	on_event(EVENT_START);
	on_flag(true);
	return on_number(3);
}
