// SPDX-License-Identifier: GPL-2.0-only
/* Tests of misc devices: can a node that was just made be opened? */
#include <kunit/test.h>
#include <linux/fs.h>
#include <linux/init_syscalls.h>
#include <linux/module.h>
#include <linux/slab.h>

struct miscdevice {
	int minor;
	const char *name;
};

int misc_register(struct miscdevice *misc);
void misc_deregister(struct miscdevice *misc);

static void __init miscdev_test_can_open(struct kunit *test, struct miscdevice *misc)
{
	struct file *filp;
	char *devname;
	int ret;

	devname = kasprintf(GFP_KERNEL, "/dev/%s", misc->name);
	ret = init_mknod(devname, S_IFCHR | 0600, misc->minor);
	if (ret != 0)
		KUNIT_FAIL(test, "mknod %s: %d\n", devname, ret);

	filp = filp_open(devname, O_RDONLY, 0);
	if (IS_ERR(filp))
		KUNIT_FAIL(test, "open %s: %ld\n", devname, PTR_ERR(filp));
	else
		fput(filp);

	init_unlink(devname);
	kfree(devname);
}

static void __init miscdev_test_static_basic(struct kunit *test)
{
	struct miscdevice misc_test = {
		.minor = 156,
		.name = "misc_static",
	};

	KUNIT_EXPECT_EQ(test, 0, misc_register(&misc_test));
	miscdev_test_can_open(test, &misc_test);
	misc_deregister(&misc_test);
}

static void miscdev_test_twice(struct kunit *test)
{
	struct miscdevice misc_test = { .name = "misc_twice" };

	KUNIT_EXPECT_EQ(test, 0, misc_register(&misc_test));
	misc_deregister(&misc_test);
}

static struct kunit_case test_cases[] = {
	KUNIT_CASE(miscdev_test_static_basic),
	KUNIT_CASE(miscdev_test_twice),
	{}
};

static struct kunit_suite test_suite = {
	.name = "miscdev",
	.test_cases = test_cases,
};
kunit_test_suite(test_suite);

MODULE_LICENSE("GPL");
