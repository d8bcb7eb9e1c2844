// SPDX-License-Identifier: GPL-2.0-only
#include <kunit/test.h>

static void set_up_test(struct kunit *test)
{
	kern_path("/set-up", 0, NULL);		/* safe */
}

static void plain_test(struct kunit *test)
{
	kern_path("/plain", 0, NULL);		/* kthread */
}

/* One of the two suites does not set it up. */
static void shared_test(struct kunit *test)
{
	kern_path("/shared", 0, NULL);		/* kthread */
}

static void reverted_test(struct kunit *test)
{
	kern_path("/reverted", 0, NULL);	/* kthread */
}

static struct kunit_case set_up_cases[] = {
	KUNIT_CASE(set_up_test),
	{}
};

static struct kunit_case plain_cases[] = {
	KUNIT_CASE(plain_test),
	{}
};

static struct kunit_case shared_cases[] = {
	KUNIT_CASE(shared_test),
	{}
};

static struct kunit_case reverted_cases[] = {
	KUNIT_CASE(reverted_test),
	{}
};

static int set_up(struct kunit *test)
{
	kern_path("/init", 0, NULL);		/* kthread */
	test->priv = __override_init_fs();
	kern_path("/init-behind", 0, NULL);	/* safe */
	return 0;
}

static int set_up_and_revert(struct kunit *test)
{
	__revert_init_fs(__override_init_fs());
	return 0;
}

/* KUnit calls it in another thread. */
static void tear_down(struct kunit *test)
{
	kern_path("/exit", 0, NULL);		/* kthread */
	__revert_init_fs(test->priv);
}

static struct kunit_suite set_up_suite = {
	.name = "set-up",
	.init = set_up,
	.exit = tear_down,
	.test_cases = set_up_cases,
};

static struct kunit_suite plain_suite = {
	.name = "plain",
	.test_cases = plain_cases,
};

static struct kunit_suite first_shared_suite = {
	.name = "shared-1",
	.init = set_up,
	.test_cases = shared_cases,
};

static struct kunit_suite second_shared_suite = {
	.name = "shared-2",
	.test_cases = shared_cases,
};

static struct kunit_suite reverted_suite = {
	.name = "reverted",
	.init = set_up_and_revert,
	.test_cases = reverted_cases,
};
kunit_test_suites(&set_up_suite, &plain_suite, &first_shared_suite,
		  &second_shared_suite, &reverted_suite);
