// SPDX-License-Identifier: GPL-2.0-only
/* Line breaks in statements that became too long, and spatch's taken back. */
#include "wrap.h"

#include "unit.h"

/* Wrap @new_text, which was made from @old_text. */
static void assert_file(const char *old_text, const char *new_text,
			const char *expected)
{
	struct source *old_file = source_new(old_text, strlen(old_text));
	struct source *new_file = source_new(new_text, strlen(new_text));
	struct edits *edits = edits_new();
	GBytes *bytes = unit_bytes(new_text), *result;
	struct alignment map;

	g_assert_true(align(&map, &old_file->lexed, &new_file->lexed));
	wrap_statements(old_file, new_file, &map, edits);
	result = edits_apply(edits, bytes);
	unit_assert_bytes(result, expected);
	g_bytes_unref(result);
	g_bytes_unref(bytes);
	alignment_clear(&map);
	source_free(new_file);
	source_free(old_file);
}

static char *in_function(const char *text)
{
	return g_strdup_printf("int f(void)\n{\n%s}\n", text);
}

/* The same for lines of a function. */
static void assert_wrap(const char *old_text, const char *new_text,
			const char *expected)
{
	char *old_file = in_function(old_text);
	char *new_file = in_function(new_text);
	char *wanted = in_function(expected);

	assert_file(old_file, new_file, wanted);
	g_free(wanted);
	g_free(new_file);
	g_free(old_file);
}

static void assert_kept(const char *old_text, const char *new_text)
{
	assert_wrap(old_text, new_text, new_text);
}

#define A20 "aaaaaaaaaaaaaaaaaaaa"
#define B20 "bbbbbbbbbbbbbbbbbbbb"
#define C20 "cccccccccccccccccccc"

static void test_nothing(void)
{
	assert_file("", "", "");
	assert_file("", "x", "x");
	assert_file("x", "", "");
	assert_file("", ";;;", ";;;");
	assert_file("", "}{", "}{");
	assert_file("", "(((", "(((");
	assert_file("", ")))", ")))");
	assert_file("", "#define x\n", "#define x\n");
	assert_file("", "/* x */", "/* x */");
	assert_kept("\tg(a);\n", "\tg(a, b);\n");
	assert_kept("", "\tg(a);\n\n\treturn;\n");
}

static void test_comma(void)
{
	assert_wrap("\tgggg(" A20 ", " B20 ", " C20 ");\n",
		    "\tgggg(" A20 ", " B20 ", " C20 ", IN_INIT);\n",
		    "\tgggg(" A20 ", " B20 ", " C20 ",\n"
		    "\t     IN_INIT);\n");
	/* The first list that allows it, and as late as it fits. */
	assert_wrap("\tgggg(a, h(" A20 ", " B20 "), " C20 ");\n",
		    "\tgggg(a, h(" A20 ", " B20 "), " C20 ", n, IN_INIT);\n",
		    "\tgggg(a, h(" A20 ", " B20 "),\n\t     " C20
		    ", n, IN_INIT);\n");
	assert_wrap("\tg(h(" A20 ", " B20 ", " C20 "));\n",
		    "\tg(h(" A20 ", " B20 ", " C20 ", IN_INIT));\n",
		    "\tg(h(" A20 ", " B20 ", " C20 ",\n"
		    "\t    IN_INIT));\n");
}

/* 80 columns fit, 81 do not. */
static void test_limit(void)
{
	assert_kept("\tggggg(" A20 ", " B20 ", " C20 ");\n",
		    "\tggggg(" A20 ", " B20 ", " C20 ");\n");
	assert_kept("\tgggg(" A20 ", " B20 ");\n",
		    "\tgggg(" A20 ", " B20 ", cccccccccccccccccccc1);\n");
	assert_wrap("\tgggg(" A20 ", " B20 ");\n",
		    "\tgggg(" A20 ", " B20 ", cccccccccccccccccccc12);\n",
		    "\tgggg(" A20 ", " B20 ",\n\t     cccccccccccccccccccc12);\n");
}

