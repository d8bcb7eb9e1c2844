// SPDX-License-Identifier: GPL-2.0-only
/* Brackets, functions, macros and uses of names in one file. */
#include "source.h"

#include "unit.h"

static struct source *read_source(const char *text)
{
	return source_new(text, strlen(text));
}

/* The token that is spelt @name, the @nth such one from 0. */
static uint32_t find_token(const struct source *source, const char *name,
			   unsigned int nth)
{
	for (uint32_t i = 0; i < source->lexed.count; i++)
		if (token_is(&source->lexed, i, name) && !nth--)
			return i;
	g_error("no such token: %s", name);
}

/* Per bracket the number of its partner, counted from 0: "(a[b])" is 3210. */
static void assert_brackets(const char *text, const char *expected,
			    unsigned int unmatched)
{
	struct source *source = read_source(text);
	unsigned int *number = g_new0(unsigned int, source->lexed.count + 1);
	GString *list = g_string_new(NULL);
	unsigned int count = 0;

	for (uint32_t i = 0; i < source->lexed.count; i++)
		if (strchr("()[]{}", text[source->lexed.tokens[i].offset]))
			number[i] = count++;
	for (uint32_t i = 0; i < source->lexed.count; i++) {
		if (!strchr("()[]{}", text[source->lexed.tokens[i].offset]))
			g_assert_cmpuint(source->match[i], ==, NO_TOKEN);
		else if (source->match[i] == NO_TOKEN)
			g_string_append_c(list, '-');
		else
			g_string_append_printf(list, "%u",
					       number[source->match[i]]);
	}
	g_assert_cmpstr(list->str, ==, expected);
	g_assert_cmpuint(source->unmatched, ==, unmatched);
	g_string_free(list, TRUE);
	g_free(number);
	source_free(source);
}

static void test_brackets(void)
{
	assert_brackets("", "", 0);
	assert_brackets("(a[b]{c})", "521430", 0);
	assert_brackets("f(a)(b)", "1032", 0);
	assert_brackets("( \"(\" ')' /* ( */ )", "10", 0);
}

static void test_unbalanced(void)
{
	assert_brackets("(", "-", 1);
	assert_brackets("a)", "-", 1);
	assert_brackets("(a]b)", "2-0", 1);
	/* A } closes over others, ) and ] do not. */
	assert_brackets("{(a}", "2-0", 1);
	assert_brackets("({a)", "---", 3);
	/* A } at the margin closes the outermost { and ends all that was open. */
	assert_brackets("{{(\n}\n(a)", "3--054", 2);
	assert_brackets("{{(\n }\n (a)\n }", "63-1540", 1);
}

static void test_alternatives(void)
{
	assert_brackets("{\n#if A\n(a\n#else\n(b\n#endif\n)\n }", "4-320", 1);
	assert_brackets("#ifdef A\nf(a) {\n#else\nf(b) {\n#endif\n}\n",
			"10-4365", 1);
	assert_brackets("#if A\n(\n#elif B\n(\n#elif C\n(\n#endif\n)",
			"--32", 2);
	/* Each branch may close what the #if found open; the last one counts. */
	assert_brackets("(\n#if A\na)\n#else\nb)\n#endif\n", "200", 0);
	/* A branch that is closed leaves nothing behind. */
	assert_brackets("(\n#ifndef A\n(a)\n#endif\n)", "3210", 0);
}

static void test_directive_brackets(void)
{
	assert_brackets("{\n#define A (\n }", "2-0", 1);
	assert_brackets("(\n#define A )\n)", "2-0", 1);
	assert_brackets("#define A(x) ((x) \\\n + [1])", "10743652", 0);
}

static void assert_functions(const char *text, const char *expected)
{
	struct source *source = read_source(text);
	GString *list = g_string_new(NULL);

	for (guint i = 0; i < source->functions->len; i++) {
		const struct function *function = &g_array_index(
			source->functions, struct function, i);
		char *name = token_text(&source->lexed, function->name);

		g_string_append_printf(list, "%s%s", i ? " " : "", name);
		g_assert_true(token_is(&source->lexed, function->open, "("));
		g_assert_true(token_is(&source->lexed, function->body.first,
				       "{"));
		g_free(name);
	}
	g_assert_cmpstr(list->str, ==, expected);
	g_string_free(list, TRUE);
	source_free(source);
}

