// SPDX-License-Identifier: GPL-2.0-only
/* A function of the host's own that happens to be called like the kernel's. */
int kern_path(const char *name, int flags, void *path)
{
	return open(name, flags);
}

static int read_config(void *data)
{
	return kern_path("/etc/perf", 0, NULL);		/* no site */
}

int main(void)
{
	kthread_run(read_config, NULL, "perf");
	return parse_kernel_file("/x");
}
