// SPDX-License-Identifier: GPL-2.0-only
/* The parallel loop: every item once, on as many threads as asked for. */
#include "parallel.h"

#include "unit.h"

struct count {
	gint *seen;		/* per item */
	gint running, most;
};

static void count_one(void *context, size_t i)
{
	struct count *count = context;

	g_atomic_int_inc(&count->seen[i]);
}

static void assert_each_once(size_t items, unsigned int jobs)
{
	struct count count = { .seen = g_new0(gint, items + 1) };

	parallel_for(items, jobs, count_one, &count);
	for (size_t i = 0; i < items; i++)
		g_assert_cmpint(count.seen[i], ==, 1);
	g_assert_cmpint(count.seen[items], ==, 0);
	g_free(count.seen);
}

static void test_each_once(void)
{
	assert_each_once(0, 0);
	assert_each_once(0, 4);
	assert_each_once(1, 0);
	assert_each_once(1, 1);
	assert_each_once(1, 8);
	assert_each_once(3, 8);
	assert_each_once(10000, 1);
	assert_each_once(10000, 8);
}

static void append(void *context, size_t i)
{
	g_string_append_printf(context, "%zu ", i);
}

/* One job is this thread, in order. */
static void test_in_order(void)
{
	GString *list = g_string_new(NULL);

	parallel_for(5, 1, append, list);
	g_assert_cmpstr(list->str, ==, "0 1 2 3 4 ");
	g_string_free(list, TRUE);
}

static void remember_thread(void *context, size_t i)
{
	((GThread **)context)[i] = g_thread_self();
}

static void test_own_thread(void)
{
	GThread *threads[3] = { NULL };

	parallel_for(3, 1, remember_thread, threads);
	for (size_t i = 0; i < 3; i++)
		g_assert_true(threads[i] == g_thread_self());
}

static void overlap(void *context, size_t i)
{
	struct count *count = context;
	gint running = g_atomic_int_add(&count->running, 1) + 1;
	gint most;

	(void)i;
	do
		most = g_atomic_int_get(&count->most);
	while (running > most &&
	       !g_atomic_int_compare_and_exchange(&count->most, most, running));
	g_usleep(1000);
	g_atomic_int_add(&count->running, -1);
}

static void test_jobs(void)
{
	struct count count = { 0 };

	parallel_for(100, 3, overlap, &count);
	g_assert_cmpint(count.most, >, 1);
	g_assert_cmpint(count.most, <=, 3);
	/* All are done when the loop returns. */
	g_assert_cmpint(count.running, ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/parallel/each-once", test_each_once);
	g_test_add_func("/parallel/in-order", test_in_order);
	g_test_add_func("/parallel/own-thread", test_own_thread);
	g_test_add_func("/parallel/jobs", test_jobs);
	return g_test_run();
}
