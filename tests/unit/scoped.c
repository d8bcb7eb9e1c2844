// SPDX-License-Identifier: GPL-2.0-only
/* Scopes around marked calls. */
#include "scoped.h"

#include "audit.h"
#include "unit.h"

/* All marked calls of @text are sites of the verdict; NULL: none is one. */
static GPtrArray *uses_of(const struct source *source, const char *verdict)
{
	GPtrArray *uses = g_ptr_array_new_with_free_func(g_free);

	for (uint32_t i = 0; verdict && i < source->lexed.count; i++) {
		struct use *use;

		if (source->lexed.tokens[i].length < 7 ||
		    memcmp(source->lexed.text + source->lexed.tokens[i].offset,
			   "scoped_", 7))
			continue;
		use = g_new0(struct use, 1);
		use->verdict = verdict;
		use->token = i;
		g_ptr_array_add(uses, use);
	}
	return uses;
}

static char *expand(const char *body, const char *verdict)
{
	char *code = g_strdup_printf("int f(void)\n{\n%s}\n", body);
	GBytes *text = bytes_from_string(g_string_new(code));
	struct source *source = source_new(g_bytes_get_data(text, NULL),
					   strlen(code));
	GPtrArray *uses = uses_of(source, verdict);
	GBytes *result = scoped_expand(uses, source, "scope", text);
	gsize length;
	const char *data = g_bytes_get_data(result, &length);
	char *got = g_strndup(data + strlen("int f(void)\n{\n"),
			      length - strlen("int f(void)\n{\n}\n"));

	g_bytes_unref(result);
	g_ptr_array_unref(uses);
	source_free(source);
	g_bytes_unref(text);
	g_free(code);
	return got;
}

/* "\tM(S)look()" in a table: S is the form, as in scoped_S__look. */
static char *with_marks(const char *text)
{
	static const char *const forms[][2] = {
		{ "@S", "scoped_statement__" }, { "@R", "scoped_return__" },
		{ "@D", "scoped_declaration__" },
		{ "@C", "scoped_condition__" }, { "@V", "scoped_value__" },
	};
	GString *out = g_string_new(text);

	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		g_string_replace(out, forms[i][0], forms[i][1], 0);
	return g_string_free(out, FALSE);
}

static void assert_expands(const char *text, const char *verdict,
			   const char *expected)
{
	char *marked = with_marks(text);
	char *got = expand(marked, verdict);

	g_assert_cmpstr(got, ==, expected);
	g_free(got);
	g_free(marked);
}

#define assert_kthread(text, expected) \
	assert_expands(text, "kthread", expected)
#define assert_mixed(text, expected) assert_expands(text, "mixed", expected)

/* The mark goes, and nothing else happens. */
static void assert_left(const char *text)
{
	static const char *const marks[] = { "@S", "@R", "@D", "@C", "@V" };
	GString *plain = g_string_new(text);

	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
		g_string_replace(plain, marks[i], "", 0);
	assert_kthread(text, plain->str);
	assert_mixed(text, plain->str);
	g_string_free(plain, TRUE);
}

static void test_statement(void)
{
	assert_kthread("\t@Slook(a);\n",
		       "\tscope()\n\t\tlook(a);\n");
	assert_kthread("\tx = @Slook(a);\n",
		       "\tscope()\n\t\tx = look(a);\n");
	assert_kthread("\ta->b[i].c = @Slook(a,\n\t\t\tb);\n",
		       "\tscope()\n\t\ta->b[i].c = look(a,\n\t\t\t\tb);\n");
	assert_kthread("\t*p = @Slook(a);\n",
		       "\tscope()\n\t\t*p = look(a);\n");
	assert_kthread("\tg(x)->y = @Slook(a);\n",
		       "\tscope()\n\t\tg(x)->y = look(a);\n");
	assert_kthread("\tx = PTR_ERR(@Slook(a));\n",
		       "\tscope()\n\t\tx = PTR_ERR(look(a));\n");
	assert_kthread("l:\n\tx = @Slook(a);\n",
		       "l:\n\tscope()\n\t\tx = look(a);\n");
	assert_kthread("\tcase 1: x = @Slook(a);\n",
		       "\tcase 1:\n\t\tscope()\n\t\t\tx = look(a);\n");
	assert_kthread("\tx = @Slook(a); /* b */\n",
		       "\tscope()\n\t\tx = look(a); /* b */\n");
	assert_mixed("\tx = @Slook(a);\n",
		     "\tif (tsk_is_kthread(current)) {\n\t\tscope()\n"
		     "\t\t\tx = look(a);\n\t} else {\n\t\tx = look(a);\n\t}\n");
}

