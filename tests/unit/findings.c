// SPDX-License-Identifier: GPL-2.0-only
/* Findings: sorted, each once, and the exit status that they ask for. */
#include "findings.h"

#include "parallel.h"
#include "unit.h"

static void assert_printed(struct findings *findings, enum finding_kind kind,
			   const char *expected)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	findings_print(findings, kind, out);
	fclose(out);
	g_assert_cmpstr(text, ==, expected);
	free(text);
}

static void test_empty(void)
{
	struct findings *findings = findings_new();

	assert_printed(findings, FINDING_LEFT, "");
	g_assert_cmpint(findings_status(findings), ==, STATUS_DONE);
	findings_free(findings);
	findings_free(NULL);
}

static void test_sorted(void)
{
	struct findings *findings = findings_new();

	findings_add(findings, FINDING_LEFT, "b.c", 10, "ten");
	findings_add(findings, FINDING_LEFT, "b.c", 9, "nine");
	findings_add(findings, FINDING_LEFT, "b.c", 9, "eight");
	findings_add(findings, FINDING_LEFT, "b.c", 0, "whole");
	findings_add(findings, FINDING_LEFT, "a/b.c", 1, "%s %d", "one", 1);
	findings_add(findings, FINDING_LEFT, "a-b.c", 1, "one");
	findings_add(findings, FINDING_LEFT, "B.c", 1, "one");
	assert_printed(findings, FINDING_LEFT,
		       "B.c:1: one\na-b.c:1: one\na/b.c:1: one 1\n"
		       "b.c: whole\nb.c:9: eight\nb.c:9: nine\nb.c:10: ten\n");
	findings_free(findings);
}

static void test_once(void)
{
	struct findings *findings = findings_new();

	for (int i = 0; i < 3; i++) {
		findings_add(findings, FINDING_LEFT, "a.c", 1, "same");
		findings_add(findings, FINDING_LEFT, "a.c", 2, "same");
		findings_add(findings, FINDING_LEFT, "a.c", 1, "other");
		findings_add(findings, FINDING_FAILED, "a.c", 1, "same");
	}
	assert_printed(findings, FINDING_LEFT,
		       "a.c:1: other\na.c:1: same\na.c:2: same\n");
	assert_printed(findings, FINDING_FAILED, "a.c:1: same\n");
	findings_free(findings);
}

static void test_kinds(void)
{
	struct findings *findings = findings_new();

	findings_add(findings, FINDING_LEFT, "a.c", 1, "left");
	assert_printed(findings, FINDING_FAILED, "");
	g_assert_cmpint(findings_status(findings), ==, STATUS_LEFT);
	findings_add(findings, FINDING_FAILED, "b.c", 0, "failed");
	assert_printed(findings, FINDING_FAILED, "b.c: failed\n");
	assert_printed(findings, FINDING_LEFT, "a.c:1: left\n");
	g_assert_cmpint(findings_status(findings), ==, STATUS_FAILED);
	/* A later leftover does not hide it. */
	findings_add(findings, FINDING_LEFT, "c.c", 1, "left");
	g_assert_cmpint(findings_status(findings), ==, STATUS_FAILED);
	findings_free(findings);
}

/* The exit statuses are a contract with scripts. */
static void test_statuses(void)
{
	g_assert_cmpint(STATUS_DONE, ==, 0);
	g_assert_cmpint(STATUS_LEFT, ==, 1);
	g_assert_cmpint(STATUS_ERROR, ==, 2);
	g_assert_cmpint(STATUS_FAILED, ==, 3);
}

static void test_move(void)
{
	struct findings *to = findings_new(), *from = findings_new();

	findings_add(to, FINDING_LEFT, "b.c", 1, "b");
	findings_add(from, FINDING_LEFT, "a.c", 1, "a");
	findings_add(from, FINDING_FAILED, "c.c", 1, "c");
	findings_move(to, from);
	g_assert_cmpint(findings_status(from), ==, STATUS_DONE);
	assert_printed(from, FINDING_LEFT, "");
	assert_printed(to, FINDING_LEFT, "a.c:1: a\nb.c:1: b\n");
	assert_printed(to, FINDING_FAILED, "c.c:1: c\n");
	/* Both can be used further. */
	findings_add(from, FINDING_LEFT, "d.c", 1, "d");
	findings_move(to, from);
	findings_free(from);
	assert_printed(to, FINDING_LEFT, "a.c:1: a\nb.c:1: b\nd.c:1: d\n");
	findings_free(to);
}

static void add_one(void *context, size_t i)
{
	findings_add(context, FINDING_LEFT, "a.c", (unsigned int)i + 1, "x");
}

static void test_threads(void)
{
	struct findings *findings = findings_new();

	parallel_for(2000, 8, add_one, findings);
	g_assert_cmpuint(findings->list->len, ==, 2000);
	findings_free(findings);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/findings/empty", test_empty);
	g_test_add_func("/findings/sorted", test_sorted);
	g_test_add_func("/findings/once", test_once);
	g_test_add_func("/findings/kinds", test_kinds);
	g_test_add_func("/findings/statuses", test_statuses);
	g_test_add_func("/findings/move", test_move);
	g_test_add_func("/findings/threads", test_threads);
	return g_test_run();
}
