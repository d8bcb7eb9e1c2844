// SPDX-License-Identifier: GPL-2.0-only
/* The index's lexer: kinds, brackets, conditionals, macros and dead code. */
#include "scan/tokens.h"

#include "unit.h"

/* A heap copy with no byte more than the lexer may look at. */
static char *read_exact(struct toks *toks, const char *text, size_t length)
{
	char *copy = g_malloc0(length + NAME_PADDING);

	memcpy(copy, text, length);
	toks_read(toks, copy, (uint32_t)length);
	return copy;
}

static char letter_of(uint8_t kind)
{
	static const char letters[] = "nkt0scaeu.pdDIEF";

	return kind < TOK_NAME ? '\'' : letters[kind - TOK_NAME];
}

/*
 * One word a token, a letter for its kind: n name, k keyword, t type, 0 number,
 * s string, c character, a arrow, e equal, u change, . ellipsis, p paste,
 * d and D a macro's begin and end, I E F of a conditional, ' punctuation.
 */
static char *kinds_of(const char *text, size_t length)
{
	GString *list = g_string_new(NULL);
	struct toks toks = { 0 };
	char *copy = read_exact(&toks, text, length);

	for (uint32_t i = 0; i < toks.count; i++) {
		const struct tok *tok = &toks.tok[i];

		g_string_append_printf(list, "%s%c", i ? " " : "",
				       letter_of(tok->kind));
		g_string_append_len(list, copy + tok->offset, tok->length);
		if (tok->kind == TOK_MACRO && tok->flags & TOK_HAS_PARAMETERS)
			g_string_append_c(list, '(');
	}
	g_assert_cmpuint(toks.tok[toks.count].kind, ==, TOK_END);
	g_assert_cmpuint(toks.tok[toks.count].offset, ==, length);
	toks_clear(&toks);
	g_free(copy);
	return g_string_free(list, FALSE);
}

static void assert_kinds(const char *text, const char *expected)
{
	char *kinds = kinds_of(text, strlen(text));

	g_assert_cmpstr(kinds, ==, expected);
	g_free(kinds);
}

/* Brackets only; each with the number of its partner or "-". */
static char *matches_of(const char *text)
{
	GString *list = g_string_new(NULL);
	struct toks toks = { 0 };
	char *copy = read_exact(&toks, text, strlen(text));

	for (uint32_t i = 0; i < toks.count; i++) {
		const struct tok *tok = &toks.tok[i];

		if (!strchr("()[]{}", tok->kind))
			continue;
		g_string_append_printf(list, "%s%u%c", list->len ? " " : "", i,
				       tok->kind);
		if (tok->match == NO_MATCH)
			g_string_append_c(list, '-');
		else
			g_string_append_printf(list, "%u", (guint)tok->match);
	}
	toks_clear(&toks);
	g_free(copy);
	return g_string_free(list, FALSE);
}

static void assert_matches(const char *text, const char *expected)
{
	char *matches = matches_of(text);

	g_assert_cmpstr(matches, ==, expected);
	g_free(matches);
}

static void test_kinds(void)
{
	assert_kinds("", "");
	assert_kinds(" \t\r\n\f\v", "");
	assert_kinds("a _b $c d9", "na n_b n$c nd9");
	assert_kinds("if return sizeof offsetof",
		     "kif kreturn ksizeof koffsetof");
	assert_kinds("struct union enum typedef static extern",
		     "tstruct tunion tenum ttypedef tstatic textern");
	assert_kinds("ifx structs iff", "nifx nstructs niff");
	assert_kinds("0 1u 0x1F 1.5e3 1e", "00 01u 00x1F 01.5e3 01e");
	assert_kinds("a->b.c", "na a-> nb '. nc");
	assert_kinds("a...b", "na .... nb");
	assert_kinds("a ## b # c", "na p## nb '# nc");
	assert_kinds("a\\b", "na '\\ nb");
}

static void test_signs(void)
{
	assert_kinds("a = b", "na '= nb");
	assert_kinds("== != <= >=", "e== e!= e<= e>=");
	assert_kinds("+= -= *= |= &=", "u+= u-= u*= u|= u&=");
	assert_kinds("a++ + --b", "na u++ '+ u-- nb");
	assert_kinds("a && b || c", "na u&& nb u|| nc");
	assert_kinds("a << b >> c <<= d >>= e",
		     "na u<< nb u>> nc u<<= nd u>>= ne");
	assert_kinds("a & b * c < d", "na '& nb '* nc '< nd");
	assert_kinds("**a", "'* '* na");
	assert_kinds("a / b", "na '/ nb");
}