static void test_operators(void)
{
	assert_wrap("\tx = g(" A20 B20 ");\n",
		    "\tx = g(" A20 B20 " | LOOKUP_IN_INIT | " C20 ");\n",
		    "\tx = g(" A20 B20 " | LOOKUP_IN_INIT |\n"
		    "\t      " C20 ");\n");
	assert_wrap("\tif (" A20 " && " B20 ")\n\t\treturn;\n",
		    "\tif (" A20 " && " B20 " && " C20 " && 1)\n\t\treturn;\n",
		    "\tif (" A20 " && " B20 " &&\n"
		    "\t    " C20 " && 1)\n\t\treturn;\n");
	/* No unary &, and not between the two of && or ||. */
	assert_wrap("\tif (" A20 " || " B20 ")\n\t\treturn;\n",
		    "\tif (" A20 " || " B20 " || " C20 "1 || &x)\n"
		    "\t\treturn;\n",
		    "\tif (" A20 " || " B20 " ||\n"
		    "\t    " C20 "1 || &x)\n\t\treturn;\n");
}

static void test_conditional(void)
{
	static const char wanted[] =
		"\terror = gggg(" A20 B20 ",\n"
		"\t\t     tsk_is_kthread(current) ? LOOKUP_IN_INIT : 0, &path);\n";

	assert_wrap("\terror = gggg(" A20 B20 ", 0, &path);\n",
		    "\terror = gggg(" A20 B20
		    ", tsk_is_kthread(current) ? LOOKUP_IN_INIT : 0, &path);\n",
		    wanted);
	/* A line break behind the : brings one behind the ?. */
	assert_wrap("\tfile = ffff(" A20 ");\n",
		    "\tfile = tsk_is(x) ? gggg(" A20 ") : ffff(" A20 ", b);\n",
		    "\tfile = tsk_is(x) ?\n"
		    "\t\tgggg(" A20 ") :\n\t\tffff(" A20 ", b);\n");
}

/* Lines that begin with the operator. */
static void test_conditional_in_front(void)
{
	assert_wrap("\tx = a\n\t\t? b\n\t\t: gggg(" A20 ", " B20 ");\n",
		    "\tx = a\n\t\t? b\n\t\t: gggg(" A20 ", " B20 ", "
		    C20 ");\n",
		    "\tx = a\n\t\t? b\n\t\t: gggg(" A20 ", " B20 ",\n"
		    "\t\t       " C20 ");\n");
}

/* The ?: of gcc is one operator. */
static void test_elvis(void)
{
	assert_wrap("\tx = " A20 ";\n",
		    "\tx = " A20 "1 ?: " B20 "1234567890 ?: "
		    C20 ";\n",
		    "\tx = " A20 "1 ?: " B20 "1234567890 ?:\n"
		    "\t\t" C20 ";\n");
}

/* What else has a colon. */
static void test_no_conditional(void)
{
	assert_kept("\tg();\n", "\tg();\nout:\n\tg2(" A20 ");\n");
	/* Once a bug: the line break behind the label was taken back. */
	assert_wrap("\tg();\n", "\tg();\nout:\n\tgggg(" A20 ",\n"
		    "\t\t" B20 ");\n",
		    "\tg();\nout:\n\tgggg(" A20 ", " B20 ");\n");
	assert_wrap("\tg();\n", "\tg();\n\tcase A20 :\n\tgggg(" A20 ",\n"
		    "\t\t" B20 ");\n",
		    "\tg();\n\tcase A20 :\n\tgggg(" A20 ", " B20 ");\n");
	assert_wrap("\tg();\n", "\tg();\n\tcase a ? b : c:\n\tgggg(" A20 ",\n"
		    "\t\t" B20 ");\n",
		    "\tg();\n\tcase a ? b : c:\n\tgggg(" A20 ", " B20 ");\n");
	assert_file("struct s {\n\tint a;\n};\n",
		    "struct s {\n\tunsigned int " A20 B20 C20 " : 3,\n"
		    "\t\tb : 5;\n};\n",
		    "struct s {\n\tunsigned int " A20 B20 C20 " : 3,\n"
		    "\t\tb : 5;\n};\n");
	/* Nothing in there can be broken but the bit field. */
	assert_file("struct s {\n\tint a;\n};\n",
		    "struct s {\n\tunsigned int " A20 B20 C20 " : 1234;\n};\n",
		    "struct s {\n\tunsigned int " A20 B20 C20 " : 1234;\n};\n");
}

