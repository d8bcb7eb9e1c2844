// SPDX-License-Identifier: GPL-2.0-only
/* Conditions on a parameter under which a call is made. */
#include "context/guard.h"

#include "unit.h"

struct code {
	char *folder;
	struct findings *findings;
	struct tree *tree;
	struct index *index;
	struct model *model;
	struct body *body;	/* of the first function */
};

static void code_open(struct code *code, const char *text)
{
	const struct index_options options = { .jobs = 1, .no_cache = true };
	const struct region *region;
	char *error = NULL;

	code->folder = unit_folder();
	unit_put(code->folder, "a.c", text);
	code->findings = findings_new();
	code->tree = tree_open(code->folder, code->findings, &error);
	if (!code->tree)
		g_error("%s", error);
	code->index = index_open(code->tree, &options, code->findings);
	code->model = model_new(code->index);
	g_assert_cmpuint(code->index->first_region[1], >, 0);
	region = &code->index->region[0];
	g_assert_cmpint(region->kind, ==, REGION_FUNCTION);
	code->body = body_of(code->model, 0, region);
}

static void code_close(struct code *code)
{
	model_free(code->model);
	index_free(code->index);
	tree_free(code->tree);
	findings_free(code->findings);
	unit_remove(code->folder);
}

/* The token of the call of look(). */
static uint32_t look(const struct code *code)
{
	name_t name = name_of("look");
	uint32_t i = 0;

	while (i < code->body->toks.count &&
	       !(body_is_name(code->body, i) &&
		 code->body->toks.tok[i].name == name))
		i++;
	g_assert_cmpuint(i, <, code->body->toks.count);
	return i;
}

/* "int f(int a, char *b, int c) { BODY }": "zero 1", "equal 0", "none". */
static void assert_guard(const char *statements, const char *expected)
{
	static const char *const words[] = {
		[GUARD_NONE] = "none", [GUARD_ZERO] = "zero",
		[GUARD_NONZERO] = "nonzero", [GUARD_EQUAL] = "equal",
		[GUARD_UNEQUAL] = "unequal",
	};
	char *text = g_strdup_printf("int f(int a, char *b, int c)\n{\n%s\n}\n",
				     statements);
	struct guard guard;
	struct code code;
	char *got;

	code_open(&code, text);
	guard = guard_of(code.body, look(&code));
	if (guard.kind == GUARD_NONE)
		got = g_strdup("none");
	else
		got = g_strdup_printf("%s %d", words[guard.kind],
				      guard.parameter);
	if (guard.kind == GUARD_EQUAL || guard.kind == GUARD_UNEQUAL)
		g_assert_cmpuint(guard.value, ==, name_of("CONST"));
	g_test_message("%s", statements);
	g_assert_cmpstr(got, ==, expected);
	g_free(got);
	g_free(text);
	code_close(&code);
}

static void test_none(void)
{
	assert_guard("look();", "none");
	assert_guard("if (x) look();", "none");
	assert_guard("if (a > 1) look();", "none");
	assert_guard("if (a == 1) look();", "none");
	assert_guard("if (a == x) look();", "none");
	assert_guard("if (g(a)) look();", "none");
	assert_guard("while (a) look();", "none");
	assert_guard("if (a) g(); look();", "none");
	assert_guard("if (a) { g(); } look();", "none");
}

static void test_kinds(void)
{
	assert_guard("if (a) look();", "nonzero 0");
	assert_guard("if (!a) look();", "zero 0");
	assert_guard("if (!b) look();", "zero 1");
	assert_guard("if (b == NULL) look();", "zero 1");
	assert_guard("if (b != NULL) look();", "nonzero 1");
	assert_guard("if (c == 0) look();", "zero 2");
	assert_guard("if (c != false) look();", "nonzero 2");
	assert_guard("if (c == CONST) look();", "equal 2");
	assert_guard("if (c != CONST) look();", "unequal 2");
	assert_guard("if ((a)) look();", "nonzero 0");
}

