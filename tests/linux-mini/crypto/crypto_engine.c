// SPDX-License-Identifier: GPL-2.0-only
/* Requests of crypto drivers, fed to the hardware one at a time. */
#include <linux/device.h>
#include <linux/kthread.h>
#include <linux/module.h>

#define ENGINE_NAME_LEN	30

struct crypto_engine {
	char			name[ENGINE_NAME_LEN];
	bool			retry_support;
	bool			rt;
	struct list_head	list;
	struct device		*dev;
	struct kthread_worker	*kworker;
	struct kthread_worker	*done_kworker;
	struct kthread_work	pump_requests;
};

static LIST_HEAD(engine_list);
static DEFINE_SPINLOCK(engine_lock);

static void crypto_pump_work(struct kthread_work *work)
{
	struct crypto_engine *engine =
		container_of(work, struct crypto_engine, pump_requests);

	dev_info(engine->dev, "pump\n");
}

struct crypto_engine *crypto_engine_alloc_init_and_set(struct device *dev,
						       bool retry_support,
						       bool rt)
{
	struct crypto_engine *engine = kzalloc_obj(*engine);

	if (!engine)
		return NULL;

	engine->dev = dev;
	engine->rt = rt;
	engine->retry_support = retry_support;
	snprintf(engine->name, sizeof(engine->name),
		 "%s-engine", dev_name(dev));

	engine->kworker = kthread_run_worker(0, "%s", engine->name);
	if (IS_ERR(engine->kworker)) {
		dev_err(dev, "no pump for the engine\n");
		return NULL;
	}
	kthread_init_work(&engine->pump_requests, crypto_pump_work);

	if (engine->rt)
		sched_set_fifo(engine->kworker->task);

	spin_lock(&engine_lock);
	list_add_tail(&engine->list, &engine_list);
	spin_unlock(&engine_lock);
	return engine;
}
EXPORT_SYMBOL_GPL(crypto_engine_alloc_init_and_set);

/* Every engine also gets a worker for finished requests, near its device. */
int crypto_engine_start_done(int node)
{
	struct crypto_engine *engine;

	list_for_each_entry(engine, &engine_list, list) {
		engine->done_kworker = kthread_create_worker_on_node(
			0,
			node,
			"%s-done",
			engine->name);
		if (IS_ERR(engine->done_kworker))
			return PTR_ERR(engine->done_kworker);
		wake_up_process(engine->done_kworker->task);
	}
	return 0;
}
EXPORT_SYMBOL_GPL(crypto_engine_start_done);

int crypto_engine_restart(struct crypto_engine *engine)
{
	struct kthread_worker *kworker;

	kworker = kthread_run_worker(
		0 /* no flags */, "%s-r",
		/* the name is short enough */
		engine->name);
	if (IS_ERR(kworker))
		return PTR_ERR(kworker);

	engine->kworker = kworker;
	engine->done_kworker = kthread_create_worker_on_node(0, NUMA_NO_NODE,
							     "%s-done",
							     engine->name);
	return PTR_ERR_OR_ZERO(engine->done_kworker);
}
EXPORT_SYMBOL_GPL(crypto_engine_restart);
