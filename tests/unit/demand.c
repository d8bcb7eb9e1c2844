// SPDX-License-Identifier: GPL-2.0-only
/* What a step adds: inside, outside, beside, and the arguments of calls. */
#include "audit.h"
#include "auditor.h"

#include "unit.h"

static const char *const shapes[] = {
	[API_ABSENT] = "absent", [API_OLD] = "old", [API_NEW] = "new",
};

static GPtrArray *read_steps(const char *rules)
{
	char *folder = unit_folder();
	char *text = g_strdup_printf("/// demands\n%s", rules);
	GPtrArray *steps;
	char *error = NULL;

	unit_put(folder, "01-demands.cocci", text);
	steps = steps_read(folder, &error);
	if (!steps)
		g_error("%s", error);
	unit_remove(folder);
	g_free(text);
	return steps;
}

/* "SHAPE", and a line for each rule that does not hold. */
static void assert_demand(const char *rules, const char *text,
			  const char *expected)
{
	GPtrArray *steps = read_steps(rules);
	struct source *source = source_new(text, strlen(text));
	struct audit audit = {
		.step = steps->pdata[0], .source = source,
		.kind = FILE_SOURCE, .uses = g_ptr_array_new(),
	};
	GString *list = g_string_new(shapes[demand_shape(audit.step, source)]);

	demand_audit(&audit);
	for (guint i = 0; i < audit.uses->len; i++) {
		struct use *use = audit.uses->pdata[i];

		g_assert_cmpint(use->class, ==, USE_DEFINITION);
		g_assert_cmpuint(use->token, <, source->lexed.count);
		g_string_append_printf(list, "\n%u %s", use->line,
				       use->message);
		g_free(use->message);
		g_free(use);
	}
	g_assert_cmpstr(list->str, ==, expected);
	g_string_free(list, TRUE);
	g_ptr_array_unref(audit.uses);
	source_free(source);
	g_ptr_array_unref(steps);
}

#define INSIDE "//% inside: new|newer f\n"

static void test_nothing(void)
{
	assert_demand(INSIDE, "", "absent");
	assert_demand(INSIDE, "f", "absent");
	assert_demand(INSIDE, "new", "absent");
	assert_demand(INSIDE, "int f(int a);\n", "absent");
	assert_demand(INSIDE, "int g(void) { f(new); }\n", "absent");
	assert_demand(INSIDE, "struct f;\nstruct f *g;\nint f;\n", "absent");
	assert_demand(INSIDE, "/* int f(void) { } */\n", "absent");
	assert_demand("//% removed-name: f\n", "int f(void) { }\n", "absent");
}

static void test_inside_function(void)
{
	assert_demand(INSIDE, "int f(void)\n{\n\treturn new;\n}", "new");
	assert_demand(INSIDE, "int f(void)\n{\n\treturn newer;\n}\n", "new");
	assert_demand(INSIDE, "int f(void)\n{\n}\n",
		      "old\n1 f does not name new|newer");
	/* The parameters count; what stands in front of the name does not. */
	assert_demand(INSIDE, "int f(int new)\n{\n}\n", "new");
	assert_demand(INSIDE, "new f(void)\n{\n}\n",
		      "old\n1 f does not name new|newer");
	assert_demand(INSIDE, "\nint f(void)\n{\n\t/* new */\n\tg(\"new\");\n}\n"
		      "int new;\n", "old\n2 f does not name new|newer");
	assert_demand(INSIDE, "static int __init\nf(void)\n{\n\tnews();\n}\n",
		      "old\n2 f does not name new|newer");
}

static void test_inside_type(void)
{
	assert_demand(INSIDE, "struct f {\n\tint new;\n};\n", "new");
	assert_demand(INSIDE, "union f {\n\tint old;\n};\n",
		      "old\n1 f does not name new|newer");
	assert_demand(INSIDE, "enum f { new };", "new");
	assert_demand(INSIDE, "struct g { struct f { int a; } b; int new; };\n",
		      "old\n1 f does not name new|newer");
	assert_demand(INSIDE, "struct f {", "absent");
	assert_demand(INSIDE, "struct f", "absent");
	assert_demand(INSIDE, "f {}\nint f { new }\n", "absent");
}

