// SPDX-License-Identifier: GPL-2.0-only
/* The lexer: tokens, comments, directives, dead code and columns. */
#include "lexer.h"

#include "unit.h"

/* A heap copy without a NUL, so that the sanitizer sees a read behind it. */
static char *lex_exact(struct lexed *lexed, const char *text, size_t length)
{
	char *copy = g_memdup2(text, length);

	lex(lexed, copy, length);
	return copy;
}

/* "i:name n:0 p:(", one letter per kind. */
static char *kinds_of(const char *text, size_t length)
{
	GString *list = g_string_new(NULL);
	struct lexed lexed;
	char *copy = lex_exact(&lexed, text, length);

	for (size_t i = 0; i < lexed.count; i++) {
		const struct token *token = &lexed.tokens[i];

		g_string_append_printf(list, "%s%c:", i ? " " : "",
				       "inscpo"[token->kind]);
		g_string_append_len(list, copy + token->offset, token->length);
	}
	lexed_clear(&lexed);
	g_free(copy);
	return g_string_free(list, FALSE);
}

/* "name@1FDX": the line and the flags (first, directive, dead). */
static char *flags_of(const char *text)
{
	GString *list = g_string_new(NULL);
	struct lexed lexed;
	char *copy = lex_exact(&lexed, text, strlen(text));

	for (size_t i = 0; i < lexed.count; i++) {
		const struct token *token = &lexed.tokens[i];

		g_string_append(list, i ? " " : "");
		g_string_append_len(list, copy + token->offset, token->length);
		g_string_append_printf(list, "@%u%s%s%s", token->line,
				       token->flags & TOKEN_FIRST ? "F" : "",
				       token->flags & TOKEN_DIRECTIVE ? "D" : "",
				       token->flags & TOKEN_DEAD ? "X" : "");
	}
	lexed_clear(&lexed);
	g_free(copy);
	return g_string_free(list, FALSE);
}

/* "[comment]@line>next". */
static char *comments_of(const char *text)
{
	GString *list = g_string_new(NULL);
	struct lexed lexed;
	char *copy = lex_exact(&lexed, text, strlen(text));

	for (size_t i = 0; i < lexed.comment_count; i++) {
		const struct comment *comment = &lexed.comments[i];

		g_string_append(list, "[");
		g_string_append_len(list, copy + comment->offset,
				    comment->length);
		g_string_append_printf(list, "]@%u>%u", comment->line,
				       comment->next_token);
	}
	lexed_clear(&lexed);
	g_free(copy);
	return g_string_free(list, FALSE);
}

static void assert_kinds(const char *text, const char *expected)
{
	char *kinds = kinds_of(text, strlen(text));

	g_assert_cmpstr(kinds, ==, expected);
	g_free(kinds);
}

static void assert_flags(const char *text, const char *expected)
{
	char *flags = flags_of(text);

	g_assert_cmpstr(flags, ==, expected);
	g_free(flags);
}

static void assert_comments(const char *text, const char *expected)
{
	char *comments = comments_of(text);

	g_assert_cmpstr(comments, ==, expected);
	g_free(comments);
}

static void test_empty(void)
{
	assert_kinds("", "");
	assert_kinds(" \t\v\f\r\n\n", "");
	assert_comments("", "");
}

static void test_words(void)
{
	assert_kinds("foo _bar $x a1\n", "i:foo i:_bar i:$x i:a1");
	assert_kinds("L u8 U", "i:L i:u8 i:U");
	assert_kinds("x", "i:x");
}

static void test_numbers(void)
{
	assert_kinds("0x1e+2", "n:0x1e p:+ n:2");
	assert_kinds("0X1E-2", "n:0X1E p:- n:2");
	assert_kinds("1e+2", "n:1e+2");
	assert_kinds("1E-2f", "n:1E-2f");
	assert_kinds("0x1p-3", "n:0x1p-3");
	assert_kinds(".5f 1.5 1.", "n:.5f n:1.5 n:1.");
	assert_kinds("10UL+x", "n:10UL p:+ i:x");
	assert_kinds("1+2", "n:1 p:+ n:2");
	assert_kinds("0", "n:0");
	assert_kinds("1e+", "n:1e+");
}

