// SPDX-License-Identifier: GPL-2.0-only
static void loaded(const void *fw, void *context)
{
	filp_open("/loaded", 0, 0);	/* kthread */
}

static void wrapped(const void *fw, void *context)
{
	filp_open("/wrapped", 0, 0);	/* kthread */
}

/* The context, not the callback. */
static void context(void)
{
	filp_open("/context", 0, 0);	/* unreached */
}

static int request(const char *name, void (*done)(const void *fw, void *context))
{
	return request_firmware_nowait(NULL, true, name, NULL, 0, NULL, done);
}

SYSCALL_DEFINE0(load)
{
	request_firmware_nowait(NULL, true, "a.bin", NULL, 0, context, loaded);
	filp_open("/asked", 0, 0);	/* user */
	return request("b.bin", wrapped);
}