static void test_return(void)
{
	assert_kthread("\treturn @Rlook(a);\n",
		       "\tscope()\n\t\treturn look(a);\n");
	assert_kthread("\treturn PTR_ERR(@Rlook(a));\n",
		       "\tscope()\n\t\treturn PTR_ERR(look(a));\n");
	assert_mixed("\treturn @Rlook(a);\n",
		     "\tif (tsk_is_kthread(current)) {\n\t\tscope()\n"
		     "\t\t\treturn look(a);\n\t}\n\treturn look(a);\n");
	assert_left("\treturn g(a, @Rlook(a));\n");
}

static void test_braces(void)
{
	assert_kthread("\tif (a)\n\t\tx = @Slook(a);\n",
		       "\tif (a) {\n\t\tscope()\n\t\t\tx = look(a);\n\t}\n");
	assert_kthread("\tif (a)\n\t\tx = @Slook(a);\n\telse\n\t\tb();\n",
		       "\tif (a) {\n\t\tscope()\n\t\t\tx = look(a);\n"
		       "\t} else {\n\t\tb();\n\t}\n");
	assert_kthread("\tif (a)\n\t\tb();\n\telse\n\t\tx = @Slook(a);\n",
		       "\tif (a) {\n\t\tb();\n\t} else {\n\t\tscope()\n"
		       "\t\t\tx = look(a);\n\t}\n");
	assert_kthread("\tif (a)\n\t\tx = @Slook(a);\n\telse if (b)\n\t\tc();\n",
		       "\tif (a) {\n\t\tscope()\n\t\t\tx = look(a);\n"
		       "\t} else if (b)\n\t\tc();\n");
	assert_kthread("\tif (a) {\n\t\tb();\n\t} else\n\t\t@Slook(a);\n",
		       "\tif (a) {\n\t\tb();\n\t} else {\n\t\tscope()\n"
		       "\t\t\tlook(a);\n\t}\n");
	assert_kthread("\tfor (;;)\n\t\t@Slook(a);\n",
		       "\tfor (;;) {\n\t\tscope()\n\t\t\tlook(a);\n\t}\n");
	assert_kthread("\tif (a) /* b */\n\t\t@Slook(a);\n",
		       "\tif (a) { /* b */\n\t\tscope()\n\t\t\tlook(a);\n"
		       "\t}\n");
	assert_kthread("\tif (a) @Slook(a);\n",
		       "\tif (a) {\n\t\tscope()\n\t\t\tlook(a);\n\t}\n");
	assert_kthread("\tdo\n\t\t@Slook(a);\n\twhile (b);\n",
		       "\tdo {\n\t\tscope()\n\t\t\tlook(a);\n\t} while (b);\n");
}

