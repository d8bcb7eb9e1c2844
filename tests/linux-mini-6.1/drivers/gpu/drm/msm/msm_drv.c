// SPDX-License-Identifier: GPL-2.0-only
/* A list that goes on a shallow line, since it is too long for its own. */
#include <linux/kthread.h>

struct msm_event_thread {
	struct kthread_worker *worker;
	unsigned int crtc_id;
};

struct msm_private {
	struct msm_event_thread event_thread[8];
};

int msm_start_threads(struct msm_private *private, int count)
{
	int i;

	for (i = 0; i < count; i++) {
		private->event_thread[i].worker = kthread_create_worker(0,
			"crtc_event:%d", private->event_thread[i].crtc_id);
		if (!private->event_thread[i].worker)
			return -1;
	}
	return 0;
}