static void test_punctuators(void)
{
	assert_kinds("a->b...", "i:a p:-> i:b p:...");
	assert_kinds("a- >b..", "i:a p:- p:> i:b p:. p:.");
	assert_kinds("i--&&x<<=1", "i:i p:- p:- p:& p:& i:x p:< p:< p:= n:1");
	assert_kinds("-", "p:-");
}

static void test_strings(void)
{
	assert_kinds("\"a\\\"b\" c", "s:\"a\\\"b\" i:c");
	assert_kinds("\"a\\\\\" c", "s:\"a\\\\\" i:c");
	assert_kinds("\"\" \"'\"", "s:\"\" s:\"'\"");
	assert_kinds("\"/* no */ // no\" x", "s:\"/* no */ // no\" i:x");
	assert_kinds("a\"b\"", "i:a s:\"b\"");
	assert_kinds("LOL\"x\"", "i:LOL s:\"x\"");
}

static void test_characters(void)
{
	assert_kinds("'a' '\\'' '\\\\' '\"' 'ab'",
		     "c:'a' c:'\\'' c:'\\\\' c:'\"' c:'ab'");
	assert_kinds("L'x'", "i:L c:'x'");
	assert_kinds("'/*' x '*/'", "c:'/*' i:x c:'*/'");
}

/* Once a bug: L"..." is one string, but its token begins behind the L. */
static void test_prefixed_strings(void)
{
	assert_kinds("L\"x\" y", "s:L\"x\" i:y");
	assert_kinds("u8\"x\" u\"y\" U\"z\"", "s:u8\"x\" s:u\"y\" s:U\"z\"");
}

static void test_splices(void)
{
	/* A string goes on; what follows is not the first of its line. */
	assert_flags("\"a\\\nb\" c\nd", "\"a\\\nb\"@1F c@2 d@3F");
	assert_flags("\"a\\\r\nb\" c", "\"a\\\r\nb\"@1F c@2");
	assert_flags("x '\\\n' y", "x@1F '\\\n'@1 y@2");
	assert_flags("a \\\n b", "a@1F b@2F");
	assert_flags("a \\\r\n b", "a@1F b@2F");
	/* No splice: something stands behind the backslash. */
	assert_flags("a \\ \nb", "a@1F \\@1 b@2F");
}

static void test_unterminated_strings(void)
{
	assert_flags("\"abc\ndef", "\"abc@1F def@2F");
	assert_flags("don't\nx", "don@1F 't@1 x@2F");
	assert_kinds("\"abc", "s:\"abc");
	assert_kinds("\"abc\\", "s:\"abc\\");
	assert_kinds("\"", "s:\"");
	assert_kinds("'", "c:'");
}

static void test_comments(void)
{
	assert_kinds("a /* b */ c // d\ne", "i:a i:c i:e");
	assert_comments("a /* b */ c // d\ne", "[/* b */]@1>1[// d]@1>2");
	assert_comments("/* a\n b */ c /**/", "[/* a\n b */]@1>0[/**/]@2>1");
	assert_comments("// a \\\n b\nc", "[// a \\\n b]@1>0");
	assert_kinds("// a \\\n b\nc", "i:c");
	assert_comments("/* \" */ /* ' */", "[/* \" */]@1>0[/* ' */]@1>0");
	assert_comments("/* /* */ */", "[/* /* */]@1>0");
	assert_comments("// /* \nx", "[// /* ]@1>0");
	assert_kinds("a / b * c", "i:a p:/ i:b p:* i:c");
}

