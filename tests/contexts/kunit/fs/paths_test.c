// SPDX-License-Identifier: GPL-2.0-only
#include <kunit/test.h>

static void open_helper(struct kunit *test)
{
	kern_path("/helper", 0, NULL);	/* kthread */
}

static void open_test(struct kunit *test)
{
	open_helper(test);
}

static void slow_test(struct kunit *test)
{
	kern_path("/slow", 0, NULL);	/* kthread */
}

static void cleanup(void *data)
{
	kern_path("/cleanup", 0, NULL);	/* kthread */
}

static void plain_test(struct kunit *test)
{
	kern_path("/plain", 0, NULL);	/* kthread */
	kunit_add_action(test, cleanup, NULL);
}

static const void *params(const void *prev, char *desc)
{
	kern_path("/params", 0, NULL);	/* kthread */
	return NULL;
}

static void param_test(struct kunit *test)
{
	kern_path("/param", 0, NULL);	/* kthread */
}

static void forgotten_test(struct kunit *test)
{
	kern_path("/forgotten", 0, NULL);	/* unreached */
}

static struct kunit_case cases[] = {
	KUNIT_CASE(open_test),
	KUNIT_CASE_SLOW(slow_test),
	KUNIT_CASE_PARAM(param_test, params),
	{ .run_case = plain_test, .name = "plain" },
	{}
};

static int suite_init(struct kunit_suite *suite)
{
	return kern_path("/suite_init", 0, NULL);	/* kthread */
}

static int test_init(struct kunit *test)
{
	return kern_path("/init", 0, NULL);	/* kthread */
}

static void test_exit(struct kunit *test)
{
	kern_path("/exit", 0, NULL);	/* kthread */
}

static struct kunit_suite suite = {
	.name = "paths",
	.suite_init = suite_init,
	.init = test_init,
	.exit = test_exit,
	.test_cases = cases,
};
kunit_test_suite(suite);