static void test_strings(void)
{
	assert_kinds("\"a\" 'b'", "s\"a\" c'b'");
	assert_kinds("\"a\\\"b\" c", "s\"a\\\"b\" nc");
	assert_kinds("'\\'' c", "c'\\'' nc");
	assert_kinds("\"/* a\" b", "s\"/* a\" nb");
	/* One that does not end ends with its line. */
	assert_kinds("don't\nf", "ndon c't nf");
	assert_kinds("\"a\\\nb\" c", "s\"a\\\nb\" nc");
	assert_kinds("\"", "s\"");
	assert_kinds("\"\\", "s\"\\");
}

static void test_comments(void)
{
	assert_kinds("a /* b */ c", "na nc");
	assert_kinds("a /* b\n * c\n */ d", "na nd");
	assert_kinds("a /* b **/ c", "na nc");
	assert_kinds("a /*/ b */ c", "na nc");
	assert_kinds("a // b\nc", "na nc");
	assert_kinds("a // b \\\nc\nd", "na nd");
	assert_kinds("a /* b", "na");
	assert_kinds("a /", "na '/");
	assert_kinds("a /*", "na");
	/* A directive goes on where its comment does. */
	assert_kinds("#define A 1 /* b\n * c */\nd", "nd");
	assert_kinds("#define A /* b\n */ f()\nc", "dA nf '( ') D nc");
	assert_kinds("#endif /* b\n * c */\nd", "Fendif nd");
	assert_kinds("#define A \"/*\"\nb", "nb");
}

static void test_splices(void)
{
	assert_kinds("a \\\n b", "na nb");
	assert_kinds("a \\\r\n b", "na nb");
	assert_kinds("#\\\ndefine a f(\\\n)\nb", "da nf '( ') D nb");
	assert_kinds("#define a f(\\\r\n)\r\nb", "da nf '( ') D nb");
}

static void test_bytes(void)
{
	char *kinds = kinds_of("a\0b", 3);

	g_assert_true(g_str_has_prefix(kinds, "na "));
	g_free(kinds);
	assert_kinds("\xc3\xa4", "'\xc3 '\xa4");
	assert_kinds("@", "'@");
}

static void test_matches(void)
{
	assert_matches("f(a[1])", "1(6 3[5 5]3 6)1");
	assert_matches("{}{}", "0{1 1}0 2{3 3}2");
	assert_matches("(", "0(-");
	assert_matches(")", "0)-");
	/* A brace closes through what was left open, a parenthesis does not. */
	assert_matches("{(}", "0{2 1(- 2}0");
	assert_matches("({)", "0(- 1{- 2)-");
	assert_matches("[(]", "0[2 1(- 2]0");
	assert_matches("((]))", "0(4 1(3 2]- 3)1 4)0");
}

static void test_margin(void)
{
	/* A brace in the first column closes the outermost one. */
	assert_matches("f() {\n\tif (a) {\n}\ng() {\n}\n",
		       "1(2 2)1 3{9 5(7 7)5 8{- 9}3 11(12 12)11 13{14 14}13");
}

static void test_deep(void)
{
	GString *text = g_string_new(NULL);
	struct toks toks = { 0 };
	char *copy;

	for (int i = 0; i < 1000; i++)
		g_string_append_c(text, '(');
	for (int i = 0; i < 1000; i++)
		g_string_append_c(text, ')');
	copy = read_exact(&toks, text->str, text->len);
	g_assert_cmpuint(toks.count, ==, 2000);
	g_assert_cmpuint(toks.tok[0].match, ==, 1999);
	g_assert_cmpuint(toks.tok[1999].match, ==, 0);
	g_assert_cmpuint(toks.tok[200].match, ==, 1799);
	/* So deep are none. */
	g_assert_cmpuint(toks.tok[999].match, ==, NO_MATCH);
	g_assert_cmpuint(toks.tok[1000].match, ==, NO_MATCH);
	toks_clear(&toks);
	g_free(copy);
	g_string_free(text, TRUE);
}

static void test_conditionals(void)
{
	assert_kinds("#ifdef A\nb\n#else\nc\n#endif\nd",
		     "Iifdef nb Eelse nc Fendif nd");
	assert_kinds("#if A\n#elif B\n#endif", "Iif Eelif Fendif");
	assert_kinds("# ifndef A\n# endif", "Iifndef Fendif");
	assert_kinds("#include <a.h>\n#pragma b\nc", "nc");
	assert_kinds("a #else", "na '# kelse");
	/* All branches start from the same brackets. */
	assert_matches("#ifdef A\nif (a) {\n#else\nif (b) {\n#endif\nc();\n}",
		       "2(4 4)2 5{- 8(10 10)8 11{17 14(15 15)14 17}11");
	assert_matches("{\n#if A\n}\n#else\n}\n#endif", "0{4 2}0 4}0");
}