static void test_inside_macro(void)
{
	assert_demand(INSIDE, "#define f new\n", "new");
	assert_demand(INSIDE, "#define f(new) a\n", "new");
	assert_demand(INSIDE, "#define f(a) \\\n\tnew(a)\nint x;\n", "new");
	assert_demand(INSIDE, "#define f\nint new;\n",
		      "old\n1 f does not name new|newer");
	assert_demand(INSIDE, "#define g f(new)\n#undef f\n", "absent");
}

/* All definitions of a file must hold it; the first that does not is told. */
static void test_inside_several(void)
{
	assert_demand(INSIDE, "#ifdef X\nint f(void) { new; }\n#else\n"
		      "int f(void) { }\n#endif\n",
		      "old\n4 f does not name new|newer");
	assert_demand(INSIDE, "#define f(a) new\nstruct f { int b; };\n",
		      "old\n2 f does not name new|newer");
	assert_demand("//% inside: new f\n//% inside: two g\n",
		      "int f(void) { new; }\nint g(void) { }\n",
		      "old\n2 g does not name two");
	assert_demand("//% inside: new f g\n",
		      "int f(void) { }\nint g(void) { }\n",
		      "old\n1 f does not name new");
}

static void test_inside_word(void)
{
	static const char rule[] = "//% inside: new f(word)\n";

	assert_demand(rule, "int f(void) { }\n", "absent");
	assert_demand(rule, "int f(struct word *a) { }\n",
		      "old\n1 f does not name new");
	assert_demand(rule, "int f(struct word *a) { new; }\n", "new");
	assert_demand(rule, "int f(int a) { word; }\n", "absent");
	assert_demand(rule, "#define f(word) a\nstruct f { int word; };\n",
		      "absent");
	assert_demand(rule, "int f(int a) { }\n\nint f(int word) { }\n",
		      "old\n3 f does not name new");
}

static void test_inside_odd(void)
{
	/* A body without an end goes on to the end of the file. */
	assert_demand(INSIDE, "int f(void)\n{\n\tif (a) {\n\tnew;\n", "new");
	assert_demand(INSIDE, "int f(void\n{\n\tnew;\n}\n", "absent");
	assert_demand(INSIDE, "int f(a)\n\tint a;\n{\n\tnew;\n}\n", "absent");
	assert_demand(INSIDE, "}}}\nint f(void)\n{\n\tnew;\n}\n", "new");
	assert_demand(INSIDE, "int f(void)\n{\n#ifdef X\n\tif (a) {\n#else\n"
		      "\tif (b) {\n#endif\n\t\tnew;\n\t}\n}\n", "new");
}

static void test_outside(void)
{
	static const char rule[] = "//% outside: old f s\n";

	assert_demand(rule, "", "absent");
	assert_demand(rule, "int f(void) { }\nint g(void) { old; }\n", "new");
	assert_demand(rule, "int f(void) {\n\told; }\n",
		      "old\n1 f still names old");
	assert_demand(rule, "int f(void) { olds; }\n\nstruct s { int old; };\n",
		      "old\n3 s still names old");
	assert_demand(rule, "int f(void) { } int old;\n", "new");
}

#define BESIDE "//% beside: new|newer f v\n"