static void test_functions(void)
{
	assert_functions("int f(void)\n{\n}\n", "f");
	assert_functions("int f(void)\n{\n}\n\nint g(int a)\n{\n}\n", "f g");
	assert_functions("int f(void) { return 0; }\n", "f");
	assert_functions("static inline struct x *f(struct y *y)\n{\n}\n", "f");
	assert_functions("struct x *\nf(int a,\n  int b)\n{\n}\n", "f");
	assert_functions("f(void)\n{\n}\n", "f");
	assert_functions("int f(void (*cb)(int), int a[(2)])\n{\n}\n", "f");
	assert_functions("int f(void);\nint g(void)\n{\n\tf();\n}\n", "g");
}

/*
 * Once a bug: a function whose } is not at the margin does not end, the
 * next one gets its name.
 */
static void test_one_line_functions(void)
{
	assert_functions("static inline int f(void) { return 0; }\n"
			 "int g(int a)\n{\n}\n", "f g");
	assert_functions("int f(void) { } int g(void) { }\n", "f g");
}

/* Once a bug: the first function in extern "C" is not found. */
static void test_extern_c(void)
{
	assert_functions("extern \"C\" {\nint f(void)\n{\n}\n}\n", "f");
	assert_functions("#ifdef X\nextern \"C\" {\n#endif\n"
			 "int f(void)\n{\n}\nint g(void)\n{\n}\n", "f g");
}

static void test_attributes(void)
{
	assert_functions("static __printf(3, 0) struct x *\n"
			 "f(int a, const char *b, va_list c)\n{\n}\n", "f");
	assert_functions("__attribute__((cold)) void f(void)\n{\n}\n", "f");
	assert_functions("__printf(1, 2) __cold\nvoid f(char *a, ...)\n{\n}\n",
			 "f");
	assert_functions("void f(void) __attribute__((cold))\n{\n}\n", "f");
	assert_functions("void f(void) __acquires(lock) __cold\n{\n}\n", "f");
	assert_functions("void __init f(void)\n{\n}\n", "f");
	assert_functions("void f(void)\n#ifdef A\n\t__cold\n#endif\n{\n}\n",
			 "f");
}

static void test_macro_functions(void)
{
	assert_functions("SYSCALL_DEFINE2(foo, int, a, int, b)\n{\n}\n",
			 "SYSCALL_DEFINE2");
	assert_functions("DEFINE_THING(x)\nint f(void)\n{\n}\n", "f");
	assert_functions("MODULE_A(\"x\");\nint f(void)\n{\n}\n", "f");
	assert_functions("#define F(a) do { a(); } while (0)\n"
			 "int f(void)\n{\n}\n", "f");
}

static void test_no_functions(void)
{
	assert_functions("int f(void);\n", "");
	assert_functions("struct x a = {\n\t.b = c(1),\n};\n", "");
	assert_functions("int a[] = { f(1), g(2) };\n", "");
	assert_functions("int a[N(1)] = {\n\t1,\n};\nint f(void)\n{\n}\n", "f");
	assert_functions("struct x {\n\tint (*f)(int);\n};\n", "");
	assert_functions("struct __aligned(8) x {\n\tint a;\n};\n", "");
	assert_functions("struct __attribute__((packed)) {\n\tint a;\n} x;\n",
			 "");
	assert_functions("enum e { A, B = f(1) };\n", "");
}

static void test_function_bodies(void)
{
	struct source *source = read_source(
		"int a;\nint f(int b)\n{\n\tif (c) {\n\t\td;\n\t}\n}\nint e;\n");
	const struct function *f;

	g_assert_null(source_function_at(source, find_token(source, "a", 0)));
	g_assert_null(source_function_at(source, find_token(source, "b", 0)));
	f = source_function_at(source, find_token(source, "{", 0));
	g_assert_nonnull(f);
	g_assert_true(f && token_is(&source->lexed, f->name, "f"));
	g_assert_true(f == source_function_at(source,
					      find_token(source, "d", 0)));
	g_assert_true(f == source_function_at(source,
					      find_token(source, "}", 1)));
	g_assert_null(source_function_at(source, find_token(source, "e", 0)));
	g_assert_null(source_function_at(source, NO_TOKEN));
	source_free(source);
}

/*
 * Once a bug: where both branches of an #if open the body, the { of the
 * first has no partner and its function swallows the rest of the file.
 */
static void test_alternative_heads(void)
{
	assert_functions("#ifdef A\nint f(int a)\n{\n#else\nint f(void)\n{\n"
			 "#endif\n\tb();\n}\nint g(void)\n{\n}\n", "f f g");
}