static void test_assignment(void)
{
	assert_wrap("\tstruct file *" A20 " = gggg(" C20 ");\n",
		    "\tstruct file *" A20 " = gggg(" C20 "1, " B20 ");\n",
		    "\tstruct file *" A20 " = gggg(" C20 "1,\n"
		    "\t\t\t\t\t\t " B20 ");\n");
	assert_kept("\tstruct file *" A20 B20 " = gggg(a);\n",
		    "\tstruct file *" A20 B20 " = gggg(c23456789);\n");
	/* Where that does not suffice, behind the =. */
	assert_wrap("\tstruct file *" A20 B20 " = gggg(a);\n",
		    "\tstruct file *" A20 B20 " = gggg(" C20 "123);\n",
		    "\tstruct file *" A20 B20 " =\n\t\tgggg(" C20 "123);\n");
	assert_wrap("\t" A20 B20 " |= gggg(a);\n",
		    "\t" A20 B20 "->ffffffffff |= gggg(" C20 "123);\n",
		    "\t" A20 B20 "->ffffffffff |=\n\t\tgggg(" C20 "123);\n");
}

/* Once a bug: == was taken for an assignment, and torn apart. */
static void test_comparison(void)
{
	static const char *const operators[] = { "==", "!=", "<=", ">=" };

	for (size_t i = 0; i < G_N_ELEMENTS(operators); i++) {
		char *text = g_strdup_printf("\treturn " A20 B20 " %s gggg("
					     C20 "123);\n", operators[i]);

		assert_kept("\treturn 0;\n", text);
		g_free(text);
	}
	assert_wrap("\tx = 0;\n",
		    "\txxxxxxxx <<= " A20 " == gggg(" B20 C20 "123);\n",
		    "\txxxxxxxx <<=\n\t\t" A20 " == gggg(" B20 C20 "123);\n");
	assert_wrap("\tx = 0;\n",
		    "\txxxxxxxx = " A20 " == gggg(" B20 C20 "123);\n",
		    "\txxxxxxxx =\n\t\t" A20 " == gggg(" B20 C20 "123);\n");
}

/* Behind a comment no line begins. */
static void test_assignment_comment(void)
{
	assert_kept("\tx = 0;\n",
		    "\tx = /* c */ " A20 B20 C20 "(1234567890);\n");
}

static void test_spatch_breaks(void)
{
	/* One behind each argument. */
	assert_wrap("\tgggg(a, b, c);\n",
		    "\tgggg(a,\n\t     b,\n\t     c, IN_INIT);\n",
		    "\tgggg(a, b, c, IN_INIT);\n");
	assert_wrap("\tgggg(a, b);\n",
		    "\tgggg(" A20 ",\n\t\t" B20 ",\n\t\t" C20 ",\n\t\tIN_INIT);\n",
		    "\tgggg(" A20 ", " B20 ", " C20 ",\n\t     IN_INIT);\n");
	assert_wrap("\tx = a;\n", "\tx = a |\n\t\tIN_INIT |\n\t\tb;\n",
		    "\tx = a |\n\t\tIN_INIT |\n\t\tb;\n");
	assert_wrap("\tgggg(a);\n", "\tgggg(\n\t\ta, b\n\t);\n",
		    "\tgggg(a, b);\n");
}

/* Once a bug: a blank in front of what has none. */
static void test_joined_punctuators(void)
{
	assert_wrap("\tgggg(a);\n", "\tgggg(a\n\t     , b);\n",
		    "\tgggg(a, b);\n");
	assert_wrap("\tgggg(a);\n", "\tgggg(a,\n\t     b\n\t     ->c\n"
		    "\t     .d\n\t     [1]);\n",
		    "\tgggg(a, b->c.d[1]);\n");
}