static void test_beside(void)
{
	assert_demand(BESIDE, "", "absent");
	assert_demand(BESIDE, "int f(int a);\n",
		      "old\n1 f is here, but not new|newer");
	assert_demand(BESIDE, "int f(int a);\nint new(int a);\n", "new");
	assert_demand(BESIDE, "int newer;\n\nint f(int a) { }\n", "new");
	assert_demand(BESIDE, "\nint *f(int a)\n{\n}\n",
		      "old\n2 f is here, but not new|newer");
	assert_demand(BESIDE, "#define f(x) y\n",
		      "old\n1 f is here, but not new|newer");
	assert_demand(BESIDE, "#define f new\n", "new");
	assert_demand(BESIDE, "struct f { int a; };\n",
		      "old\n1 f is here, but not new|newer");
	assert_demand(BESIDE, "int f(int a);\n/* new */\nchar *n = \"new\";\n",
		      "old\n1 f is here, but not new|newer");
	/* One anchor is enough. */
	assert_demand(BESIDE, "int v;\nint f(int a);\n",
		      "old\n1 v is here, but not new|newer");
}

static void test_beside_variable(void)
{
	static const char old[] = "old\n1 v is here, but not new|newer";

	assert_demand(BESIDE, "int v;", old);
	assert_demand(BESIDE, "static struct a v = { 1 };\n", old);
	assert_demand(BESIDE, "extern struct a *v;\n", old);
	assert_demand(BESIDE, "int v[4];\n", old);
	assert_demand(BESIDE, "struct a { int b; } v;\n", "absent");
}

static void test_beside_no_anchor(void)
{
	static const char *const texts[] = {
		"int g(void)\n{\n\tf(1);\n\tv = 2;\n\tint v;\n}\n",
		"EXPORT_SYMBOL(f);\nEXPORT_SYMBOL_GPL(v);\n",
		"int (*p)(int) = f;\nint *q = &v;\nstruct a b = { f, v };\n",
		"#ifdef v\n#undef f\n#endif\n#define g f(v)\n",
		"struct v;\nunion v;\nenum v;\nstruct v *a;\n",
		"v", "f", "f(", "v;", "int f", "= v;\n", "int v", "*v",
		"// int v;\n",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_test_message("%s", texts[i]);
		assert_demand(BESIDE, texts[i], "absent");
	}
}

/* Once a bug: members and parameters were taken for variables. */
static void test_beside_member(void)
{
	assert_demand(BESIDE, "struct a {\n\tint v;\n\tint *f;\n};\n",
		      "absent");
	assert_demand(BESIDE, "int g(char *v[], int f[4]);\n", "absent");
	assert_demand(BESIDE, "struct a {\n\tint v;\n};\n\nint v;\n",
		      "old\n5 v is here, but not new|newer");
	/* extern "C" { is no bracket, nor is one that nothing closes. */
	assert_demand(BESIDE, "extern \"C\" {\nint v;\n}\n",
		      "old\n2 v is here, but not new|newer");
	assert_demand(BESIDE, "int g(int a;\nint v;\n",
		      "old\n2 v is here, but not new|newer");
}

#define MACRO								\
	"//% macro-text: text make\n//> text\n//| #define make(a) f(a)\n"

static void test_macro_text(void)
{
	assert_demand(MACRO, "", "absent");
	assert_demand(MACRO, "int make(int a, int b);\n", "absent");
	assert_demand(MACRO, "#define make(x) x\n", "new");
	assert_demand(MACRO, "\n#define make(a, b) f(a)\n",
		      "old\n2 make still has its old parameters (text)");
	assert_demand(MACRO, "#define make\n",
		      "old\n1 make still has its old parameters (text)");
}

/* Once a bug: the second definition was never seen. */
static void test_macro_text_branches(void)
{
	assert_demand(MACRO, "#ifdef X\n#define make(a) f(a)\n#else\n"
		      "#define make(a, b) f(a)\n#endif\n",
		      "old\n4 make still has its old parameters (text)");
}

/* The uses of the whole audit. */
static void assert_uses(const char *rules, const char *text,
			enum api_shape shape, const char *expected)
{
	GPtrArray *steps = read_steps(rules);
	struct source *source = source_new(text, strlen(text));
	GPtrArray *uses = audit_uses(steps->pdata[0], source, FILE_SOURCE,
				     shape);
	GString *list = g_string_new(NULL);

