// SPDX-License-Identifier: GPL-2.0-only
/* The text of the progress line. */
#include "progress.h"

#include "unit.h"

#define SECONDS(n) ((gint64)(n) * G_USEC_PER_SEC)

static void assert_text(unsigned int done, unsigned int total, gint64 elapsed,
			const char *expected)
{
	char *text = progress_text("02-x", done, total, elapsed);

	g_assert_cmpstr(text, ==, expected);
	g_free(text);
}

/* Nothing is done, so nothing tells the rate; or nothing is left. */
static void test_no_time(void)
{
	assert_text(0, 40, 0, "02-x: 0/40 files");
	assert_text(0, 40, SECONDS(5), "02-x: 0/40 files");
	assert_text(40, 40, SECONDS(5), "02-x: 40/40 files");
}

static void test_time_left(void)
{
	assert_text(20, 40, SECONDS(5), "02-x: 20/40 files, 6 s left");
	assert_text(39, 40, SECONDS(1), "02-x: 39/40 files, 1 s left");
	assert_text(1, 40, SECONDS(2), "02-x: 1/40 files, 79 s left");
	assert_text(1, 100, SECONDS(1), "02-x: 1/100 files, 2 min left");
	assert_text(1, 61, SECONDS(3600), "02-x: 1/61 files, 3601 min left");
}

/* Large numbers stay right. */
static void test_large(void)
{
	assert_text(50000, 100000, SECONDS(50000),
		    "02-x: 50000/100000 files, 834 min left");
}

/* Without a terminal nothing is shown, from however many threads. */
static void test_no_terminal(void)
{
	progress_begin("nothing", 0);
	progress_begin("something", 3);
	for (int i = 0; i < 5; i++)
		progress_step(1);
	progress_end();
	progress_end();
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/progress/no-time", test_no_time);
	g_test_add_func("/progress/time-left", test_time_left);
	g_test_add_func("/progress/large", test_large);
	g_test_add_func("/progress/no-terminal", test_no_terminal);
	return g_test_run();
}