static void test_author_breaks(void)
{
	/* Another list's, of the same statement. */
	assert_kept("\tgggg(h(a,\n\t\tb), c);\n",
		    "\tgggg(h(a,\n\t\tb), c, IN_INIT);\n");
	assert_kept("\tgggg(a,\n\t     b);\n",
		    "\tgggg(a,\n\t     b, IN_INIT);\n");
	/* Lines of other statements. */
	assert_kept("\tgggg(" A20 B20 C20 ", " A20 ");\n\th(a);\n",
		    "\tgggg(" A20 B20 C20 ", " A20 ");\n\th(a, b);\n");
}

/* Once a bug: a long line of the author went along with a new one. */
static void test_author_line(void)
{
	static const char text[] =
		"\tgggg(h(x,\n\t\t" A20 ", " B20 ", " C20 ",\n\t\tz),\n";
	char *old_text = g_strconcat(text, "\t     y);\n", NULL);
	char *new_text = g_strconcat(text, "\t     y, " A20 ", " B20 ", " C20
				     ", z);\n", NULL);
	char *expected = g_strconcat(text, "\t     y, " A20 ", " B20 ",\n"
				     "\t     " C20 ", z);\n", NULL);

	assert_wrap(old_text, new_text, expected);
	g_free(expected);
	g_free(new_text);
	g_free(old_text);
	/* A list that gained something is filled as a whole. */
	assert_wrap("\tgggg(" A20 ", " B20 ", " C20 ", dddd,\n\t     x);\n",
		    "\tgggg(" A20 ", " B20 ", " C20 ", dddd,\n\t     x, y);\n",
		    "\tgggg(" A20 ", " B20 ", " C20 ", dddd,\n\t     x, y);\n");
	assert_wrap("\tgggg(" A20 ", " B20 ", " C20 ", dddd,\n\t     x);\n",
		    "\tgggg(" A20 ", " B20 ", " C20 ", dddd,\n\t     x,\n"
		    "\t     y);\n",
		    "\tgggg(" A20 ", " B20 ", " C20 ",\n\t     dddd, x, y);\n");
}

/* A line that is aligned with a parenthesis that moves, moves with it. */
static void test_moves(void)
{
	assert_wrap("\tx = gggg(a,\n\t\t bbbb(c,\n\t\t      d));\n",
		    "\tx = gggg(a,\n\t\t IN_INIT,\n\t\t bbbb(c,\n\t\t      d));\n",
		    "\tx = gggg(a, IN_INIT, bbbb(c,\n\t\t\t\t  d));\n");
}

static void test_for(void)
{
	/* Once a bug: the ; of a header was taken for the statement's end. */
	assert_wrap("\tfor (aaaa = 0; aaaa < bbbb; aaaa = next(aaaa))\n"
		    "\t\th();\n",
		    "\tfor (aaaa = 0; aaaa < bbbb; aaaa = next(" A20 ", "
		    B20 "))\n\t\th();\n",
		    "\tfor (aaaa = 0; aaaa < bbbb;\n"
		    "\t     aaaa = next(" A20 ", " B20 "))\n\t\th();\n");
	assert_wrap("\tfor (aaaa = first(a); aaaa; aaaa++)\n\t\th();\n",
		    "\tfor (aaaa = first(" A20 ", " B20 "); aaaa;\n"
		    "\t     aaaa = next(" A20 ",\n\t\tb))\n\t\th();\n",
		    "\tfor (aaaa = first(" A20 ", " B20 "); aaaa;\n"
		    "\t     aaaa = next(" A20 ", b))\n\t\th();\n");
	assert_kept("\tfor (;;)\n\t\th();\n", "\tfor (;;)\n\t\th(a);\n");
	assert_kept("\tfor (;;) {\n\t\th();\n\t}\n",
		    "\tfor (;;) {\n\t\th(a);\n\t}\n");
}

