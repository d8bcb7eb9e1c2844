// SPDX-License-Identifier: GPL-2.0-only
/* Loads firmware in every way there is, for the selftests. */
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/module.h>

struct test_batched_req {
	u8 idx;
	bool sent;
	const char *name;
	struct task_struct *task;
};

static DEFINE_MUTEX(test_fw_mutex);
static const struct firmware *test_firmware;
static int num_requests;

static int test_fw_run_batch_request(void *data)
{
	struct test_batched_req *req = data;
	void *buf = NULL;
	size_t size;

	return kernel_read_file_from_path(req->name, 0, &buf, 4096, &size,
					  READING_FIRMWARE);
}

/* Called from a workqueue, once the file was read or was not found. */
static void trigger_async_request_cb(const struct firmware *fw, void *context)
{
	struct file *file;

	test_firmware = fw;
	file = filp_open(context, O_WRONLY | O_CREAT, 0600);
	if (!IS_ERR(file))
		fput(file);
}

int trigger_async_request(struct device *dev, const char *name, char *trace)
{
	guard(mutex)(&test_fw_mutex);

	release_firmware(test_firmware);
	test_firmware = NULL;
	return request_firmware_nowait(THIS_MODULE, 1, name, dev, GFP_KERNEL,
				       trace, trigger_async_request_cb);
}
EXPORT_SYMBOL_GPL(trigger_async_request);

int trigger_batched_requests(struct test_batched_req *reqs, int nr)
{
	struct test_batched_req *req = reqs;

	while (num_requests < nr) {
		/* The name counts up, the pointer does as well. */
		req->task = kthread_run(test_fw_run_batch_request, req++,
					"test_firmware-%u", num_requests++);
		if (IS_ERR(reqs[num_requests - 1].task))
			return PTR_ERR(reqs[num_requests - 1].task);
	}
	return 0;
}
EXPORT_SYMBOL_GPL(trigger_batched_requests);