static void test_declaration(void)
{
	assert_kthread("\tint x = @Dlook(a);\n\n\tb();\n",
		       "\tint x;\n\n\tscope()\n\t\tx = look(a);\n\tb();\n");
	assert_kthread("\tint x = @Dlook(a);\n\tb();\n",
		       "\tint x;\n\n\tscope()\n\t\tx = look(a);\n\tb();\n");
	assert_kthread("\tstruct file *x = @Dlook(a,\n\t\t\t\tb);\n"
		       "\tint y = 1;\n\n\t/* c */\n\tb();\n",
		       "\tstruct file *x;\n\tint y = 1;\n\n\tscope()\n"
		       "\t\tx = look(a, b);\n\n\t/* c */\n\tb();\n");
	assert_kthread("\tconst char *x = @Dlook(a);\n\tLIST_HEAD(l);\n",
		       "\tconst char *x;\n\tLIST_HEAD(l);\n\n\tscope()\n"
		       "\t\tx = look(a);\n");
	assert_mixed("\tint x = @Dlook(a); /* why */\n\n\tb();\n",
		     "\tint x; /* why */\n\n\tif (tsk_is_kthread(current)) {\n"
		     "\t\tscope()\n\t\t\tx = look(a);\n\t} else {\n"
		     "\t\tx = look(a);\n\t}\n\tb();\n");
	assert_left("\tconst int x = @Dlook(a);\n");
	assert_left("\tint *const x = @Dlook(a);\n");
	assert_left("\tstatic int x = @Dlook(a);\n");
	assert_left("\tint x __free(put) = @Dlook(a);\n");
	assert_left("\tint w, x = @Dlook(a);\n");
	assert_left("\tint x = @Dlook(a), y;\n");
	assert_left("\tint x = @Dlook(a);\n\tint y = x;\n");
	assert_left("\tint x = @Dlook(a);\n\tint y = b();\n");
	assert_left("\tint x = @Dlook(&p);\n\tint y = p.z;\n");
	assert_left("\tint x = @Dlook(a);\n#ifdef B\n\tint y;\n#endif\n");
	assert_left("\tint x = @Dlook(a) + 1;\n");
	assert_left("\tfor (int x = @Dlook(a); x; x--)\n\t\tb();\n");
}

static void test_condition(void)
{
	assert_kthread("\tif ((x = @Clook(a)))\n\t\tb();\n",
		       "\tscope()\n\t\tx = look(a);\n\tif (x)\n\t\tb();\n");
	assert_kthread("\tif ((x = @Clook(a)) < 0 || b)\n\t\tb();\n",
		       "\tscope()\n\t\tx = look(a);\n\tif (x < 0 || b)\n"
		       "\t\tb();\n");
	assert_kthread("\tif (!(x = @Clook(a)))\n\t\tb();\n",
		       "\tscope()\n\t\tx = look(a);\n\tif (!x)\n\t\tb();\n");
	assert_kthread("\tif (IS_ERR(p->x = @Clook(a,\n\t\t\t\tb)))\n\t\tb();\n",
		       "\tscope()\n\t\tp->x = look(a, b);\n"
		       "\tif (IS_ERR(p->x))\n\t\tb();\n");
	assert_left("\tif (b && (x = @Clook(a)))\n\t\tb();\n");
	assert_left("\tif (b)\n\t\tc();\n\telse if ((x = @Clook(a)))\n\t\tb();\n");
	assert_left("\tfor (;;)\n\t\tif ((x = @Clook(a)))\n\t\t\tb();\n");
	assert_left("\tif (x == @Clook(a))\n\t\tb();\n");
	assert_left("\tif ((x += @Clook(a)))\n\t\tb();\n");
	assert_left("\tif ((x[i++] = @Clook(a)))\n\t\tb();\n");
	assert_left("\tif ((x = @Clook(a) + 1))\n\t\tb();\n");
	assert_left("\tif (@Clook(a))\n\t\tb();\n");
	assert_left("\tif (g(@Clook(a)))\n\t\tb();\n");
}

static void test_value(void)
{
	assert_kthread("\tint y;\n\n\tif (@Vlook(a) == 0)\n\t\tb();\n",
		       "\tint y;\n\tint err;\n\n\tscope()\n"
		       "\t\terr = look(a);\n\tif (err == 0)\n\t\tb();\n");
	assert_kthread("\tint err;\n\n\terr = 0;\n\tif (!@Vlook(a) && err)\n"
		       "\t\tb();\n",
		       "\tint err;\n\tint error;\n\n\terr = 0;\n\tscope()\n"
		       "\t\terror = look(a);\n\tif (!error && err)\n\t\tb();\n");
	assert_kthread("\tint x;\n\n\tif ((x = @Vlook(a)))\n\t\tb();\n",
		       "\tint x;\n\n\tscope()\n\t\tx = look(a);\n\tif (x)\n"
		       "\t\tb();\n");
	assert_left("\tif (@Vlook(a))\n\t\tb();\n");
	assert_left("\tint y;\n\n\tif (y || @Vlook(a))\n\t\tb();\n");
	assert_left("\tint err, error, ret, rc;\n\n\tif (@Vlook(a))\n"
		    "\t\tb();\n");
}

