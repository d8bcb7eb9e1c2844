// SPDX-License-Identifier: GPL-2.0-only
/* The audit: every class of use, and the shape of the tree's own API. */
#include "audit.h"

#include "unit.h"

static const char *const classes[] = {
	[USE_CONVERTIBLE] = "convertible", [USE_DEFINITION] = "definition",
	[USE_NOT_LITERAL] = "not-literal", [USE_REFERENCE] = "reference",
	[USE_DEAD] = "dead", [USE_ALTERNATIVES] = "alternatives",
	[USE_DOCUMENTATION] = "documentation", [USE_NOT_C] = "not-c",
};

static char *uses_of(const char *text, enum file_kind kind,
		     enum api_shape shape)
{
	GPtrArray *steps = unit_steps();
	struct source *source = source_new(text, strlen(text));
	GPtrArray *uses = audit_uses(steps->pdata[0], source, kind, shape);
	GString *list = g_string_new(NULL);

	for (guint i = 0; i < uses->len; i++) {
		const struct use *use = uses->pdata[i];

		g_string_append_printf(list, "%u %s %s\n", use->line,
				       classes[use->class], use->message);
		if (use->token == NO_TOKEN)
			g_assert_cmpint(use->class, ==, USE_DOCUMENTATION);
		else
			g_assert_cmpuint(source->lexed.tokens[use->token].line,
					 ==, use->line);
	}
	g_ptr_array_unref(uses);
	source_free(source);
	g_ptr_array_unref(steps);
	return g_string_free(list, FALSE);
}

static void assert_uses(const char *text, enum file_kind kind,
			enum api_shape shape, const char *expected)
{
	char *uses = uses_of(text, kind, shape);

	g_assert_cmpstr(uses, ==, expected);
	g_free(uses);
}

/* A C file, in a tree that has the old API. */
static void assert_old(const char *text, const char *expected)
{
	assert_uses(text, FILE_SOURCE, API_OLD, expected);
}

/* The same, in a tree that has the new one. */
static void assert_new(const char *text, const char *expected)
{
	assert_uses(text, FILE_SOURCE, API_NEW, expected);
}

/* One statement in a function. */
static void assert_statement(const char *statement, enum api_shape shape,
			     const char *expected)
{
	char *text = g_strdup_printf("int f(int a, const char *s)\n{\n\t%s\n}\n",
				     statement);

	assert_uses(text, FILE_SOURCE, shape, expected);
	g_free(text);
}

static void test_nothing(void)
{
	assert_old("", "");
	assert_old("int f(void)\n{\n\tother(0, \"x\");\n}\n", "");
	assert_old("int recreate(0); int create_(0);\n", "");
	assert_old("char *s = \"create(0, x)\";\n", "");
}

static void test_convertible(void)
{
	static const char still[] =
		"3 convertible f(): create() still passes 0 for flags\n";

	assert_statement("create(0, \"x\");", API_OLD, still);
	assert_statement("create(0, \"x\");", API_ABSENT, still);
	assert_statement("create(0, \"x\");", API_NEW, still);
	assert_statement("create(0x0, s);", API_OLD,
		"3 convertible f(): create() still passes 0x0 for flags\n");
	assert_statement("create_on_cpu(a, 0, \"x\");", API_OLD,
		"3 convertible f(): create_on_cpu() still passes 0 for flags\n");
	assert_statement("create(0);", API_OLD, still);
}

static void test_convertible_places(void)
{
	assert_old("#define MAKE(x) create(0, x)\n",
		   "1 convertible macro MAKE: create() still passes 0 for flags\n");
	assert_old("int x = create(0, \"x\");\n",
		   "1 convertible create() still passes 0 for flags\n");
	assert_old("int f(void)\n{\n\tcreate(\n\t\t0, \"x\");\n\trun(0, g);\n}\n",
		   "3 convertible f(): create() still passes 0 for flags\n"
		   "5 convertible f(): run() still passes 0 for flags\n");
	assert_old("int f(void)\n{\n\tcreate(0,\n",
		   "3 convertible f(): create() has no closing parenthesis\n");
}

static void test_converted(void)
{
	assert_statement("create(\"x\");", API_OLD, "");
	assert_statement("create(\"x\", 0);", API_NEW, "");
	assert_statement("create(A \"x\" B, 0);", API_OLD, "");
	assert_statement("create(s);", API_NEW, "");
	assert_statement("create(s, 0);", API_NEW, "");
	assert_statement("create_on_cpu(0, \"x\");", API_NEW, "");
	assert_statement("create_on_cpu(0, \"x\", 0);", API_NEW, "");
	/* The 0 is the node. */
	assert_statement("create_on_node(0, \"x\");", API_NEW, "");
	assert_statement("create_on_cpu(0);", API_OLD, "");
	assert_statement("create();", API_OLD, "");
}

