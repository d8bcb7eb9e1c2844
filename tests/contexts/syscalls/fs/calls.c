// SPDX-License-Identifier: GPL-2.0-only
static int resolve(const char __user *name)
{
	return user_path_at(-100, name, 0, NULL);	/* user */
}

SYSCALL_DEFINE3(resolve_it, int, fd, const char __user *, name,
		unsigned int, flags)
{
	return resolve(name);
}

SYSCALL_DEFINE0(getroot)
{
	return kern_path("/", 0, NULL);			/* user */
}

COMPAT_SYSCALL_DEFINE2(compat_resolve, int, fd, const char __user *, name)
{
	return user_path_at(fd, name, 0, NULL);		/* user */
}

#ifdef CONFIG_COMPAT
COMPAT_SYSCALL_DEFINE0(compat_root)
{
	return kern_path("/compat", 0, NULL);		/* user */
}
#endif

/* What system calls and a thread share. */
int ksys_shared(const char *name)
{
	return kern_path(name, 0, NULL);		/* mixed */
}

SYSCALL_DEFINE1(shared, const char __user *, name)
{
	return ksys_shared(name);
}

static int shared_thread(void *data)
{
	return ksys_shared("/shared");
}

int shared_start(void)
{
	return IS_ERR(kthread_run(shared_thread, NULL, "shared"));
}

/* It is called like a system call, but is none. */
int sys_imposter(const char *name)
{
	return kern_path(name, 0, NULL);		/* unreached */
}