static void test_several(void)
{
	assert_kthread("\tif (a)\n\t\t@Slook(a);\n\telse\n\t\t@Slook(b);\n"
		       "\treturn @Rlook(c);\n",
		       "\tif (a) {\n\t\tscope()\n\t\t\tlook(a);\n\t} else {\n"
		       "\t\tscope()\n\t\t\tlook(b);\n\t}\n\tscope()\n"
		       "\t\treturn look(c);\n");
}

/* What is no site, or in no function, keeps its name. */
static void test_no_site(void)
{
	assert_expands("\t@Slook(a);\n", NULL, "\tlook(a);\n");
	assert_left("#define A @Slook(a)\n");
	assert_left("#define A \\\n\tx = @Slook(a); \\\n\tb();\n");
	assert_left("\tif (a)\n#ifdef B\n\t\t@Slook(a);\n#endif\n\tc();\n");
	assert_left("\t@Slook(a\n#ifdef B\n\t, b\n#endif\n\t);\n");
	assert_kthread("#ifdef B\n\tx = @Slook(a);\n#endif\n",
		       "#ifdef B\n\tscope()\n\t\tx = look(a);\n#endif\n");
	assert_kthread("\tscoped_else__look(a);\n", "\tscoped_else__look(a);\n");
	assert_kthread("\tscoped_statement__(a);\n",
		       "\tscoped_statement__(a);\n");
}

static bool is_beside(const char *body)
{
	char *text = g_strdup_printf("int f(void)\n{\n%s}\n", body);
	struct source *source = source_new(text, strlen(text));
	GPtrArray *scope = g_ptr_array_new();
	uint32_t last = NO_TOKEN;
	bool beside;

	g_ptr_array_add(scope, (gpointer)(uintptr_t)"scope");
	for (uint32_t i = 0; i < source->lexed.count; i++)
		if (token_is(&source->lexed, i, "look"))
			last = i;
	g_assert_cmpuint(last, !=, NO_TOKEN);
	beside = scoped_is_beside(source, last, scope);
	g_ptr_array_unref(scope);
	source_free(source);
	g_free(text);
	return beside;
}

static void test_beside(void)
{
	static const char branch[] =
		"\tif (tsk_is_kthread(current)) {\n\t\tscope()\n"
		"\t\t\tx = look(a);\n\t}";
	char *text;

	text = g_strconcat(branch, " else {\n\t\tx = look(a);\n\t}\n", NULL);
	g_assert_true(is_beside(text));
	g_free(text);
	text = g_strconcat(branch, "\n\treturn look(a);\n", NULL);
	g_assert_true(is_beside(text));
	g_free(text);
	text = g_strconcat(branch, "\n\tb();\n\treturn look(a);\n", NULL);
	g_assert_false(is_beside(text));
	g_free(text);
	g_assert_false(is_beside(branch));
	g_assert_false(is_beside("\tif (b) {\n\t\tscope()\n\t\t\tlook(a);\n"
				 "\t} else {\n\t\tlook(a);\n\t}\n"));
	g_assert_false(is_beside("\tif (tsk_is_kthread(current)) {\n\t\tlook(a);\n"
				 "\t} else {\n\t\tlook(a);\n\t}\n"));
	g_assert_false(is_beside("\tlook(a);\n"));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scoped/statement", test_statement);
	g_test_add_func("/scoped/return", test_return);
	g_test_add_func("/scoped/braces", test_braces);
	g_test_add_func("/scoped/declaration", test_declaration);
	g_test_add_func("/scoped/condition", test_condition);
	g_test_add_func("/scoped/value", test_value);
	g_test_add_func("/scoped/several", test_several);
	g_test_add_func("/scoped/no-site", test_no_site);
	g_test_add_func("/scoped/beside", test_beside);
	return g_test_run();
}