static void test_not_literal(void)
{
	assert_statement("create(a, \"x\");", API_OLD,
		"3 not-literal f(): create() is passed 'a' for flags, not a literal 0\n");
	assert_statement("create(A |\n\t\tB, \"x\");", API_OLD,
		"3 not-literal f(): create() is passed 'A | B' for flags, not a literal 0\n");
	assert_statement("create(1, \"x\");", API_ABSENT,
		"3 not-literal f(): create() is passed '1' for flags, not a literal 0\n");
	assert_statement("create(0UL, \"x\");", API_OLD,
		"3 not-literal f(): create() is passed '0UL' for flags, not a literal 0\n");
	assert_statement("create_on_cpu(0, g(a, 0), \"x\");", API_OLD,
		"3 not-literal f(): create_on_cpu() is passed 'g(a, 0)' for flags, not a literal 0\n");
	/* The call speaks for the removed name on its line. */
	assert_statement("create(KTW_OLD, \"x\");", API_OLD,
		"3 not-literal f(): create() is passed 'KTW_OLD' for flags, not a literal 0\n");
}

static void test_not_literal_in_new_tree(void)
{
	assert_statement("create(1, \"x\");", API_NEW,
		"3 not-literal f(): create() is passed '1' for flags, not a literal 0\n");
	assert_statement("create(A | B, \"x\");", API_NEW,
		"3 not-literal f(): create() is passed 'A | B' for flags, not a literal 0\n");
	assert_statement("create(KTW_OLD, \"x\");", API_NEW,
		"3 not-literal f(): create() is passed 'KTW_OLD' for flags, not a literal 0\n");
	assert_statement("create(a, \"x\");", API_NEW,
		"3 not-literal f(): create() is passed 'a' for flags, not a literal 0\n");
	assert_statement("create(s, \"x\");", API_NEW, "");
	assert_statement("create(a ? \"x\" : \"y\", a | 1);", API_NEW, "");
}

static void test_reference(void)
{
	static const char value[] =
		"3 reference f(): create is used as a value, its type changes\n";

	assert_statement("g(create);", API_OLD, value);
	assert_statement("p = &create;", API_OLD, value);
	assert_statement("p = create;", API_NEW, "");
	assert_statement("x = KTW_OLD;", API_OLD,
			 "3 reference f(): KTW_OLD is still there\n");
	assert_statement("x = KTW_OLD;", API_NEW,
			 "3 reference f(): KTW_OLD is still there\n");
	assert_old("enum {\n\tKTW_OLD = 1 << 0,\n};\n#ifdef KTW_OLD\n#endif\n",
		   "2 reference KTW_OLD is still there\n"
		   "4 reference KTW_OLD is still there\n");
	assert_old("EXPORT_SYMBOL_GPL(create);\n#undef create\n", "");
}

static void test_dead(void)
{
	assert_old("int f(void)\n{\n#if 0\n\tcreate(0, \"x\");\n"
		   "\tx = KTW_OLD;\n#endif\n}\n",
		   "4 dead f(): create() still passes 0 for flags, below #if 0\n"
		   "5 dead f(): KTW_OLD is still there, below #if 0\n");
	assert_old("#if 1\nint f(void)\n{\n\tcreate(0, \"x\");\n}\n#else\n"
		   "int g(void)\n{\n\tcreate(0, \"x\");\n}\n#endif\n",
		   "4 convertible f(): create() still passes 0 for flags\n"
		   "9 dead g(): create() still passes 0 for flags, below #if 0\n");
}

static void test_alternatives(void)
{
	static const char text[] =
		"int f(void)\n{\n\tcreate(\n#ifdef A\n\t\t0,\n#endif\n\t\t\"x\");\n}\n";
	static const char no_literal[] =
		"int f(void)\n{\n\tcreate(\n#ifdef A\n\t\t\"y\"\n#else\n"
		"\t\t\"x\"\n#endif\n\t\t);\n}\n";
	static const char expected[] =
		"3 alternatives f(): create() has #if alternatives in its arguments\n";

	assert_old(text, expected);
	assert_new(text, expected);
	assert_old(no_literal, expected);
	assert_new(no_literal, "");
}

static void test_definition(void)
{
	assert_old("struct w *create(unsigned int flags, const char *s, ...);\n",
		   "1 definition create() still has the parameter flags\n");
	assert_old("int create_on_cpu(int cpu, unsigned int flags, char *s)\n{\n"
		   "\treturn create(flags, s);\n}\n",
		   "1 definition create_on_cpu() still has the parameter flags\n"
		   "3 definition create_on_cpu(): create() is still passed flags\n");
	assert_old("#define run(flags, s, ...) create(flags, s)\n",
		   "1 definition run() still has the parameter flags\n"
		   "1 definition macro run: create() is still passed flags\n");
	/* With another name. */
	assert_old("int create(unsigned int f, const char *);\n",
		   "1 definition create() still has the parameter flags\n");
	assert_old("int create(const char *s, ...);\n"
		   "#define run(s, ...) create(s)\n", "");
}