static void test_unterminated_comments(void)
{
	assert_comments("a /* b\nc", "[/* b\nc]@1>1");
	assert_kinds("a /* b\nc", "i:a");
	assert_comments("/*", "[/*]@1>0");
	assert_comments("/*/", "[/*/]@1>0");
	assert_comments("/* *", "[/* *]@1>0");
	assert_comments("a //", "[//]@1>1");
	assert_kinds("/", "p:/");
}

static void test_first(void)
{
	assert_flags("a b\n\n c", "a@1F b@1 c@3F");
	assert_flags("/* x\n */ a b", "a@2F b@2");
	assert_flags("a /* x */ b", "a@1F b@1");
	assert_flags("a /* x\n */ b", "a@1F b@2F");
}

static void test_directives(void)
{
	assert_flags("#define A b \\\n\tc\nd",
		     "#@1FD define@1D A@1D b@1D c@2FD d@3F");
	assert_flags(" # undef A\nb", "#@1FD undef@1D A@1D b@2F");
	assert_flags("/* x */ #undef A", "#@1FD undef@1D A@1D");
	assert_flags("a # b\nc", "a@1F #@1 b@1 c@2F");
	assert_flags("#define A /* \n */ b\nc",
		     "#@1FD define@1D A@1D b@2FD c@3F");
	assert_flags("#error it's\nc", "#@1FD error@1D it@1D 's@1D c@2F");
	assert_flags("#define A // x \\\n y\nc", "#@1FD define@1D A@1D c@3F");
	assert_flags("#\na", "#@1FD a@2F");
}

/* The names that are dead in a text where all names are one letter. */
static void assert_dead(const char *text, const char *expected)
{
	GString *dead = g_string_new(NULL);
	struct lexed lexed;

	lex(&lexed, text, strlen(text));
	for (size_t i = 0; i < lexed.count; i++)
		if ((lexed.tokens[i].flags & TOKEN_DEAD) &&
		    !(lexed.tokens[i].flags & TOKEN_DIRECTIVE))
			g_string_append_len(dead,
					    text + lexed.tokens[i].offset, 1);
	g_assert_cmpstr(dead->str, ==, expected);
	g_string_free(dead, TRUE);
	lexed_clear(&lexed);
}

static void test_dead(void)
{
	assert_dead("a\n#if 0\nb\n#endif\nc", "b");
	assert_dead("#if 0\na\n#else\nb\n#endif\nc", "a");
	assert_dead("#if 1\na\n#else\nb\n#endif\nc", "b");
	assert_dead("#if 0\na\n#elif X\nb\n#else\nc\n#endif\nd", "a");
	assert_dead("#if 1\na\n#elif X\nb\n#endif\nc", "b");
	assert_dead("#if X\na\n#else\nb\n#endif\nc", "");
	assert_dead("#ifdef X\na\n#endif\n#ifndef X\nb\n#else\nc\n#endif", "");
	assert_dead("# if 0 /* no */\na\n# endif", "a");
	assert_dead("#if 0// no\na\n#endif", "a");
	assert_dead("#if\t0\r\na\r\n#endif\r\nb\r\n", "a");
}

/* Once a bug: of "#if 1 #elif #else", the #else part is taken as live. */
static void test_dead_second_alternative(void)
{
	assert_dead("#if 1\na\n#elif X\nb\n#else\nc\n#endif\nd", "bc");
}

static void test_dead_nested(void)
{
	assert_dead("#if 0\n#if X\na\n#else\nb\n#endif\nc\n#endif\nd", "abc");
	assert_dead("#if 0\n#if 1\na\n#else\nb\n#endif\nc\n#endif\nd", "abc");
	assert_dead("#if 0\n#if 0\na\n#else\nb\n#endif\nc\n#else\nd\n#endif",
		    "abc");
	assert_dead("#ifdef X\n#if 0\na\n#endif\nb\n#else\nc\n#endif", "a");
}