/*
 * Once a bug: the } at the margin is taken by the inner {, so that the
 * function swallows the rest of the file.
 */
static void test_unbalanced_function(void)
{
	assert_functions("int f(void)\n{\n\tif (a) {\n\t\tb();\n}\n"
			 "int g(void)\n{\n}\n", "f g");
	assert_functions("int f(void)\n{\n\tb(;\n}\nint g(void)\n{\n}\n",
			 "f g");
	assert_functions("int f(void)\n{\n\tb(;\n", "f");
}

static void assert_macros(const char *text, const char *expected)
{
	struct source *source = read_source(text);
	GString *list = g_string_new(NULL);

	for (guint i = 0; i < source->macros->len; i++) {
		const struct macro *macro = &g_array_index(source->macros,
							   struct macro, i);
		char *name = token_text(&source->lexed, macro->name);
		char *body = source_text(source, macro->body);

		g_string_append_printf(list, "%s%s=%s;", name,
				       macro->open == NO_TOKEN ? "" : "()",
				       body);
		g_free(body);
		g_free(name);
	}
	g_assert_cmpstr(list->str, ==, expected);
	g_string_free(list, TRUE);
	source_free(source);
}

static void test_macros(void)
{
	assert_macros("#define A\n#define B 1\n", "A=;B=1;");
	assert_macros("#define A(x, y) x + y\n", "A()=x + y;");
	assert_macros("#define A (x)\n", "A=(x);");
	assert_macros("#define A() b()\n", "A()=b();");
	assert_macros(" # define A(x)\t\\\n\tb(x)\t\\\n\nc", "A()=b(x);");
	assert_macros("#define A(x) #x \\\n#x\n", "A()=#x #x;");
	assert_macros("#define A /* b\n */ c\n#undef A\n", "A=c;");
	assert_macros("#define\n#define 1\n#undef A\n", "");
	assert_macros("#define A(x\n#define B\n", "A()=(x;B=;");
}

/* Once a bug: in a CRLF text all # lines in a row count as one. */
static void test_crlf_macros(void)
{
	assert_macros("#define A 1\r\n#define B 2\r\n", "A=1;B=2;");
	assert_macros("#define A \\\r\n1\r\n", "A=1;");
}

static void test_macro_at(void)
{
	struct source *source = read_source(
		"#define A(b) c\n#define D e\nf\n");
	const struct macro *a, *d;

	a = source_macro_at(source, find_token(source, "c", 0));
	d = source_macro_at(source, find_token(source, "D", 0));
	g_assert_true(a && token_is(&source->lexed, a->name, "A"));
	g_assert_true(d && token_is(&source->lexed, d->name, "D"));
	g_assert_true(source_macro_at(source, find_token(source, "b", 0)) == a);
	g_assert_true(source_macro_at(source, find_token(source, "A", 0)) == a);
	g_assert_true(source_macro_at(source, find_token(source, "e", 0)) == d);
	g_assert_null(source_macro_at(source,
				      find_token(source, "define", 0)));
	g_assert_null(source_macro_at(source, find_token(source, "f", 0)));
	source_free(source);
}

/* The arguments of the first "f(" in @text, each in []. */
static void assert_arguments(const char *text, const char *expected)
{
	struct source *source = read_source(text);
	GArray *list = source_arguments(source,
					find_token(source, "f", 0) + 1);
	GString *all = g_string_new(list ? "" : "none");

	for (guint i = 0; list && i < list->len; i++) {
		char *argument = source_text(source, g_array_index(
			list, struct span, i));

		g_string_append_printf(all, "[%s]", argument);
		g_free(argument);
	}
	g_assert_cmpstr(all->str, ==, expected);
	g_string_free(all, TRUE);
	if (list)
		g_array_unref(list);
	source_free(source);
}

static void test_arguments(void)
{
	assert_arguments("f()", "");
	assert_arguments("f( /* nothing */ )", "");
	assert_arguments("f(a)", "[a]");
	assert_arguments("f(0, \"a,b\",\n  c)", "[0][\"a,b\"][c]");
	assert_arguments("f(g(a, b), c[d, e], { h, i }, (j, k))",
			 "[g(a, b)][c[d, e]][{ h, i }][(j, k)]");
	assert_arguments("f(a,)", "[a][]");
	assert_arguments("f(,)", "[][]");
	assert_arguments("f(const char namefmt[], ...)",
			 "[const char namefmt[]][...]");
	assert_arguments("f(a, b", "none");
	assert_arguments("f(a, (b, c)", "none");
}