static void test_members(void)
{
	assert_old("struct worker {\n\tunsigned int flags;\n\tint x;\n};\n",
		   "2 definition struct worker still has the member flags\n");
	assert_old("struct other {\n\tunsigned int flags;\n};\n"
		   "struct worker {\n\tstruct {\n\t\tint flags;\n\t} a;\n};\n"
		   "struct worker *g;\n", "");
	assert_old("int f(struct worker *w)\n{\n\treturn w->flags;\n}\n",
		   "3 reference f(): member flags of struct worker is still used\n");
	assert_old("int f(void)\n{\n\tstruct worker w;\n\tw.flags = 1;\n"
		   "\tx.flags = 1;\n}\n",
		   "4 reference f(): member flags of struct worker is still used\n");
	assert_old("int f(struct other *w)\n{\n\treturn w->flags;\n}\n", "");
	assert_old("int create(char *s)\n{\n\tstruct worker *w;\n"
		   "\tw->flags = 0;\n}\n",
		   "4 definition create(): member flags of struct worker is still used\n");
}

static void test_comments(void)
{
	assert_old("/*\n * See create(0, \"x\").\n */\n// or run( 0 , y)\n",
		   "2 documentation the text shows create() with 0 for flags\n"
		   "4 documentation the text shows run() with 0 for flags\n");
	assert_old("/* create(flags, x), recreate(0), create_it(0), create (0),\n"
		   " * create(1, x), create, create() and create(0 */\n", "");
	assert_old("/* create_on_cpu(cpu, 0, name) and create_on_cpu(0) */\n",
		   "1 documentation the text shows create_on_cpu() with 0 for flags\n");
}

static void test_kerneldoc(void)
{
	assert_new("/**\n * create - x\n * @flags: y\n */\nint create(char *s);\n",
		   "3 documentation kernel-doc still describes @flags\n");
	assert_old("/**\n * create - x\n * @flags: y\n */\n"
		   "int create(unsigned int flags);\n",
		   "5 definition create() still has the parameter flags\n");
}

static void test_documentation(void)
{
	static const char text[] =
		"Workers\n=======\n\nCall create(0, \"x\"), it's easy::\n\n"
		"  w = run(0, x);  /* KTW_OLD */\n";
	static const char expected[] =
		"4 documentation the text shows create() with 0 for flags\n"
		"6 documentation the text shows run() with 0 for flags\n";
	char *uses = uses_of(text, FILE_DOCUMENTATION, API_OLD);

	g_assert_cmpstr(uses, ==, expected);
	g_free(uses);
	assert_uses("create(0, x)", FILE_DOCUMENTATION, API_NEW,
		    "1 documentation the text shows create() with 0 for flags\n");
	assert_uses("create\nKTW_OLD\nworker flags\n", FILE_DOCUMENTATION,
		    API_OLD, "");
}

/* Once a bug: uses in documentation come in the order of the rules. */
static void test_documentation_order(void)
{
	assert_uses("run(0)\ncreate(0)\n", FILE_DOCUMENTATION, API_OLD,
		    "1 documentation the text shows run() with 0 for flags\n"
		    "2 documentation the text shows create() with 0 for flags\n");
}

static void test_not_c(void)
{
	assert_uses("\tcall create\n", FILE_OTHER_CODE, API_OLD,
		    "1 not-c create is used outside of C\n");
	assert_uses("\tcall create\n", FILE_OTHER_CODE, API_NEW, "");
	assert_uses("\tcall create\n", FILE_OTHER_CODE, API_ABSENT, "");
	assert_uses("fn f() { bindings::create(0, p) }\n", FILE_OTHER_CODE,
		    API_OLD, "1 not-c create is used outside of C\n");
}

static void test_order(void)
{
	assert_old("int f(void)\n{\n\tx = KTW_OLD;\n\tcreate(0, \"x\");\n"
		   "\t/* create(0) */\n\trun(a, s);\n}\n",
		   "3 reference f(): KTW_OLD is still there\n"
		   "4 convertible f(): create() still passes 0 for flags\n"
		   "5 documentation the text shows create() with 0 for flags\n"
		   "6 not-literal f(): run() is passed 'a' for flags, not a literal 0\n");
}

static void assert_shape(const char *text, enum api_shape expected)
{
	GPtrArray *steps = unit_steps();
	struct source *source = source_new(text, strlen(text));

	g_assert_cmpint(audit_shape(steps->pdata[0], source), ==, expected);
	source_free(source);
	g_ptr_array_unref(steps);
}