static void test_not_dead(void)
{
	assert_dead("#if 0 && X\na\n#endif", "");
	assert_dead("#if 0x10\na\n#endif", "");
	assert_dead("#if 01\na\n#endif", "");
	assert_dead("#if 10\na\n#else\nb\n#endif", "");
	assert_dead("#if !0\na\n#endif", "");
	assert_dead("#iffy 0\na\n#endif", "");
	assert_dead("#else\na\n#endif\n#endif\nb", "");
	assert_dead("x #if 0\na", "");
	assert_dead("/*\n#if 0\n*/ a", "");
}

static void test_dead_to_the_end(void)
{
	assert_dead("#if 0\na", "a");
	assert_dead("#if 0", "");
}

static void test_foreign_bytes(void)
{
	static const char text[] = "a\0b \xc3\xa4 c";
	struct lexed lexed;

	lex(&lexed, text, sizeof(text) - 1);
	g_assert_cmpuint(lexed.count, ==, 6);
	g_assert_cmpuint(lexed.tokens[1].kind, ==, TOKEN_OTHER);
	g_assert_cmpuint(lexed.tokens[1].length, ==, 1);
	g_assert_cmpuint(lexed.tokens[2].kind, ==, TOKEN_IDENTIFIER);
	g_assert_cmpuint(lexed.tokens[3].kind, ==, TOKEN_OTHER);
	g_assert_cmpuint(lexed.tokens[4].kind, ==, TOKEN_OTHER);
	g_assert_true(token_is(&lexed, 5, "c"));
	lexed_clear(&lexed);
}

static void test_crlf(void)
{
	assert_flags("a\r\n#define B \\\r\n c\r\nd\r\n",
		     "a@1F #@2FD define@2D B@2D c@3FD d@4F");
	assert_comments("// a\r\n/* b\r\n */\r\n",
			"[// a\r]@1>0[/* b\r\n */]@2>0");
}

static void test_spelling(void)
{
	struct lexed lexed;
	char *text;

	lex(&lexed, "foo bar", 7);
	g_assert_true(token_is(&lexed, 0, "foo"));
	g_assert_false(token_is(&lexed, 0, "fo"));
	g_assert_false(token_is(&lexed, 0, "fooo"));
	g_assert_false(token_is(&lexed, 0, ""));
	g_assert_false(token_is(&lexed, 2, "foo"));
	g_assert_false(token_is(&lexed, SIZE_MAX, "foo"));
	text = token_text(&lexed, 1);
	g_assert_cmpstr(text, ==, "bar");
	g_free(text);
	lexed_clear(&lexed);
	g_assert_cmpuint(lexed.count, ==, 0);
	g_assert_false(token_is(&lexed, 0, "foo"));
}

static void test_columns(void)
{
	static const char text[] = "ab\n\tc\n   \td\n\xc3\xa4" "e";

	g_assert_cmpuint(text_column(text, 0), ==, 0);
	g_assert_cmpuint(text_column(text, 2), ==, 2);
	g_assert_cmpuint(text_column(text, 3), ==, 0);
	g_assert_cmpuint(text_column(text, 4), ==, 8);
	g_assert_cmpuint(text_column(text, 10), ==, 8);
	g_assert_cmpuint(text_column(text, 14), ==, 2);
	g_assert_cmpuint(text_column("1234567\tx", 8), ==, 8);
	g_assert_cmpuint(text_column("12345678\tx", 9), ==, 16);
	g_assert_cmpuint(text_column("\t\t  x", 4), ==, 18);
}

static void test_lines(void)
{
	static const char text[] = "ab\n\ncd";

	g_assert_cmpuint(text_line_start(text, 0), ==, 0);
	g_assert_cmpuint(text_line_start(text, 2), ==, 0);
	g_assert_cmpuint(text_line_start(text, 3), ==, 3);
	g_assert_cmpuint(text_line_start(text, 6), ==, 4);
	g_assert_cmpuint(text_line_end(text, 6, 0), ==, 2);
	g_assert_cmpuint(text_line_end(text, 6, 2), ==, 2);
	g_assert_cmpuint(text_line_end(text, 6, 3), ==, 3);
	g_assert_cmpuint(text_line_end(text, 6, 4), ==, 6);
	g_assert_cmpuint(text_line_end(text, 6, 6), ==, 6);
}