static void test_compound(void)
{
	assert_wrap("\tx = ({\n\t\tgggg(a);\n\t\tb;\n\t});\n",
		    "\tx = ({\n\t\tgggg(a,\n\t\t\tb);\n\t\tb;\n\t});\n",
		    "\tx = ({\n\t\tgggg(a, b);\n\t\tb;\n\t});\n");
	assert_wrap("\tgggg(({ a; b; }), c);\n",
		    "\tgggg(({ a; b; }), c,\n\t\td);\n",
		    "\tgggg(({ a; b; }), c,\n\t\td);\n");
	assert_wrap("\tfor (x = ({ a; b; }); x; x++)\n\t\th();\n",
		    "\tfor (x = ({ a; b; }); gggg(x,\n\t\t\ty); x++)\n"
		    "\t\th();\n",
		    "\tfor (x = ({ a; b; }); gggg(x, y); x++)\n"
		    "\t\th();\n");
}

static void test_statements(void)
{
	assert_wrap("\tdo {\n\t\th();\n\t} while (a);\n",
		    "\tdo {\n\t\th();\n\t} while (gggg(a,\n\t\tb));\n",
		    "\tdo {\n\t\th();\n\t} while (gggg(a, b));\n");
	assert_wrap("\tif (a)\n\t\th();\n\telse\n\t\ti();\n",
		    "\tif (a)\n\t\th();\n\telse\n\t\ti(a,\n\t\t\tb);\n",
		    "\tif (a)\n\t\th();\n\telse\n\t\ti(a, b);\n");
	assert_wrap("\tswitch (a) {\n\tcase 1: h();\n\t}\n",
		    "\tswitch (a) {\n\tcase 1: h(a,\n\t\tb);\n\t}\n",
		    "\tswitch (a) {\n\tcase 1: h(a, b);\n\t}\n");
	assert_wrap("\treturn a;\n", "\treturn gggg(a,\n\t\tb)",
		    "\treturn gggg(a, b)");
	/* Without a ; the statement goes on. */
	assert_wrap("\tLOCK(a)\n\th(a);\n", "\tLOCK(a)\n\th(a,\n\t\tb);\n",
		    "\tLOCK(a)\n\th(a, b);\n");
}

static void test_strings(void)
{
	assert_wrap("\tgggg(\"((( ; } {\", a);\n",
		    "\tgggg(\"((( ; } {\", a,\n\t\tb, ')', \"\\\"(\");\n",
		    "\tgggg(\"((( ; } {\", a, b, ')', \"\\\"(\");\n");
	/* A string alone is not broken. */
	assert_kept("\tgggg(a);\n",
		    "\tgggg(\"" A20 B20 C20 ", | " A20 "\");\n");
}

static void test_comments(void)
{
	/* No line is joined over a comment, nor broken in front of one. */
	assert_kept("\tgggg(a);\n",
		    "\tgggg(a, // first\n\t     b /* second */,\n"
		    "\t     // third\n\t     c);\n");
	assert_wrap("\tgggg(" A20 ", " B20 ");\n",
		    "\tgggg(" A20 ", " B20 ", /* cc */ " C20 ", d);\n",
		    "\tgggg(" A20 ",\n\t     " B20 ", /* cc */ " C20
		    ", d);\n");
	assert_wrap("\tgggg(a);\n", "\tgggg(a /* ; { ( */,\n\t\tb);\n",
		    "\tgggg(a /* ; { ( */, b);\n");
}

/* A # line ends what is looked at, and macros are not looked at. */
static void test_directives(void)
{
	assert_kept("\tg();\n", "\tg();\n#define X(a) gggg(" A20 ", " B20 ", "
		    C20 ", a, b)\n");
	assert_wrap("\tgggg(a\n#ifdef X\n\t     , b\n#endif\n\t     );\n",
		    "\tgggg(a, h(c,\n\t\td)\n#ifdef X\n\t     , b\n#endif\n"
		    "\t     );\n",
		    "\tgggg(a, h(c, d)\n#ifdef X\n\t     , b\n#endif\n"
		    "\t     );\n");
	assert_wrap("#ifdef X\n\tif (a) {\n#else\n\tif (b) {\n#endif\n\t}\n",
		    "#ifdef X\n\tif (h(a,\n\t\tc)) {\n#else\n\tif (b) {\n"
		    "#endif\n\t}\n",
		    "#ifdef X\n\tif (h(a, c)) {\n#else\n\tif (b) {\n"
		    "#endif\n\t}\n");
}

