// SPDX-License-Identifier: GPL-2.0-only
/* The scanner of the index: what stands where in one file. */
#include "scan/scan.h"

#include "unit.h"

struct result {
	char *text;
	size_t length;
	struct toks toks;
	struct scan *scan;
};

static void scan_exact(struct result *result, const char *text)
{
	result->length = strlen(text);
	result->text = g_malloc0(result->length + NAME_PADDING);
	memcpy(result->text, text, result->length);
	memset(&result->toks, 0, sizeof(result->toks));
	result->scan = scan_new();
	scan_text(result->scan, &result->toks, result->text,
		  (uint32_t)result->length);
}

static void result_clear(struct result *result)
{
	scan_free(result->scan);
	toks_clear(&result->toks);
	g_free(result->text);
}

/* The word of the text that has this name, or "?". */
static void append_name(GString *list, const struct result *result, name_t name)
{
	for (uint32_t i = 0; i < result->toks.count; i++) {
		const struct tok *tok = &result->toks.tok[i];

		if ((tok->kind == TOK_NAME || tok->kind == TOK_MACRO) &&
		    tok->name == name) {
			g_string_append_len(list, result->text + tok->offset,
					    tok->length);
			return;
		}
	}
	g_string_append(list, name ? "?" : "-");
}

/*
 * One word a place, a letter for its kind: c call, C member call, v value,
 * V member read, f function, s struct, t typedef, g variable, m macro,
 * T function type.
 */
static char *refs_of(const char *text)
{
	GString *list = g_string_new(NULL);
	struct result result;

	scan_exact(&result, text);
	for (guint i = 0; i < result.scan->refs->len; i++) {
		const struct ref *ref = &g_array_index(result.scan->refs,
						       struct ref, i);

		g_assert_cmpuint(ref->offset, <, result.length);
		if (ref->kind == REF_STRUCT)
			g_assert_cmpint(text[ref->offset], ==, '{');
		g_string_append_printf(list, "%s%c:", i ? " " : "",
				       "cCvVfstgmT"[ref->kind]);
		append_name(list, &result, ref->name);
	}
	result_clear(&result);
	return g_string_free(list, FALSE);
}

static void assert_refs(const char *text, const char *expected)
{
	char *refs = refs_of(text);

	g_assert_cmpstr(refs, ==, expected);
	g_free(refs);
}