static void test_shapes(void)
{
	assert_shape("", API_ABSENT);
	assert_shape("int other(unsigned int flags);\n", API_ABSENT);
	assert_shape("int f(void)\n{\n\tcreate(0, \"x\");\n}\n", API_ABSENT);
	assert_shape("/* int create(unsigned int flags); */\n", API_ABSENT);
	assert_shape("int create(unsigned int flags, char *s);\n", API_OLD);
	assert_shape("#define create(flags, s) 0\n", API_OLD);
	assert_shape("int create(unsigned int f, char *s)\n{\n}\n", API_OLD);
	assert_shape("int create_on_cpu(int cpu, unsigned int flags);\n",
		     API_OLD);
	assert_shape("int create(const char *s, ...);\n", API_NEW);
	assert_shape("#define create(s, ...) 0\n", API_NEW);
	assert_shape("int create_on_cpu(int cpu, char *s);\n", API_NEW);
	/* One old definition is enough. */
	assert_shape("int create(const char *s);\n"
		     "int run(unsigned int flags);\n", API_OLD);
	assert_shape("int run(unsigned int flags);\n"
		     "int create(const char *s);\n", API_OLD);
}

/* Once a bug: an old API without names for its parameters looks new. */
static void test_nameless_shape(void)
{
	assert_shape("int create(unsigned int, const char *);\n", API_OLD);
}

static void test_join_shapes(void)
{
	for (int a = API_ABSENT; a <= API_NEW; a++)
		for (int b = API_ABSENT; b <= API_NEW; b++) {
			enum api_shape joined = audit_join_shapes(
				(enum api_shape)a, (enum api_shape)b);

			if (a == API_OLD || b == API_OLD)
				g_assert_cmpint(joined, ==, API_OLD);
			else
				g_assert_cmpint(joined, ==, MAX(a, b));
		}
}

static void assert_parameter(const char *list, bool expected)
{
	struct source *source = source_new(list, strlen(list));

	if (source_has_parameter(source, 0, "flags") != expected)
		g_test_fail_printf("%s: not %d", list, expected);
	source_free(source);
}

static void test_parameters(void)
{
	assert_parameter("(int flags)", true);
	assert_parameter("(const char *s, unsigned int flags)", true);
	assert_parameter("(flags, s, ...)", true);
	assert_parameter("(int flags[N])", true);
	assert_parameter("()", false);
	assert_parameter("(int a[flags])", false);
	assert_parameter("(struct flags *f)", false);
	assert_parameter("(int flagship)", false);
	assert_parameter("(int flags", false);
}

static void test_rule_names(void)
{
	GPtrArray *steps = unit_steps();
	const struct step *step = steps->pdata[0];
	struct source *source = source_new("create run created", 18);

	const GPtrArray *rule_0 = ((struct rule *)step->rules->pdata[0])->names;
	const GPtrArray *rule_1 = ((struct rule *)step->rules->pdata[1])->names;

	g_assert_true(source_is_one_of(source, rule_0, 0));
	g_assert_true(source_is_one_of(source, rule_0, 1));
	g_assert_false(source_is_one_of(source, rule_0, 2));
	g_assert_false(source_is_one_of(source, rule_0, 3));
	g_assert_false(source_is_one_of(source, rule_1, 0));
	source_free(source);
	g_ptr_array_unref(steps);
}

static void add_class_tests(void)
{
	g_test_add_func("/audit/convertible", test_convertible);
	g_test_add_func("/audit/convertible-places", test_convertible_places);
	g_test_add_func("/audit/converted", test_converted);
	g_test_add_func("/audit/not-literal", test_not_literal);
	g_test_add_func("/audit/not-literal-in-new-tree",
			test_not_literal_in_new_tree);
	g_test_add_func("/audit/reference", test_reference);
	g_test_add_func("/audit/dead", test_dead);
	g_test_add_func("/audit/alternatives", test_alternatives);
	g_test_add_func("/audit/definition", test_definition);
	g_test_add_func("/audit/members", test_members);
	g_test_add_func("/audit/comments", test_comments);
	g_test_add_func("/audit/kerneldoc", test_kerneldoc);
	g_test_add_func("/audit/documentation", test_documentation);
	g_test_add_func("/audit/documentation-order", test_documentation_order);
	g_test_add_func("/audit/not-c", test_not_c);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/audit/nothing", test_nothing);
	add_class_tests();
	g_test_add_func("/audit/order", test_order);
	g_test_add_func("/audit/shapes", test_shapes);
	g_test_add_func("/audit/nameless-shape", test_nameless_shape);
	g_test_add_func("/audit/join-shapes", test_join_shapes);
	g_test_add_func("/audit/parameters", test_parameters);
	g_test_add_func("/audit/rule-names", test_rule_names);
	return g_test_run();
}