/* The { of a line counts as well. */
static void test_brace(void)
{
	assert_wrap("\tif (gggg(a)) {\n\t}\n",
		    "\tif (gggg(" A20 ", " B20 ", cccccccc)) {\n\t}\n",
		    "\tif (gggg(" A20 ", " B20 ", cccccccc)) {\n\t}\n");
	assert_wrap("\tif (gggg(a)) {\n\t}\n",
		    "\tif (gggg(" A20 ", " B20 ", cccccccccccccccc)) {\n\t}\n",
		    "\tif (gggg(" A20 ", " B20 ",\n\t\t cccccccccccccccc)) {\n"
		    "\t}\n");
	assert_kept("\tstruct a x;\n",
		    "\tstruct a " A20 B20 C20 " = {\n\t\t1\n\t};\n");
}

/* Once a crash: a list before a new } was laid out twice. */
static void test_new_braces(void)
{
	assert_wrap("\tx();\n", "\tx();\n\tif (a) {\n\t\tb(c,\n\t\t\td);\n\t}\n",
		    "\tx();\n\tif (a) {\n\t\tb(c, d);\n\t}\n");
	assert_wrap("\tx();\n", "\tx();\n\tstruct a b = { c(d,\n\t\te) };\n",
		    "\tx();\n\tstruct a b = { c(d, e) };\n");
	assert_wrap("\tx();\n", "\tx();\n\tif (gggg(a,\n\t\tb)) {\n\t}\n",
		    "\tx();\n\tif (gggg(a, b)) {\n\t}\n");
}

static void test_declarations(void)
{
	assert_file("int f(int a);\n",
		    "int ffff(int " A20 ", int " B20 ", int " C20 ", int d);",
		    "int ffff(int " A20 ", int " B20 ",\n"
		    "\t int " C20 ", int d);");
	assert_file("int f(a, b)\n\tint a, b;\n{\n}\n",
		    "int f(a,\n\t\tb,\n\t\tc)\n\tint a, b, c;\n{\n}\n",
		    "int f(a, b, c)\n\tint a, b, c;\n{\n}\n");
	assert_file("int x;\n", "struct a x = {\n\t.b = gggg(a,\n\t\tb),\n"
		    "\t.c = d,\n};\n",
		    "struct a x = {\n\t.b = gggg(a, b),\n\t.c = d,\n};\n");
}

/* Brackets that nothing opens or closes. */
static void test_unmatched(void)
{
	assert_wrap("\tgggg(a;\n", "\tgggg(a,\n\t\tb;\n", "\tgggg(a, b;\n");
	assert_kept("\tgggg);\n", "\tgggg), " A20 ";\n");
	assert_kept("\t))))\n", "\t)))) " A20 " ]]\n");
	assert_wrap("\tfor (a; h(b;\n\ti();\n",
		    "\tfor (a; h(b;\n\ti(a,\n\t\tb);\n",
		    "\tfor (a; h(b;\n\ti(a, b);\n");
}

/* Not one of its lines can be broken. */
static void test_unbreakable(void)
{
	assert_kept("\tx();\n", "\t" A20 B20 C20 A20 "();\n");
	assert_kept("\tx();\n", "\t" A20 "->" B20 "->" C20 "->" A20 "++;\n");
}

static void test_tabs(void)
{
	/* Tabs within a line are blanks like others. */
	assert_wrap("\tstruct a\tb = g(c);\n",
		    "\tstruct a\tb = g(" A20 ", " B20 ", " C20 ");\n",
		    "\tstruct a\tb = g(" A20 ", " B20 ",\n"
		    "\t\t\t      " C20 ");\n");
	/* Eight blanks are a tab in lines of our own. */
	assert_wrap("        gggg(a);\n",
		    "        gggg(" A20 ", " B20 ", " C20 ", IN_INIT);\n",
		    "        gggg(" A20 ", " B20 ", " C20 ",\n"
		    "\t     IN_INIT);\n");
}

