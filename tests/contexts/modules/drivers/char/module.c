// SPDX-License-Identifier: GPL-2.0-only
#include <linux/moduleparam.h>

static int path_set(const char *val, const struct kernel_param *kp)
{
	return kern_path(val, 0, NULL);		/* user */
}

static const struct kernel_param_ops path_ops = {
	.set = path_set,
};
module_param_cb(path, &path_ops, NULL, 0644);

static int call_set(const char *val, const struct kernel_param *kp)
{
	return kern_path(val, 0, NULL);		/* user */
}

static int call_get(char *buffer, const struct kernel_param *kp)
{
	return kern_path(buffer, 0, NULL);	/* user */
}
module_param_call(call, call_set, call_get, NULL, 0644);

static int read_defaults(void)
{
	return kern_path("/defaults", 0, NULL);	/* user */
}

static int __init device_init(void)
{
	return read_defaults();
}

static void __exit device_exit(void)
{
	kern_path("/exit", 0, NULL);		/* user */
}

module_init(device_init);
module_exit(device_exit);

/* Marked like an init function, but nothing calls it. */
static int __init spare_init(void)
{
	return kern_path("/spare", 0, NULL);	/* unreached */
}