static void append_flags(GString *list, uint8_t flags)
{
	static const char *const words[] = {
		"static", "init", "parameters", "syscall", "compat",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (flags >> i & 1)
			g_string_append_printf(list, ",%s", words[i]);
}

/* "f:name,flag[text]": function, m macro, s statement. */
static char *regions_of(const char *text)
{
	GString *list = g_string_new(NULL);
	struct result result;

	scan_exact(&result, text);
	for (guint i = 0; i < result.scan->regions->len; i++) {
		const struct region *region =
			&g_array_index(result.scan->regions, struct region, i);

		g_assert_cmpuint(region->end, <=, result.length);
		g_assert_cmpuint(region->start, <, region->end);
		g_string_append_printf(list, "%s%c:%.*s", i ? " " : "",
				       "fms"[region->kind],
				       region->name_length,
				       text + region->name_offset);
		append_flags(list, region->flags);
		g_string_append_c(list, '[');
		g_string_append_len(list, text + region->start,
				    region->end - region->start);
		g_string_append_c(list, ']');
	}
	result_clear(&result);
	return g_string_free(list, FALSE);
}

static void assert_regions(const char *text, const char *expected)
{
	char *regions = regions_of(text);

	g_assert_cmpstr(regions, ==, expected);
	g_free(regions);
}

/* "members; types; type.member": what may hold functions. */
static char *holders_of(const char *text)
{
	GString *list = g_string_new(NULL);
	struct result result;

	scan_exact(&result, text);
	for (guint i = 0; i < result.scan->function_members->len; i++) {
		g_string_append(list, i ? " " : "");
		append_name(list, &result,
			    g_array_index(result.scan->function_members,
					  name_t, i));
	}
	g_string_append_c(list, ';');
	for (guint i = 0; i < result.scan->function_types->len; i++) {
		g_string_append_c(list, ' ');
		append_name(list, &result,
			    g_array_index(result.scan->function_types, name_t,
					  i));
	}
	g_string_append_c(list, ';');
	for (guint i = 0; i < result.scan->typed_members->len; i++) {
		const struct typed_member *typed =
			&g_array_index(result.scan->typed_members,
				       struct typed_member, i);

		g_string_append_c(list, ' ');
		append_name(list, &result, typed->type);
		g_string_append_c(list, '.');
		append_name(list, &result, typed->member);
	}
	result_clear(&result);
	return g_string_free(list, FALSE);
}

static void assert_holders(const char *text, const char *expected)
{
	char *holders = holders_of(text);

	g_assert_cmpstr(holders, ==, expected);
	g_free(holders);
}

static void assert_flags(const char *text, unsigned int flags, const char *name)
{
	const struct region *region;
	struct result result;

	scan_exact(&result, text);
	g_assert_cmpuint(result.scan->regions->len, ==, 1);
	region = &g_array_index(result.scan->regions, struct region, 0);
	g_assert_cmpuint(region->flags, ==, flags);
	g_assert_cmpuint(region->name, ==, name_of(name));
	result_clear(&result);
}

static void test_nothing(void)
{
	assert_refs("", "");
	assert_refs(";;;", "");
	assert_refs("int f(void);\nextern int a;\n", "");
	assert_regions("int f(int a, struct b *c);", "");
}

static void test_functions(void)
{
	assert_refs("int f(void) { return 0; }", "f:f");
	assert_regions("int f(void) { return 0; }",
		       "f:f[int f(void) { return 0; }]");
	assert_regions("static int __init f(void) {}\nint g(void) {}",
		       "f:f,static,init[static int __init f(void) {}] "
		       "f:g[int g(void) {}]");
	assert_refs("struct a *f(void)\n{\n}\n", "f:f");
	assert_refs("unsigned long\nf(void)\n{\n}\n", "f:f");
	assert_refs("int (f)(void) { }", "");
	/* Old style parameters have no parenthesis in front of the brace. */
	assert_refs("int f(a) { g(); }", "f:f c:g");
}

static void test_attributes(void)
{
	assert_refs("static void f(void) __attribute__((x(1)))\n{\n}\n",
		    "f:f");
	assert_refs("static __printf(1, 2) void f(const char *a, ...) { }",
		    "f:f");
	assert_refs("void __attribute__((noreturn)) f(void) { }", "f:f");
	assert_refs("int f(void) __must_hold(x) __releases(y) { }", "f:f");
	assert_refs("int f(void) __must_hold(x) noinline { }", "f:f");
	assert_refs("void f(void) __acquires(&l->lock) { }", "f:f");
}

static void test_macro_heads(void)
{
	assert_refs("SYSCALL_DEFINE1(open, int, a)\n{\n\tg(a);\n}\n",
		    "f:? c:g v:a");
	assert_flags("SYSCALL_DEFINE1(open, int, a) {}", REGION_SYSCALL,
		     "sys_open");
	assert_flags("COMPAT_SYSCALL_DEFINE0(a) {}", REGION_COMPAT_SYSCALL,
		     "compat_sys_a");
	assert_flags("BPF_CALL_2(bpf_a, int, b, int, c) {}", 0, "bpf_a");
	assert_flags("static DEFINE_IDTENTRY(f) {}", REGION_STATIC, "f");
	assert_flags("SYSCALL_DEFINE0() {}", 0, "SYSCALL_DEFINE0");
	assert_flags("int f(int a) {}", 0, "f");
}

static void test_statements(void)
{
	assert_refs("EXPORT_SYMBOL(f);", "g:f c:EXPORT_SYMBOL v:f");
	assert_regions("EXPORT_SYMBOL(f);",
		       "s:EXPORT_SYMBOL[EXPORT_SYMBOL(f)]");
	assert_regions("EXPORT_SYMBOL(f)\nint g(void)\n{\n}\n",
		       "s:EXPORT_SYMBOL[EXPORT_SYMBOL(f)] "
		       "f:g[int g(void)\n{\n}]");
	assert_regions("static DEFINE_A(f)\nstatic int g(void)\n{\n}\n",
		       "s:DEFINE_A[static DEFINE_A(f)] "
		       "f:g,static[static int g(void)\n{\n}]");
	/* What follows belongs to it. */
	assert_regions("A(f)\n__init int g(void) {}\n",
		       "f:g,init[A(f)\n__init int g(void) {}]");
	assert_refs("module_init(f);\nmodule_exit(g);",
		    "c:module_init v:f c:module_exit v:g");
}

static void test_calls(void)
{
	assert_refs("void f(void) { g(); h(1, i()); }", "f:f c:g c:h c:i");
	assert_refs("void f(void) { a->g(); a.h(); }", "f:f C:g C:h");
	assert_refs("void f(void) { a->b->g(); }", "f:f C:g");
	assert_refs("void f(void) { if (g()) while (h()) return i(); }",
		    "f:f c:g c:h c:i");
	assert_refs("void f(void) { sizeof(a); typeof(b) c; }", "f:f v:a v:b v:c");
}

static void test_indexed_calls(void)
{
	assert_refs("void f(void) { a[1](2); }", "f:f c:a");
	assert_refs("void f(void) { a[b][c](2); }", "f:f c:a");
	assert_refs("void f(void) { x->a[1](2); }", "f:f C:a");
	assert_refs("void f(void) { a[1].b(2); }", "f:f C:b");
	assert_refs("void f(void) { a[1] = 2; }", "f:f");
}

static void test_wrapped_calls(void)
{
	assert_refs("void f(void) { (*a)(1); }", "f:f c:a");
	assert_refs("void f(void) { (*x->a)(1); }", "f:f C:a");
	assert_refs("void f(void) { (x->a)(1); }", "f:f C:a");
	assert_refs("void f(void) { (*a[2])(1); }", "f:f c:a");
	assert_refs("void f(void) { (x->a[2])(1); }", "f:f C:a");
	/* A cast, by the looks of it. */
	assert_refs("void f(void) { (a)(1); }", "f:f v:a");
}

static void test_values(void)
{
	assert_refs("void f(void) { g(a, &b, c); }", "f:f c:g v:a v:b v:c");
	assert_refs("void f(void) { a = b; c = d ? e : h; }",
		    "f:f v:b v:d v:e v:h");
	assert_refs("int f(void) { return a; }", "f:f v:a");
	assert_refs("void f(void) { g((b)a); }", "f:f c:g v:b v:a");
	assert_refs("void f(void) { g(a->b, c.d); }", "f:f c:g V:b V:d");
	assert_refs("void f(void) { a = x->b; }", "f:f V:b");
	/* Operands of anything else are no functions. */
	assert_refs("void f(void) { a = b + c; d++; }", "f:f");
}

static void test_variables(void)
{
	assert_refs("int a, *b, c[2];", "g:a g:b g:c");
	assert_refs("static struct a b;", "g:b");
	assert_refs("int (*a)(void);", "g:a");
	assert_refs("static int (*a[3])(int b);", "g:a");
	assert_refs("int a = b, c = d;", "g:a g:c v:b v:d");
	assert_regions("static int a = f;", "s:a,static[static int a = f]");
	assert_regions("int (*a)(void) = f;", "s:a[int (*a)(void) = f]");
	assert_regions("int a;", "");
}

static void test_initialisers(void)
{
	assert_refs("struct a b = { .c = f, .d = &g };", "g:b v:f v:g");
	assert_refs("struct a b = { f, g };", "g:b v:f v:g");
	assert_refs("struct a b[] = { { f }, [1] = { g } };", "g:b v:f v:g");
	assert_refs("struct a b = { .c.d = f, };", "g:b v:f");
	assert_refs("struct a b = { .c = (x)f };", "g:b v:x v:f");
	assert_refs("struct a b = { .c = A(f) };", "g:b c:A v:f");
	assert_regions("static const struct a b[] __initconst = { f };",
		       "s:b,static[static const struct a b[] __initconst = "
		       "{ f }]");
}

static void test_structs(void)
{
	assert_refs("struct a { int b; };", "s:a");
	assert_refs("union a { int b; };", "s:a");
	assert_refs("enum a { B, C };", "");
	assert_refs("struct a { struct b { int c; } d; };", "s:a s:b");
	assert_refs("struct __packed a { int b; } c;", "s:a g:c");
	assert_refs("typedef struct { int b; } a;", "s:a t:a");
	assert_refs("typedef struct a { int b; } c, *d;", "s:a t:d");
	assert_refs("static struct a { int b; } c = { .b = f };",
		    "s:a g:c v:f");
}

static void test_function_members(void)
{
	assert_holders("struct a { int (*b)(int c); };", "b;;");
	assert_holders("struct a { int (*b[2])(int c), *(*d)(void); };",
		       "b d;;");
	assert_holders("struct a { struct { void (*b)(void); } c; };", "b;;");
	assert_holders("struct a { union { void (*b)(void); }; };", "b;;");
	assert_holders("struct a { int b; char *c; struct d e; };",
		       ";; int.b char.c");
	assert_holders("struct a { work_fn b; const cb_t *c; };",
		       ";; work_fn.b cb_t.c");
}

static void test_typedefs(void)
{
	assert_refs("typedef int a;", "t:a");
	assert_refs("typedef struct a b;", "t:b");
	assert_refs("typedef int (*a)(int b);", "t:a T:a");
	assert_holders("typedef int (*a)(int b);", "; a;");
	assert_holders("typedef int a(int b);", "; a;");
	assert_holders("typedef int (a)(int b);", "; a;");
	assert_holders("typedef int (__x *a)(int b);", "; a;");
	assert_holders("typedef int a;", ";;");
	assert_holders("typedef int a[2];", ";;");
	assert_holders("typedef int a __attribute__((aligned(8)));", ";;");
}

static void test_macros(void)
{
	assert_refs("#define A f()\n", "m:A c:f");
	assert_regions("#define A f()\n", "m:A[A f()]");
	assert_refs("#define A(x) f(x)\n", "m:A c:f v:x");
	assert_regions("#define A(x) f(x)\n", "m:A,parameters[A(x) f(x)]");
	assert_refs("#define A f\n", "m:A v:f");
	assert_refs("#define A 1\n", "");
	assert_regions("int f(void)\n{\n#define A g()\n\treturn A;\n}\n",
		       "f:f[int f(void)\n{\n#define A g()\n\treturn A;\n}] "
		       "m:A[A g()]");
	/* In order of their beginnings. */
	assert_regions("int a[] = {\n\tf,\n#define A g()\n};\n",
		       "s:a[int a[] = {\n\tf,\n#define A g()\n}] m:A[A g()]");
	assert_regions("struct a {\n#define A g()\n\tint b;\n} c = { f };\n",
		       "s:c[struct a {\n#define A g()\n\tint b;\n} c = { f }] "
		       "m:A[A g()]");
	assert_refs("struct a {\n#define A f()\n\tint b;\n};\n",
		    "s:a m:A c:f");
}

static void test_extern_c(void)
{
	assert_refs("extern \"C\" {\nint f(void) { g(); }\n}\nint a;",
		    "f:f c:g g:a");
}

static void test_conditionals(void)
{
	assert_refs("#ifdef A\nint f(void)\n{\n\tg();\n}\n#else\n"
		    "int f(void)\n{\n}\n#endif\n", "f:f c:g f:f");
	assert_refs("int f(void)\n{\n#ifdef A\n\tif (g()) {\n#else\n\t{\n"
		    "#endif\n\t\th();\n\t}\n}\nint i(void) { }\n",
		    "f:f c:g c:h f:i");
}

/* Broken code: what follows is found again. */
static void test_broken(void)
{
	assert_refs("int f(void)\n{\n\tif (a) {\n}\nint g(void)\n{\n}\n",
		    "f:f v:a f:g");
	assert_refs("int f(", "");
	assert_refs("struct", "");
	assert_refs("struct {", "");
	assert_refs("typedef", "");
	assert_refs("}", "");
	assert_refs("= f", "");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/scan/nothing", test_nothing);
	g_test_add_func("/scan/functions", test_functions);
	g_test_add_func("/scan/attributes", test_attributes);
	g_test_add_func("/scan/macro-heads", test_macro_heads);
	g_test_add_func("/scan/statements", test_statements);
	g_test_add_func("/scan/calls", test_calls);
	g_test_add_func("/scan/indexed-calls", test_indexed_calls);
	g_test_add_func("/scan/wrapped-calls", test_wrapped_calls);
	g_test_add_func("/scan/values", test_values);
	g_test_add_func("/scan/variables", test_variables);
	g_test_add_func("/scan/initialisers", test_initialisers);
	g_test_add_func("/scan/structs", test_structs);
	g_test_add_func("/scan/function-members", test_function_members);
	g_test_add_func("/scan/typedefs", test_typedefs);
	g_test_add_func("/scan/macros", test_macros);
	g_test_add_func("/scan/extern-c", test_extern_c);
	g_test_add_func("/scan/conditionals", test_conditionals);
	g_test_add_func("/scan/broken", test_broken);
	return g_test_run();
}