static void test_blocks(void)
{
	assert_guard("if (a) { look(); }", "nonzero 0");
	assert_guard("if (a) { g(); { h(); look(); } }", "nonzero 0");
	/* Loops are not looked through. */
	assert_guard("if (a) for (;;) { look(); }", "none");
	assert_guard("if (a) return g(look());", "nonzero 0");
	assert_guard("if (a) { if (x) look(); }", "nonzero 0");
}

static void test_else(void)
{
	assert_guard("if (a) g(); else look();", "zero 0");
	assert_guard("if (a) { g(); } else look();", "zero 0");
	assert_guard("if (a) { g(); } else { look(); }", "zero 0");
	assert_guard("if (c == CONST) { g(); } else { look(); }", "unequal 2");
	assert_guard("if (x) { g(); } else { look(); }", "none");
}

static void test_terms(void)
{
	assert_guard("if (a && x) look();", "nonzero 0");
	assert_guard("if (x && a) look();", "nonzero 0");
	assert_guard("if (a || x) look();", "none");
	assert_guard("if (a || x) { g(); } else { look(); }", "zero 0");
	assert_guard("if (a && x) { g(); } else { look(); }", "none");
}

static void test_early_return(void)
{
	assert_guard("if (!a) return; look();", "nonzero 0");
	assert_guard("if (a) return -1; g(); look();", "zero 0");
	assert_guard("if (a) { return; } look();", "zero 0");
	assert_guard("if (c != CONST) return; { look(); }", "equal 2");
	assert_guard("{ if (a) return; } look();", "none");
	assert_guard("if (a) g(); return; look();", "none");
	assert_guard("look(); if (a) return;", "none");
}

/* A parameter that is changed or hidden says nothing of the caller's. */
static void test_changed(void)
{
	assert_guard("a = g(); if (a) look();", "none");
	assert_guard("a |= 1; if (a) look();", "none");
	assert_guard("g(&a); if (a) look();", "none");
	assert_guard("{ int a; if (a) look(); }", "none");
	assert_guard("g(a); if (a) look();", "nonzero 0");
}

/* "int g(int a) { look(ARGUMENTS); }" against the guard. */
static bool lets(const char *arguments, enum guard_kind kind, int parameter)
{
	const struct guard guard = {
		.kind = kind, .parameter = parameter, .value = name_of("CONST"),
	};
	char *text = g_strdup_printf("int g(int a)\n{\n\treturn look%s;\n}\n",
				     arguments);
	struct code code;
	bool result;

	code_open(&code, text);
	result = guard_lets(code.body, look(&code), &guard);
	g_free(text);
	code_close(&code);
	return result;
}

static void test_lets(void)
{
	g_assert_true(lets("(0)", GUARD_NONE, 0));
	g_assert_true(lets("(0)", GUARD_ZERO, 0));
	g_assert_true(lets("(NULL)", GUARD_ZERO, 0));
	g_assert_true(lets("(x)", GUARD_ZERO, 0));
	g_assert_false(lets("(&x)", GUARD_ZERO, 0));
	g_assert_false(lets("(1)", GUARD_ZERO, 0));
	g_assert_false(lets("(\"x\")", GUARD_ZERO, 0));
	g_assert_false(lets("(true)", GUARD_ZERO, 0));
	g_assert_false(lets("(0)", GUARD_NONZERO, 0));
	g_assert_true(lets("(1)", GUARD_NONZERO, 0));
	g_assert_true(lets("(x)", GUARD_NONZERO, 0));
	g_assert_true(lets("(CONST)", GUARD_EQUAL, 0));
	g_assert_false(lets("(OTHER)", GUARD_EQUAL, 0));
	g_assert_true(lets("(x)", GUARD_EQUAL, 0));
	g_assert_false(lets("(CONST)", GUARD_UNEQUAL, 0));
	g_assert_true(lets("(OTHER)", GUARD_UNEQUAL, 0));
	g_assert_false(lets("(x, 0)", GUARD_NONZERO, 1));
	/* Whatever it is not told. */
	g_assert_true(lets("()", GUARD_NONZERO, 0));
	g_assert_true(lets("(0)", GUARD_NONZERO, 1));
	g_assert_true(lets("", GUARD_NONZERO, 0));
}

