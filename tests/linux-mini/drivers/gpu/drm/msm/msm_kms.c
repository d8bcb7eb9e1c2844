// SPDX-License-Identifier: GPL-2.0-only
/* Event threads of the display, and wrappers around how they are made. */
#include <linux/device.h>
#include <linux/kthread.h>
#include <linux/module.h>

struct drm_crtc {
	int id;
};

struct msm_drm_thread {
	struct device *dev;
	unsigned int flags;
	struct kthread_worker *worker;
};

struct msm_worker_funcs {
	struct kthread_worker *(*create)(int cpu, unsigned int flags,
					 const char namefmt[]);
	unsigned int flags;
};

/* Hands its own flags on. */
#define msm_run_worker(flags, namefmt, ...)				\
	kthread_run_worker(flags, namefmt, ##__VA_ARGS__)

/* Knows that there are none. */
#define MSM_EVENT_WORKER(thread, crtc)					\
	do {								\
		(thread)->worker = kthread_run_worker(0, "crtc_event:%d", \
						      (crtc)->id);	\
		if (!IS_ERR((thread)->worker))				\
			sched_set_fifo((thread)->worker->task);		\
	} while (0)

#define msm_atomic_worker(idx)						\
({									\
	struct kthread_worker *__w =					\
		kthread_create_worker(0, "atomic-worker-%d", (idx));	\
									\
	if (!IS_ERR(__w))						\
		wake_up_process(__w->task);				\
	__w;								\
})

#define MSM_DUMP_WORKER() kthread_run_worker(0, "%s", "disp_snapshot")

/* A function which hands its own flags on. */
static struct kthread_worker *msm_create_worker(unsigned int flags, int cpu)
{
	return kthread_create_worker_on_cpu(cpu, flags, "msm/%u");
}

/* Named alike, and not the same thing at all. */
static int my_kthread_run_worker(int flags, const char *name)
{
	return flags ? -EINVAL : (int)strlen(name);
}

static int drm_kthread_create_worker(unsigned int flags, int crtc)
{
	return flags + crtc;
}

static const struct msm_worker_funcs msm_funcs = {
	.create = kthread_create_worker_on_cpu,
	.flags = 0,
};

int msm_drm_kms_init(struct msm_drm_thread *threads, int nr, struct drm_crtc *crtc)
{
	struct kthread_worker *atomic, *dump;

	for (int i = 0; i < nr; i++) {
		struct msm_drm_thread *worker = &threads[i];

		MSM_EVENT_WORKER(worker, crtc);
		if (IS_ERR(worker->worker))
			return PTR_ERR(worker->worker);
		/* this worker is an msm_drm_thread */
		worker->flags = 0;
	}

	atomic = msm_atomic_worker(crtc->id);
	if (IS_ERR(atomic))
		return PTR_ERR(atomic);

	dump = MSM_DUMP_WORKER();
	if (IS_ERR(dump))
		return PTR_ERR(dump);

	dump = msm_run_worker(0, "disp:%d", crtc->id);
	if (IS_ERR(dump) || IS_ERR(msm_create_worker(0, 0)))
		return -EIO;

	dump = ({
		struct kthread_worker *w = kthread_run_worker(0, "disp-late:%d",
							      crtc->id);

		w;
	});
	if (IS_ERR(dump) || IS_ERR(msm_funcs.create(0, 0, "disp/%u")))
		return -EIO;

	return my_kthread_run_worker(0, "crtc") +
	       drm_kthread_create_worker(0, crtc->id);
}