static void test_arguments_no_bracket(void)
{
	struct source *source = read_source("f(a)");

	/* Not an opening bracket. */
	g_assert_null(source_arguments(source, 3));
	g_assert_null(source_arguments(source, 2));
	source_free(source);
}

/* One letter per use of "f": Call, Declaration, Macro, Value, Export, diRective. */
static void assert_uses(const char *text, const char *expected)
{
	struct source *source = read_source(text);
	GString *uses = g_string_new(NULL);

	for (uint32_t i = 0; i < source->lexed.count; i++)
		if (token_is(&source->lexed, i, "f"))
			g_string_append_c(uses,
					  "CDMVER"[source_use(source, i)]);
	g_assert_cmpstr(uses->str, ==, expected);
	g_string_free(uses, TRUE);
	source_free(source);
}

static void test_calls(void)
{
	assert_uses("int g(void)\n{\n\tf(0);\n\treturn f(1);\n}\n", "CC");
	assert_uses("int g(void)\n{\n\tint *a = (int *)f(0);\n}\n", "C");
	assert_uses("int a = f(0);\n", "C");
	assert_uses("struct x a = {\n\t.b = f(0),\n\tc f(1),\n};\n", "CC");
	assert_uses("int a = 1 + f(0), *b = g(f(1));\n", "CC");
	assert_uses("#define G(a) f(a)\n#define H b f(0)\n", "CC");
	assert_uses("f(0)", "C");
}

static void test_declarations(void)
{
	assert_uses("int f(int a);\n", "D");
	assert_uses("struct x *f(int a);\n", "D");
	assert_uses("struct x *\nf(int a)\n{\n}\n", "D");
	assert_uses("__printf(1, 2)\nf(char *a, ...);\n", "D");
	assert_uses("struct x {\n\tint a;\n};\nint f(int a);\n", "D");
	assert_uses("static __printf(3, 0) struct x *\n"
		    "f(int a, char *b, va_list c)\n{\n\tf(0);\n}\n", "DC");
	assert_uses("int g(void)\n{\n}\nint f(int a)\n{\n}\n", "D");
}

static void test_macro_uses(void)
{
	assert_uses("#define f(a) g(a)\n", "M");
	assert_uses("#define f(a, ...) f(a, 0)\n", "MC");
	assert_uses("#define f g\n", "R");
	assert_uses("#define f (a)\n", "R");
	assert_uses("#define G f\n#define H &f,\n", "VV");
	assert_uses("#define G(f) f\n", "VV");
}

static void test_other_uses(void)
{
	assert_uses("int (*a)(int) = f;\n", "V");
	assert_uses("int g(void)\n{\n\ta(f);\n\tb = &f;\n}\n", "VV");
	assert_uses("EXPORT_SYMBOL(f);\n", "E");
	assert_uses("EXPORT_SYMBOL_GPL(f);\nEXPORT_SYMBOL_NS(f, X);\n", "EE");
	assert_uses("#undef f\n#ifdef f\n#elif defined(f)\n#endif\n", "RRR");
	assert_uses("#ifndef f\n#if f(1)\n#endif\n#endif\n", "RR");
	assert_uses("f", "V");
}

static void assert_else(const char *text, bool expected)
{
	struct source *source = read_source(text);
	uint32_t i = find_token(source, "x", 0);
	char *line = g_strescape(text, NULL);

	if (source_in_else(source, i) != expected)
		g_test_fail_printf("%s: not %d", line, expected);
	g_free(line);
	source_free(source);
}

static void test_else(void)
{
	assert_else("x", false);
	assert_else("#if A\nx\n#else\n#endif\n", false);
	assert_else("#if A\n#else\nx\n#endif\n", true);
	assert_else("#ifdef A\n#elif B\nx\n#endif\n", true);
	assert_else("#if A\n#else\n#endif\nx\n", false);
	assert_else("#if A\n#else\n#ifdef B\n#else\n#endif\nx\n#endif", true);
	assert_else("#ifndef A\n#if B\n#else\n#endif\nx\n#else\n#endif", false);
	assert_else("#if A\n#else\n#if B\n#else\nx\n#endif\n#endif", true);
	assert_else("a # else\nx", false);
}