/* Very long lines end, and in good time. */
static void test_long(void)
{
	GString *old_text = g_string_new("\tgggg(");
	GString *new_text = g_string_new("\tgggg(");
	char *old_file, *new_file;
	struct source *before, *after;
	struct edits *edits = edits_new();
	struct alignment map;
	GBytes *bytes, *result;
	const char *text;

	for (unsigned int i = 0; i < 3000; i++) {
		g_string_append(old_text, "aaaa, ");
		g_string_append(new_text, "aaaa, ");
	}
	g_string_append(old_text, "b);\n");
	g_string_append(new_text, "b, c);\n");
	old_file = in_function(old_text->str);
	new_file = in_function(new_text->str);
	before = source_new(old_file, strlen(old_file));
	after = source_new(new_file, strlen(new_file));
	g_assert_true(align(&map, &before->lexed, &after->lexed));
	wrap_statements(before, after, &map, edits);
	bytes = unit_bytes(new_file);
	result = edits_apply(edits, bytes);
	text = g_bytes_get_data(result, NULL);
	for (const char *line = text; *line;) {
		const char *end = strchr(line, '\n');

		g_assert_cmpuint(text_column(text, (size_t)(end - text)), <=,
				 80);
		line = end + 1;
	}
	g_bytes_unref(result);
	g_bytes_unref(bytes);
	alignment_clear(&map);
	source_free(after);
	source_free(before);
	g_free(new_file);
	g_free(old_file);
	g_string_free(new_text, TRUE);
	g_string_free(old_text, TRUE);
}

/* What was wrapped once stays as it is. */
static void test_twice(void)
{
	static const char old_text[] = "int f(void)\n{\n\tx = g(a);\n}\n";
	static const char text[] =
		"int f(void)\n{\n\tx = gggg(" A20 ",\n"
		"\t\t " B20 " | IN_INIT | " C20 ");\n}\n";

	assert_file(text, text, text);
	assert_file(old_text, text, text);
}

static void add_statement_tests(void)
{
	g_test_add_func("/wrap/for", test_for);
	g_test_add_func("/wrap/compound", test_compound);
	g_test_add_func("/wrap/statements", test_statements);
	g_test_add_func("/wrap/strings", test_strings);
	g_test_add_func("/wrap/comments", test_comments);
	g_test_add_func("/wrap/directives", test_directives);
	g_test_add_func("/wrap/brace", test_brace);
	g_test_add_func("/wrap/new-braces", test_new_braces);
	g_test_add_func("/wrap/declarations", test_declarations);
	g_test_add_func("/wrap/unmatched", test_unmatched);
	g_test_add_func("/wrap/unbreakable", test_unbreakable);
	g_test_add_func("/wrap/tabs", test_tabs);
	g_test_add_func("/wrap/long", test_long);
	g_test_add_func("/wrap/twice", test_twice);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/wrap/nothing", test_nothing);
	g_test_add_func("/wrap/comma", test_comma);
	g_test_add_func("/wrap/limit", test_limit);
	g_test_add_func("/wrap/operators", test_operators);
	g_test_add_func("/wrap/conditional", test_conditional);
	g_test_add_func("/wrap/conditional-in-front",
			test_conditional_in_front);
	g_test_add_func("/wrap/elvis", test_elvis);
	g_test_add_func("/wrap/no-conditional", test_no_conditional);
	g_test_add_func("/wrap/assignment", test_assignment);
	g_test_add_func("/wrap/comparison", test_comparison);
	g_test_add_func("/wrap/assignment-comment", test_assignment_comment);
	g_test_add_func("/wrap/spatch-breaks", test_spatch_breaks);
	g_test_add_func("/wrap/joined-punctuators", test_joined_punctuators);
	g_test_add_func("/wrap/author-breaks", test_author_breaks);
	g_test_add_func("/wrap/author-line", test_author_line);
	g_test_add_func("/wrap/moves", test_moves);
	add_statement_tests();
	return g_test_run();
}
