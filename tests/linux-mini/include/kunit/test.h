/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _KUNIT_TEST_H
#define _KUNIT_TEST_H

#include <linux/err.h>
#include <linux/printk.h>

struct kunit {
	void *priv;
	const char *name;
};

struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
};

struct kunit_suite {
	const char *name;
	int (*init)(struct kunit *test);
	struct kunit_case *test_cases;
};

#define KUNIT_CASE(test_name)						\
	{ .run_case = test_name, .name = #test_name }

#define kunit_test_suite(suite)						\
	static struct kunit_suite *const __kunit_suite_##suite		\
		__maybe_unused = &suite

__printf(2, 3) void KUNIT_FAIL(struct kunit *test, const char *fmt, ...);

#define KUNIT_EXPECT_EQ(test, left, right)				\
	do {								\
		if ((left) != (right))					\
			KUNIT_FAIL(test, "%s != %s\n", #left, #right);	\
	} while (0)

#endif /* _KUNIT_TEST_H */