static void test_handed_on(void)
{
	const struct guard guard = { .kind = GUARD_ZERO, .parameter = 1 };
	struct guard handed;
	struct code code;

	code_open(&code, "int g(int x, int a)\n{\n\treturn look(0, a);\n}\n");
	handed = guard_handed_on(code.body, look(&code), &guard);
	g_assert_cmpint(handed.kind, ==, GUARD_ZERO);
	g_assert_cmpint(handed.parameter, ==, 1);
	code_close(&code);
	code_open(&code, "int g(int a, int x)\n{\n\treturn look(0, a);\n}\n");
	handed = guard_handed_on(code.body, look(&code), &guard);
	g_assert_cmpint(handed.kind, ==, GUARD_ZERO);
	g_assert_cmpint(handed.parameter, ==, 0);
	code_close(&code);
	code_open(&code, "int g(int a)\n{\n\treturn look(a, b);\n}\n");
	handed = guard_handed_on(code.body, look(&code), &guard);
	g_assert_cmpint(handed.kind, ==, GUARD_NONE);
	code_close(&code);
}

/* Whom the conditions let to look(). */
static void assert_task(const char *statements, enum task expected)
{
	char *text = g_strdup_printf("int f(int a)\n{\n%s\n}\n", statements);
	struct code code;

	code_open(&code, text);
	g_test_message("%s", statements);
	g_assert_cmpint(guard_task(code.body, look(&code)), ==, expected);
	g_free(text);
	code_close(&code);
}

static void test_task(void)
{
	assert_task("look();", TASK_ANY);
	assert_task("if (a) look();", TASK_ANY);
	assert_task("if (tsk_is_kthread(current)) look();", TASK_KTHREAD);
	assert_task("if (!tsk_is_kthread(current)) look();", TASK_USER);
	assert_task("if (tsk_is_kthread(current)) { g(); } else { look(); }",
		    TASK_USER);
	assert_task("if (tsk_is_kthread(current)) return; look();", TASK_USER);
	assert_task("if (tsk_is_kthread(current)) { g(); return; } look();",
		    TASK_USER);
	assert_task("if (tsk_is_kthread(current)) { scoped_x() return g(); } "
		    "look();", TASK_USER);
	assert_task("if (tsk_is_kthread(current)) { x() return g(); } look();",
		    TASK_ANY);
	assert_task("if (!tsk_is_kthread(current)) return; look();",
		    TASK_KTHREAD);
	assert_task("if (current->flags & PF_KTHREAD) look();", TASK_KTHREAD);
	assert_task("if (!(current->flags & PF_KTHREAD)) look();", TASK_USER);
	assert_task("if (a && !(current->flags & PF_KTHREAD)) look();",
		    TASK_USER);
	assert_task("if (a || (current->flags & PF_KTHREAD)) return; look();",
		    TASK_USER);
	assert_task("if (a && tsk_is_kthread(current)) return; look();",
		    TASK_ANY);
	assert_task("if (a || tsk_is_kthread(current)) look();", TASK_ANY);
	assert_task("if (tsk_is_kthread(a)) look();", TASK_ANY);
	assert_task("if (current->flags & PF_EXITING) look();", TASK_ANY);
	assert_task("if (a->flags & PF_KTHREAD) look();", TASK_ANY);
	assert_task("if (a) { if (tsk_is_kthread(current)) { look(); } }",
		    TASK_KTHREAD);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/guard/none", test_none);
	g_test_add_func("/guard/kinds", test_kinds);
	g_test_add_func("/guard/blocks", test_blocks);
	g_test_add_func("/guard/else", test_else);
	g_test_add_func("/guard/terms", test_terms);
	g_test_add_func("/guard/early-return", test_early_return);
	g_test_add_func("/guard/changed", test_changed);
	g_test_add_func("/guard/lets", test_lets);
	g_test_add_func("/guard/handed-on", test_handed_on);
	g_test_add_func("/guard/task", test_task);
	return g_test_run();
}
