// SPDX-License-Identifier: GPL-2.0-only
static int __init pure(void)
{
	return kern_path("/pure", 0, NULL);	/* boot */
}
pure_initcall(pure);

static int __init core(void)
{
	return kern_path("/core", 0, NULL);	/* boot */
}
core_initcall(core);

static int __init subsys(void)
{
	return kern_path("/subsys", 0, NULL);	/* boot */
}
subsys_initcall_sync(subsys);

static int __init roots(void)
{
	return kern_path("/rootfs", 0, NULL);	/* boot */
}
rootfs_initcall(roots);

static int __init device(void)
{
	return kern_path("/device", 0, NULL);	/* boot */
}
device_initcall(device);

static int __init late(void)
{
	return kern_path("/late", 0, NULL);	/* boot */
}
late_initcall(late);

static int __init console(void)
{
	return kern_path("/console", 0, NULL);	/* boot */
}
console_initcall(console);

/* The same as device_initcall(), and not there in modules. */
static int __init plain(void)
{
	return kern_path("/plain", 0, NULL);	/* boot */
}
__initcall(plain);

static int __init parameter(char *text)
{
	return kern_path("/parameter", 0, NULL);	/* boot */
}
early_param("parameter", parameter);

/* The command line is read before there are processes. */
static int __init setup(char *text)
{
	return kern_path("/setup", 0, NULL);	/* boot */
}
__setup("setup=", setup);

/* Both by PID 1 and later by a process: the process counts. */
int reload(void)
{
	return kern_path("/reload", 0, NULL);	/* user */
}

/* Both by PID 1 and by a kernel thread: the thread counts. */
int refresh(void)
{
	return kern_path("/refresh", 0, NULL);	/* kthread */
}

static int refresh_thread(void *data)
{
	return refresh();
}

static int __init first_load(void)
{
	kthread_run(refresh_thread, NULL, "refresh");
	refresh();
	return reload();
}
fs_initcall(first_load);

SYSCALL_DEFINE0(reload)
{
	return reload();
}

static int __init uncalled(void)
{
	return kern_path("/uncalled", 0, NULL);	/* unreached */
}