/* Once a bug: an #if inside of the #else branch hides the #else. */
static void test_nested_else(void)
{
	assert_else("#if A\n#else\n#if B\nx\n#endif\n#endif", true);
}

static void test_text(void)
{
	struct source *source = read_source("a /* b */ +\n\t\t c->d \\\n(e)");

	char *all = source_text(source, (struct span){ 0, 8 });
	char *none = source_text(source, (struct span){ 2, 2 });

	g_assert_cmpstr(all, ==, "a + c->d (e)");
	g_assert_cmpstr(none, ==, "");
	g_free(all);
	g_free(none);
	source_free(source);
}

static bool opens(const struct source *source, uint32_t opener, uint32_t closer)
{
	const char *text = source->lexed.text;
	char open = text[source->lexed.tokens[opener].offset];
	char close = text[source->lexed.tokens[closer].offset];

	return opener < closer && (open == '(' ? close == ')' :
				   open == '[' ? close == ']' :
				   open == '{' && close == '}');
}

/*
 * Every bracket is matched with one of its kind, whatever the text.  (Not
 * always mutually: #if branches may close the same one.)
 */
static void assert_sound(const struct source *source)
{
	for (uint32_t i = 0; i < source->lexed.count; i++) {
		uint32_t partner = source->match[i];

		if (partner == NO_TOKEN)
			continue;
		g_assert_true(opens(source, MIN(i, partner), MAX(i, partner)));
	}
	for (guint i = 0; i < source->functions->len; i++) {
		const struct function *f = &g_array_index(
			source->functions, struct function, i);

		g_assert_cmpuint(f->name, <, f->open);
		g_assert_cmpuint(f->open, <, f->body.first);
		g_assert_cmpuint(f->body.first, <, f->body.end);
		g_assert_cmpuint(f->body.end, <=, source->lexed.count);
	}
}

static void test_random_tokens(void)
{
	static const char *const words[] = {
		"(", ")", "[", "]", "{", "}", "\n}\n", ",", ";", "=", "f", "*",
		"__printf", "\n#if A\n", "\n#else\n", "\n#endif\n",
		"\n#define f(a) ", "\\\n", "\"s\"", "1", "EXPORT_SYMBOL",
	};

	for (int round = 0; round < 5000 && !g_test_failed(); round++) {
		GString *text = g_string_new(NULL);
		int count = g_test_rand_int_range(0, 60);
		struct source *source;

		while (count--)
			g_string_append_printf(text, "%s ",
				words[g_test_rand_int_range(0,
					G_N_ELEMENTS(words))]);
		source = source_new(text->str, text->len);
		assert_sound(source);
		source_free(source);
		g_string_free(text, TRUE);
	}
}

static void add_function_tests(void)
{
	g_test_add_func("/source/functions", test_functions);
	g_test_add_func("/source/one-line-functions", test_one_line_functions);
	g_test_add_func("/source/extern-c", test_extern_c);
	g_test_add_func("/source/attributes", test_attributes);
	g_test_add_func("/source/macro-functions", test_macro_functions);
	g_test_add_func("/source/no-functions", test_no_functions);
	g_test_add_func("/source/function-bodies", test_function_bodies);
	g_test_add_func("/source/alternative-heads", test_alternative_heads);
	g_test_add_func("/source/unbalanced-function",
			test_unbalanced_function);
	g_test_add_func("/source/macros", test_macros);
	g_test_add_func("/source/crlf-macros", test_crlf_macros);
	g_test_add_func("/source/macro-at", test_macro_at);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/source/brackets", test_brackets);
	g_test_add_func("/source/unbalanced", test_unbalanced);
	g_test_add_func("/source/alternatives", test_alternatives);
	g_test_add_func("/source/directive-brackets", test_directive_brackets);
	add_function_tests();
	g_test_add_func("/source/arguments", test_arguments);
	g_test_add_func("/source/arguments-no-bracket",
			test_arguments_no_bracket);
	g_test_add_func("/source/calls", test_calls);
	g_test_add_func("/source/declarations", test_declarations);
	g_test_add_func("/source/macro-uses", test_macro_uses);
	g_test_add_func("/source/other-uses", test_other_uses);
	g_test_add_func("/source/else", test_else);
	g_test_add_func("/source/nested-else", test_nested_else);
	g_test_add_func("/source/text", test_text);
	g_test_add_func("/source/random-tokens", test_random_tokens);
	return g_test_run();
}
