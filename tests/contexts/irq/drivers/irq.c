// SPDX-License-Identifier: GPL-2.0-only
struct irqaction {
	int (*handler)(int irq, void *data);
	int (*thread_fn)(int irq, void *data);
};

static int hard(int irq, void *data)
{
	return kern_path("/hard", 0, NULL);	/* unreached */
}

static int threaded(int irq, void *data)
{
	return kern_path("/threaded", 0, NULL);	/* kthread */
}

static int plain(int irq, void *data)
{
	return kern_path("/plain", 0, NULL);	/* unreached */
}

static int managed_hard(int irq, void *data)
{
	return kern_path("/managed_hard", 0, NULL);	/* unreached */
}

static int managed_thread(int irq, void *data)
{
	return kern_path("/managed_thread", 0, NULL);	/* kthread */
}

static int action_hard(int irq, void *data)
{
	return kern_path("/action_hard", 0, NULL);	/* unreached */
}

static int action_thread(int irq, void *data)
{
	return kern_path("/action_thread", 0, NULL);	/* kthread */
}

static int wrapped_hard(int irq, void *data)
{
	return kern_path("/wrapped_hard", 0, NULL);	/* unreached */
}

static void tick(void *timer)
{
	kern_path("/tick", 0, NULL);	/* unreached */
}

static struct irqaction action = {
	.handler = action_hard,
	.thread_fn = action_thread,
};

static int request_hard(int irq, int (*handler)(int irq, void *data))
{
	return request_threaded_irq(irq, handler, NULL, 0, "wrapped", NULL);
}

SYSCALL_DEFINE1(irq, int, irq)
{
	request_threaded_irq(irq, hard, threaded, 0, "both", NULL);
	request_irq(irq, plain, 0, "plain", NULL);
	devm_request_threaded_irq(NULL, irq, managed_hard, managed_thread, 0,
				  "managed", NULL);
	timer_setup(NULL, tick, 0);
	return request_hard(irq, wrapped_hard) + setup_irq(irq, &action);
}