	for (guint i = 0; i < uses->len; i++) {
		const struct use *use = uses->pdata[i];

		g_string_append_printf(list, "%u %d %s\n", use->line,
				       use->class, use->message);
	}
	g_assert_cmpstr(list->str, ==, expected);
	g_string_free(list, TRUE);
	g_ptr_array_unref(uses);
	source_free(source);
	g_ptr_array_unref(steps);
}

#define ADDED "//% added-argument: flags 3 f\n"

static void test_added_argument(void)
{
	assert_uses(ADDED, "int g(void)\n{\n\tf(1, 2);\n}\n", API_OLD,
		    "3 0 g(): f() has no argument flags yet\n");
	assert_uses(ADDED, "int g(void)\n{\n\tf();\n}\n", API_NEW,
		    "3 0 g(): f() has no argument flags yet\n");
	assert_uses(ADDED, "int g(void)\n{\n\tf(1, h(2, 3), (4, 5));\n"
		    "\tf(1, 2, 3, 4);\n}\n", API_OLD, "");
	assert_uses(ADDED, "int f(int a, int b);\nint f(int a, int b, int c);\n",
		    API_OLD, "1 1 f() has no argument flags yet\n");
	assert_uses(ADDED, "#define M f(1, 2)\n", API_OLD,
		    "1 0 macro M: f() has no argument flags yet\n");
	assert_uses(ADDED, "#if 0\nint g(void)\n{\n\tf(1);\n}\n#endif\n",
		    API_OLD,
		    "4 4 g(): f() has no argument flags yet, below #if 0\n");
	assert_uses(ADDED, "EXPORT_SYMBOL(f);\n#ifdef f\n#endif\n", API_OLD,
		    "");
	assert_uses(ADDED, "int g(void)\n{\n\tf(\"a,b,c\");\n}\n", API_OLD,
		    "3 0 g(): f() has no argument flags yet\n");
}

static void test_added_argument_value(void)
{
	static const char text[] = "int g(void)\n{\n\treturn h(f);\n}\n";

	assert_uses(ADDED, text, API_OLD,
		    "3 3 g(): f is used as a value, its type changes\n");
	assert_uses(ADDED, text, API_NEW, "");
	assert_uses(ADDED, "f", API_OLD,
		    "1 3 f is used as a value, its type changes\n");
	/* A list that nothing closes holds nothing. */
	assert_uses(ADDED, "int g(void)\n{\n\tf(1, 2, 3\n", API_OLD,
		    "3 0 g(): f() has no argument flags yet\n");
}

static void assert_shape(const char *text, enum api_shape expected)
{
	GPtrArray *steps = read_steps(ADDED);
	const struct step *step = steps->pdata[0];
	struct source *source = source_new(text, strlen(text));
	enum api_shape shape = API_ABSENT;

	for (uint32_t i = 0; i < source->lexed.count; i++)
		if (token_is(&source->lexed, i, "f"))
			shape = audit_join_shapes(shape,
				added_argument_shape(step->rules->pdata[0],
						     source, i));
	g_assert_cmpint(shape, ==, expected);
	source_free(source);
	g_ptr_array_unref(steps);
}

static void test_added_argument_shape(void)
{
	assert_shape("", API_ABSENT);
	assert_shape("f", API_ABSENT);
	assert_shape("int g(void) { f(1); }\n", API_ABSENT);
	assert_shape("int f(int a, int b);\n", API_OLD);
	assert_shape("int f(int a, int b, int c)\n{\n}\n", API_NEW);
	assert_shape("int f(int a, int b, int c);\nint f(int a);\n", API_OLD);
	assert_shape("int f(int a, int (*b)(int, int));\n", API_OLD);
	assert_shape("int *f(void);\n", API_OLD);
}

#define STRUCT "//% struct-argument: ARGS|MORE f\n"