static unsigned int newlines(const char *text, size_t from, size_t to)
{
	unsigned int count = 0;

	for (; from < to; from++)
		count += text[from] == '\n';
	return count;
}

static void assert_blank(const char *text, size_t from, size_t to)
{
	for (; from < to; from++)
		g_assert_nonnull(memchr(" \t\n\r\\", text[from], 5));
}

/*
 * Tokens and comments, in order, with nothing but blanks and splices between
 * them; lines are counted right.
 */
static void assert_sound(const struct lexed *lexed)
{
	size_t done = 0, token = 0, comment = 0;

	while (token < lexed->count || comment < lexed->comment_count) {
		const struct token *t = &lexed->tokens[token];
		const struct comment *c = &lexed->comments[comment];
		bool use_comment = comment < lexed->comment_count &&
				   c->next_token == token;
		size_t start = use_comment ? c->offset : t->offset;
		size_t length = use_comment ? c->length : t->length;

		g_assert_cmpuint(start, >=, done);
		g_assert_cmpuint(length, >, 0);
		g_assert_cmpuint(use_comment ? c->line : t->line, ==,
				 1 + newlines(lexed->text, 0, start));
		assert_blank(lexed->text, done, start);
		done = start + length;
		comment += use_comment;
		token += !use_comment;
	}
	g_assert_cmpuint(done, <=, lexed->length);
	assert_blank(lexed->text, done, lexed->length);
}

static void test_random_bytes(void)
{
	static const char alphabet[] = "ax01e.+->\"'\\\\\n\n\r /*# if0\t(\0\xff";
	char text[64];

	for (int round = 0; round < 20000; round++) {
		size_t length = (size_t)g_test_rand_int_range(0, 64);
		struct lexed lexed;
		char *copy;

		for (size_t i = 0; i < length; i++)
			text[i] = alphabet[g_test_rand_int_range(0,
				sizeof(alphabet) - 1)];
		copy = lex_exact(&lexed, text, length);
		assert_sound(&lexed);
		lexed_clear(&lexed);
		g_free(copy);
		if (g_test_failed())
			break;
	}
}

static void add_token_tests(void)
{
	g_test_add_func("/lexer/empty", test_empty);
	g_test_add_func("/lexer/words", test_words);
	g_test_add_func("/lexer/numbers", test_numbers);
	g_test_add_func("/lexer/punctuators", test_punctuators);
	g_test_add_func("/lexer/strings", test_strings);
	g_test_add_func("/lexer/characters", test_characters);
	g_test_add_func("/lexer/prefixed-strings", test_prefixed_strings);
	g_test_add_func("/lexer/splices", test_splices);
	g_test_add_func("/lexer/unterminated-strings",
			test_unterminated_strings);
	g_test_add_func("/lexer/comments", test_comments);
	g_test_add_func("/lexer/unterminated-comments",
			test_unterminated_comments);
	g_test_add_func("/lexer/foreign-bytes", test_foreign_bytes);
	g_test_add_func("/lexer/random-bytes", test_random_bytes);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	add_token_tests();
	g_test_add_func("/lexer/first", test_first);
	g_test_add_func("/lexer/directives", test_directives);
	g_test_add_func("/lexer/dead", test_dead);
	g_test_add_func("/lexer/dead-second-alternative",
			test_dead_second_alternative);
	g_test_add_func("/lexer/dead-nested", test_dead_nested);
	g_test_add_func("/lexer/not-dead", test_not_dead);
	g_test_add_func("/lexer/dead-to-the-end", test_dead_to_the_end);
	g_test_add_func("/lexer/crlf", test_crlf);
	g_test_add_func("/lexer/spelling", test_spelling);
	g_test_add_func("/lexer/columns", test_columns);
	g_test_add_func("/lexer/lines", test_lines);
	return g_test_run();
}