static void test_dead(void)
{
	assert_kinds("#if 0\na(\n#endif\nb", "Iif Fendif nb");
	assert_kinds("#if 0\na\n#else\nb\n#endif", "Iif Eelse nb Fendif");
	assert_kinds("#if 0\na\n#elif B\nb\n#endif", "Iif Eelif nb Fendif");
	assert_kinds("#if 0 /* never */\na\n#endif", "Iif Fendif");
	assert_kinds("#if 0 // never\na\n#endif", "Iif Fendif");
	assert_kinds("#if 0\n#if A\na\n#else\nb\n#endif\n#endif\nc",
		     "Iif Fendif nc");
	assert_kinds("#if 0\n'\"/*\n#endif\nc", "Iif Fendif nc");
	assert_kinds("#if 0\na", "Iif");
	assert_kinds("#if 0 || A\na\n#endif", "Iif na Fendif");
	assert_kinds("#if 01\na\n#endif", "Iif na Fendif");
	assert_kinds("#ifdef 0\na\n#endif", "Iifdef na Fendif");
}

static void test_macros(void)
{
	assert_kinds("#define A f()\nb", "dA nf '( ') D nb");
	assert_kinds("#define A(x) f(x)\nb",
		     "dA( '( nx ') nf '( nx ') D nb");
	assert_kinds("#define A (x)\nb", "dA '( nx ') D nb");
	assert_kinds("#define A \\\n\tf() \\\n\t# b\nc",
		     "dA nf '( ') '# nb D nc");
	assert_kinds("\t#\tdefine A f", "dA nf D");
	assert_kinds("#define A f", "dA nf D");
	assert_kinds("#define\nb", "nb");
	assert_kinds("#define (a) b\nc", "nc");
	/* Constants say nothing. */
	assert_kinds("#define A\nb", "nb");
	assert_kinds("#define A 1\nb", "nb");
	assert_kinds("#define A (-1)\nb", "nb");
	assert_kinds("#define A (~0x1) + f()\nb", "nb");
	assert_kinds("#define A \"x\" /* y */\nb", "nb");
	/* There are no directives inside of a replacement list. */
	assert_kinds("#define A f \\\n#define B g\nc",
		     "dA nf '# ndefine nB ng D nc");
	assert_kinds("#define A f \\\r\n#define B g\r\nc",
		     "dA nf '# ndefine nB ng D nc");
	assert_kinds("#define A f \\\r\n#if 0\r\nc",
		     "dA nf '# kif 00 D nc");
}

/* Brackets of a macro are its own. */
static void test_macro_brackets(void)
{
	assert_matches("{\n#define A f(\n}", "0{5 3(- 5}0");
	assert_matches("{\n#define A )}\n}", "0{5 2)- 3}- 5}0");
	assert_matches("{\n#define A {(})\n}", "0{7 2{4 3(- 4}2 5)- 7}0");
}

static void test_flags(void)
{
	const char *text = "a b\n  c\n}\n }";
	struct toks toks = { 0 };
	char *copy = read_exact(&toks, text, strlen(text));

	g_assert_cmpuint(toks.count, ==, 5);
	g_assert_true(toks.tok[0].flags & TOK_FIRST);
	g_assert_false(toks.tok[1].flags & TOK_FIRST);
	g_assert_true(toks.tok[2].flags & TOK_FIRST);
	g_assert_cmpuint(toks.tok[3].flags, ==, TOK_FIRST | TOK_MARGIN);
	g_assert_cmpuint(toks.tok[4].flags, ==, TOK_FIRST);
	toks_clear(&toks);
	g_assert_null(toks.tok);
	g_free(copy);
}

/* The text goes on behind the end: nothing of it is taken. */
static void test_part(void)
{
	const char *text = "f(a /* b */ g) \"c\" #if 0\n h\0\0\0\0\0\0\0";
	size_t length = strlen(text);
	struct toks toks = { 0 };

	for (size_t part = 0; part <= length; part++) {
		toks_read(&toks, text, (uint32_t)part);
		for (uint32_t i = 0; i < toks.count; i++)
			g_assert_cmpuint(toks.tok[i].offset, <, part);
		g_assert_cmpuint(toks.tok[toks.count].kind, ==, TOK_END);
	}
	toks_clear(&toks);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/tokens/kinds", test_kinds);
	g_test_add_func("/tokens/signs", test_signs);
	g_test_add_func("/tokens/strings", test_strings);
	g_test_add_func("/tokens/comments", test_comments);
	g_test_add_func("/tokens/splices", test_splices);
	g_test_add_func("/tokens/bytes", test_bytes);
	g_test_add_func("/tokens/matches", test_matches);
	g_test_add_func("/tokens/margin", test_margin);
	g_test_add_func("/tokens/deep", test_deep);
	g_test_add_func("/tokens/conditionals", test_conditionals);
	g_test_add_func("/tokens/dead", test_dead);
	g_test_add_func("/tokens/macros", test_macros);
	g_test_add_func("/tokens/macro-brackets", test_macro_brackets);
	g_test_add_func("/tokens/flags", test_flags);
	g_test_add_func("/tokens/part", test_part);
	return g_test_run();
}
