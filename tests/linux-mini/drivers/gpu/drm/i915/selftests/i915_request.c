// SPDX-License-Identifier: GPL-2.0-only
/* Selftests of requests: many threads at once, one worker for each. */
#include <linux/kthread.h>
#include <linux/module.h>

struct intel_engine_cs {
	struct list_head link;
	const char *name;
	int id;
};

struct drm_i915_private {
	struct list_head engines;
};

struct smoketest {
	struct kthread_worker *worker;
	struct kthread_work work;
	int result;
};

#define for_each_uabi_engine(engine, i915) \
	list_for_each_entry(engine, &(i915)->engines, link)

void __igt_breadcrumbs_smoketest(struct kthread_work *work);

static int mock_breadcrumbs_smoketest(void *arg)
{
	const unsigned int ncpus = nr_cpu_ids;
	struct smoketest *threads;
	unsigned int n;
	int ret = 0;

	threads = kzalloc(ncpus * sizeof(*threads), GFP_KERNEL);
	if (!threads)
		return -ENOMEM;

	for (n = 0; n < ncpus; n++) {
		struct kthread_worker *worker;

		worker = kthread_run_worker(0, "igt/%d", n);
		if (IS_ERR(worker)) {
			ret = PTR_ERR(worker);
			break;
		}
		threads[n].worker = worker;
		kthread_init_work(&threads[n].work,
				  __igt_breadcrumbs_smoketest);
		kthread_queue_work(worker, &threads[n].work);
	}

	while (n--)
		kthread_destroy_worker(threads[n].worker);
	kfree(threads);
	return ret;
}

static int live_parallel_engines(void *arg)
{
	struct drm_i915_private *i915 = arg;
	struct intel_engine_cs *engine;
	struct kthread_worker *worker;
	int err = 0;

	for_each_uabi_engine(engine, i915) {
		do {
			worker = kthread_run_worker(0, "igt/parallel:%s",
						       engine->name);
			if (IS_ERR(worker)) {
				err = PTR_ERR(worker);
				break;
			}
			kthread_destroy_worker(worker);
		} while (0);
	}
	return err;
}

static int live_breadcrumbs_smoketest(void *arg)
{
	struct drm_i915_private *i915 = arg;
	struct intel_engine_cs *engine;
	struct kthread_worker *worker, *second, *spare_worker_of_this_engine;
	int idx = 0, n;

	for_each_uabi_engine(engine, i915) {
		for (n = 0; n < nr_cpu_ids; n++) {
			worker = kthread_run_worker(0, "igt/%d.%d", idx, n);
			if (IS_ERR(worker))
				return PTR_ERR(worker);

			if (IS_ERR(second = kthread_run_worker(0, "igt/%d.%d+", idx, n)))
				goto out_flush;

			spare_worker_of_this_engine = kthread_run_worker(0, "igt/%d", n);
			if (!IS_ERR(spare_worker_of_this_engine))
				kthread_destroy_worker(spare_worker_of_this_engine);

			kthread_destroy_worker(second);
			kthread_destroy_worker(worker);
		}
		idx++;
	}
	return 0;

out_flush:
	kthread_destroy_worker(worker);
	return PTR_ERR(second);
}

static struct kthread_worker *perf_worker(struct intel_engine_cs *engine, bool late)
{
	return late ? kthread_create_worker_on_cpu(engine->id, 0, "igt-late/%u") :
		      kthread_run_worker(0, "igt:%s", engine->name);
}

int i915_request_selftests(struct drm_i915_private *i915)
{
	struct intel_engine_cs *engine =
		list_first_entry(&i915->engines, struct intel_engine_cs, link);
	int err;

	if ((err = mock_breadcrumbs_smoketest(i915)) ||
	    (err = live_parallel_engines(i915)) ||
	    (err = live_breadcrumbs_smoketest(i915)))
		return err;
	return PTR_ERR_OR_ZERO(perf_worker(engine, false));
}