static void test_struct_argument(void)
{
	static const char left[] = "1 0 g(): f() is not called with ARGS()\n";

	assert_uses(STRUCT, "int g(void) { f(a, b, \"n\"); }\n", API_OLD,
		    left);
	assert_uses(STRUCT, "int g(void) { f(a, b, \"%d\", c); }\n", API_NEW,
		    left);
	assert_uses(STRUCT, "int g(void) { f(a, b, c); }\n", API_OLD, left);
	assert_uses(STRUCT, "int g(void) { f(\"n\"); }\n", API_OLD, left);
	/* Converted, or a struct's pointer. */
	assert_uses(STRUCT, "int g(void) { f(ARGS(a, b), \"n\"); }\n", API_OLD,
		    "");
	assert_uses(STRUCT, "int g(void) { f(MORE(a), n, c, d); }\n", API_OLD,
		    "");
	assert_uses(STRUCT, "int g(void) { f(&args, \"n\", c, d); }\n", API_OLD,
		    "");
	assert_uses(STRUCT, "int g(void) { f(args, name); f(args); }\n",
		    API_OLD, "");
}

static void test_struct_argument_others(void)
{
	assert_uses(STRUCT, "int f(int a, int b, const char *n);\n", API_OLD,
		    "");
	assert_uses(STRUCT, "int g(void) { f(); f(a, \n", API_OLD, "");
	assert_uses(STRUCT, "int (*p)(void) = f;\n", API_OLD,
		    "1 3 f is used as a value\n");
	assert_uses(STRUCT, "EXPORT_SYMBOL(f);\n#define x f\n", API_OLD, "");
	assert_uses(STRUCT, "#define x(a, b) f(a, b, \"n\")\n", API_OLD,
		    "1 0 macro x: f() is not called with ARGS()\n");
	assert_uses(STRUCT, "#if 0\nint g(void) { f(a, b, c); }\n#endif\n",
		    API_OLD,
		    "2 4 g(): f() is not called with ARGS(), below #if 0\n");
}

static void test_type_holds(void)
{
	static const char text[] =
		"struct a;\nint m(void);\n"
		"struct b { int n; };\n"
		"#if X\nstruct a { int n; };\n"
		"#else\nstruct a { int (*m)(void); };\n#endif\n"
		"union c { struct { long m; } x; };\n"
		"struct a *f(void) { return m; }\n";
	struct source *source = source_new(text, strlen(text));

	g_assert_true(audit_type_holds(source, "a", "m"));
	g_assert_true(audit_type_holds(source, "a", "n"));
	g_assert_true(audit_type_holds(source, "c", "m"));
	g_assert_false(audit_type_holds(source, "b", "m"));
	g_assert_false(audit_type_holds(source, "f", "m"));
	g_assert_false(audit_type_holds(source, "d", "m"));
	source_free(source);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/demand/nothing", test_nothing);
	g_test_add_func("/demand/inside-function", test_inside_function);
	g_test_add_func("/demand/inside-type", test_inside_type);
	g_test_add_func("/demand/inside-macro", test_inside_macro);
	g_test_add_func("/demand/inside-several", test_inside_several);
	g_test_add_func("/demand/inside-word", test_inside_word);
	g_test_add_func("/demand/inside-odd", test_inside_odd);
	g_test_add_func("/demand/outside", test_outside);
	g_test_add_func("/demand/beside", test_beside);
	g_test_add_func("/demand/beside-variable", test_beside_variable);
	g_test_add_func("/demand/beside-no-anchor", test_beside_no_anchor);
	g_test_add_func("/demand/beside-member", test_beside_member);
	g_test_add_func("/demand/macro-text", test_macro_text);
	g_test_add_func("/demand/macro-text-branches",
			test_macro_text_branches);
	g_test_add_func("/demand/added-argument", test_added_argument);
	g_test_add_func("/demand/added-argument-value",
			test_added_argument_value);
	g_test_add_func("/demand/added-argument-shape",
			test_added_argument_shape);
	g_test_add_func("/demand/struct-argument", test_struct_argument);
	g_test_add_func("/demand/struct-argument-others",
			test_struct_argument_others);
	g_test_add_func("/demand/type-holds", test_type_holds);
	return g_test_run();
}
