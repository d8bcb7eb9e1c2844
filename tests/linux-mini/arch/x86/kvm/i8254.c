// SPDX-License-Identifier: GPL-2.0-only
/* The timer chip of a virtual PC; its interrupts come from a worker. */
#include <linux/kthread.h>
#include <linux/module.h>

#define KVM_PIT_SPEAKER_DUMMY	1
#define PIT_WORKER_NAME_MAX	16

struct kvm_kpit_state {
	u32 flags;
	struct mutex lock;
};

struct kvm;

struct kvm_pit {
	struct kvm *kvm;
	struct kvm_kpit_state pit_state;
	struct kthread_worker *worker;
	struct kthread_work expired;
};

pid_t kvm_pit_pid(struct kvm *kvm);

/* What a caller passes as @flags here is about the chip, not the worker. */
struct kvm_pit *kvm_create_pit(struct kvm *kvm, u32 flags)
{
	struct kvm_pit *pit;
	pid_t pid_nr;

	pit = kzalloc_obj(*pit);
	if (!pit)
		return NULL;

	pid_nr = kvm_pit_pid(kvm);
	mutex_init(&pit->pit_state.lock);

	pit->worker = kthread_run_worker(0, "kvm-pit/%d", pid_nr);
	if (IS_ERR(pit->worker))
		goto fail_kthread;

	pit->kvm = kvm;
	pit->pit_state.flags = flags & KVM_PIT_SPEAKER_DUMMY;
	return pit;

fail_kthread:
	kfree(pit);
	return NULL;
}

#ifdef CONFIG_KVM_HYPERV
int kvm_pit_move(struct kvm_pit *pit, int cpu)
{
	struct kthread_worker *worker;

	worker = kthread_run_worker_on_cpu(cpu, 0,
					   "kvm-pit-hv/%u");
	if (IS_ERR(worker))
		return PTR_ERR(worker);
	kthread_destroy_worker(pit->worker);
	pit->worker = worker;
	return 0;
}
#endif
