// SPDX-License-Identifier: GPL-2.0-only
/* Lookup sites: found again in a text, and converted or not. */
#include "siteuse.h"

#include "unit.h"

/* The lookups are look() and open_it(), and always get(). */
static GPtrArray *read_steps(void)
{
	char *folder = unit_folder();
	GPtrArray *steps;
	char *error = NULL;

	unit_put(folder, "01-sites.cocci",
		 "/// sites\n"
		 "//% sites: IN_INIT|open_init look open_it\n"
		 "//% sites-always: get\n"
		 "//% inside: OTHER nothing\n");
	steps = steps_read(folder, &error);
	if (!steps)
		g_error("%s", error);
	unit_remove(folder);
	return steps;
}

static struct lookup_site *new_site(const char *lookup, const char *function,
				    unsigned int ordinal)
{
	struct lookup_site *site = g_new0(struct lookup_site, 1);

	site->path = g_strdup("a.c");
	site->function = g_strdup(function);
	site->lookup = g_strdup(lookup);
	site->ordinal = ordinal;
	site->is_kthread = true;
	site->chain = g_strdup("entry>f");
	return site;
}

static GPtrArray *new_uses(void)
{
	return g_ptr_array_new();
}

static void free_uses(GPtrArray *uses)
{
	for (guint i = 0; i < uses->len; i++) {
		struct use *use = uses->pdata[i];

		g_free(use->message);
		g_free(use);
	}
	g_ptr_array_unref(uses);
}

/* The line of the site in @text, or 0. */
static unsigned int line_of(const char *text, const char *lookup,
			    const char *function, unsigned int ordinal)
{
	GPtrArray *steps = read_steps();
	GPtrArray *sites = g_ptr_array_new_with_free_func(lookup_site_free);
	GPtrArray *uses = new_uses();
	struct source *source = source_new(text, strlen(text));
	unsigned int line = 0;

	g_ptr_array_add(sites, new_site(lookup, function, ordinal));
	siteuse_find(steps->pdata[0], sites, "a.c", source, uses);
	g_assert_cmpuint(uses->len, ==, 1);
	if (uses->len) {
		const struct use *use = uses->pdata[0];

		line = use->line;
		g_assert_cmpint(use->class, ==,
				line ? USE_CONVERTIBLE : USE_BY_HAND);
		g_assert_cmpint(use->token == NO_TOKEN, ==, !line);
		if (line)
			g_assert_true(token_is(&source->lexed, use->token,
					       lookup));
	}
	source_free(source);
	free_uses(uses);
	g_ptr_array_unref(sites);
	g_ptr_array_unref(steps);
	return line;
}

#define assert_line(text, lookup, function, ordinal, expected)		\
	g_assert_cmpuint(line_of(text, lookup, function, ordinal), ==,	\
			 expected)

static void test_find(void)
{
	static const char text[] =
		"int f(void)\n{\n\tlook(a);\n\tif (look(b))\n"
		"\t\treturn look(c) + look (d);\n}\n"
		"int g(void)\n{\n\treturn look(\n\t\ta);\n}";

	assert_line(text, "look", "f", 0, 3);
	assert_line(text, "look", "f", 1, 4);
	assert_line(text, "look", "f", 2, 5);
	assert_line(text, "look", "f", 3, 5);
	assert_line(text, "look", "f", 4, 0);
	assert_line(text, "look", "g", 0, 9);
	assert_line(text, "look", "h", 0, 0);
	assert_line(text, "open_it", "f", 0, 0);
	assert_line(text, "loo", "f", 0, 0);
}

static void test_find_nothing(void)
{
	assert_line("", "look", "f", 0, 0);
	assert_line("look", "look", "f", 0, 0);
	assert_line("look(", "look", "f", 0, 0);
	assert_line("look(a);\n", "look", "f", 0, 0);
	assert_line("int f(void) { look; }\n", "look", "f", 0, 0);
	assert_line("int f(void) { /* look(a); */ }\n", "look", "f", 0, 0);
	assert_line("int f(void) { g(\"look(a)\"); }\n", "look", "f", 0, 0);
	assert_line("int f(void) { relook(a); look_(b); }\n", "look", "f", 0,
		    0);
	assert_line("#define f look\n", "look", "f", 0, 0);
}

static void test_find_macro(void)
{
	static const char text[] =
		"#define OPEN(x) \\\n\tlook(x) + \\\n\tlook(y)\n"
		"int f(void)\n{\n\tlook(a);\n#define IN(x) look(x)\n"
		"\tlook(b);\n}\n";

	assert_line(text, "look", "OPEN", 0, 2);
	assert_line(text, "look", "OPEN", 1, 3);
	assert_line(text, "look", "OPEN", 2, 0);
	assert_line(text, "look", "f", 0, 6);
	/* A macro within the function has a name of its own. */
	assert_line(text, "look", "f", 1, 8);
	assert_line(text, "look", "IN", 0, 7);
}

static void test_find_branches(void)
{
	/* Two functions of one name are counted on. */
	static const char text[] =
		"#ifdef X\nint f(void)\n{\n\tlook(a);\n}\n#else\n"
		"int f(void)\n{\n\tlook(b);\n}\n#endif\n";

	assert_line(text, "look", "f", 0, 4);
	assert_line(text, "look", "f", 1, 9);
}

/* Once a bug: the index does not count what is dead. */
static void test_find_dead(void)
{
	static const char text[] =
		"int f(void)\n{\n#if 0\n\tlook(a);\n#else\n\tlook(b);\n"
		"#endif\n\tlook(c);\n}\n";

	assert_line(text, "look", "f", 0, 6);
	assert_line(text, "look", "f", 1, 8);
	assert_line(text, "look", "f", 2, 0);
}

static void test_find_odd(void)
{
	assert_line("int f(void) { if (x) { look(a);\n", "look", "f", 0, 1);
	assert_line("int f(a) int a; { look(a); }\n", "look", "a", 0, 0);
	assert_line("int f(void)\n{\n\tlook /* c */\n\t(a);\n}\n", "look", "f",
		    0, 3);
	assert_line("int look(int a)\n{\n\treturn look(a);\n}\n", "look",
		    "look", 0, 3);
}

/* The class, the verdict and the message of one site. */
static void assert_use(const struct lookup_site *from, const char *expected)
{
	static const char text[] =
		"int f(void)\n{\n\tlook(a);\n\tget(b);\n\tother(c);\n}\n";
	GPtrArray *steps = read_steps();
	GPtrArray *sites = g_ptr_array_new();
	GPtrArray *uses = new_uses();
	struct source *source = source_new(text, strlen(text));
	GString *list = g_string_new(NULL);

	g_ptr_array_add(sites, (gpointer)(uintptr_t)from);
	siteuse_find(steps->pdata[0], sites, "a.c", source, uses);
	g_assert_cmpint(uses->len != 0, ==,
			siteuse_wants(steps->pdata[0], from) &&
			!strcmp(from->path, "a.c"));
	for (guint i = 0; i < uses->len; i++) {
		const struct use *use = uses->pdata[i];

		g_string_append_printf(list, "%s %u %s %s", use->class ==
				       USE_BY_HAND ? "hand" : "convert",
				       use->line, use->verdict, use->message);
	}
	g_assert_cmpstr(list->str, ==, expected);
	g_string_free(list, TRUE);
	source_free(source);
	free_uses(uses);
	g_ptr_array_unref(sites);
	g_ptr_array_unref(steps);
}

static void test_verdicts(void)
{
	struct lookup_site site = {
		.path = (char[]){ "a.c" }, .function = (char[]){ "f" },
		.lookup = (char[]){ "look" }, .chain = (char[]){ "e>f" },
	};

	assert_use(&site, "");
	site.is_kthread = true;
	assert_use(&site, "convert 3 kthread f(): look() in kernel-thread context (kthread): e>f");
	site.is_mixed = true;
	assert_use(&site, "convert 3 mixed f(): look() in kernel-thread context (mixed): e>f");
	site.is_kthread = false;
	assert_use(&site, "convert 3 mixed f(): look() in kernel-thread context (mixed): e>f");
	/* Its own body is a site as well. */
	site.is_helper = true;
	assert_use(&site, "");
}

static void test_always(void)
{
	struct lookup_site site = {
		.path = (char[]){ "a.c" }, .function = (char[]){ "f" },
		.lookup = (char[]){ "get" }, .chain = (char[]){ "" },
	};

	assert_use(&site, "convert 4 any f(): get() in kernel-thread context (any): ");
	site.is_helper = true;
	assert_use(&site, "convert 4 any f(): get() in kernel-thread context (any): ");
	site.is_kthread = true;
	assert_use(&site, "convert 4 kthread f(): get() in kernel-thread context (kthread): ");
	site.path = (char[]){ "b.c" };
	assert_use(&site, "");
}

static void test_by_hand(void)
{
	struct lookup_site site = {
		.path = (char[]){ "a.c" }, .function = (char[]){ "f" },
		.lookup = (char[]){ "other" }, .chain = (char[]){ "e" },
		.is_kthread = true,
	};

	assert_use(&site, "hand 5 kthread f(): other() in kernel-thread context (kthread): e: there is no form of this lookup that starts in init's root");
	site.lookup = (char[]){ "look" };
	site.ordinal = 1;
	assert_use(&site, "hand 0 kthread f(): look() in kernel-thread context (kthread): e: the call was not found again");
}

/* Is the lookup of f(), the first or the second, converted in @new_text? */
static bool is_converted(const char *old_text, const char *new_text,
			 const char *function, unsigned int ordinal)
{
	GPtrArray *steps = read_steps();
	GPtrArray *sites = g_ptr_array_new_with_free_func(lookup_site_free);
	GPtrArray *uses = new_uses(), *kept = new_uses();
	struct source *old_file = source_new(old_text, strlen(old_text));
	struct source *new_file = source_new(new_text, strlen(new_text));
	struct alignment map;
	const struct use *use;
	bool converted;

	g_ptr_array_add(sites, new_site("look", function, ordinal));
	siteuse_find(steps->pdata[0], sites, "a.c", old_file, uses);
	use = uses->pdata[0];
	g_assert_cmpint(use->class, ==, USE_CONVERTIBLE);
	g_assert_true(align(&map, &old_file->lexed, &new_file->lexed));
	converted = siteuse_is_converted(steps->pdata[0], use, new_file, &map);
	if (!converted) {
		const struct use *copy;

		siteuse_keep(use, new_file, map.to_new[use->token], kept);
		copy = kept->pdata[0];
		g_assert_cmpstr(copy->message, ==, use->message);
		g_assert_cmpstr(copy->verdict, ==, use->verdict);
		g_assert_cmpint(copy->class, ==, use->class);
		g_assert_true(token_is(&new_file->lexed, copy->token, "look"));
		g_assert_cmpuint(new_file->lexed.tokens[copy->token].line, ==,
				 copy->line);
	}
	alignment_clear(&map);
	source_free(new_file);
	source_free(old_file);
	free_uses(kept);
	free_uses(uses);
	g_ptr_array_unref(sites);
	g_ptr_array_unref(steps);
	return converted;
}

/* One statement in f() before, and after. */
static bool becomes(const char *old_statement, const char *new_statement,
		    unsigned int ordinal)
{
	char *old_text = g_strdup_printf("int f(void)\n{\n\tg();\n\t%s\n\th();\n}\n",
					 old_statement);
	char *new_text = g_strdup_printf("int f(void)\n{\n\tg();\n\n\t%s\n\th();\n}\n",
					 new_statement);
	bool converted = is_converted(old_text, new_text, "f", ordinal);

	g_free(new_text);
	g_free(old_text);
	return converted;
}

static void test_converted(void)
{
	g_assert_true(becomes("look(a, 0);", "look(a, IN_INIT);", 0));
	g_assert_true(becomes("look(a, b);", "look(a, b | IN_INIT);", 0));
	g_assert_true(becomes("if (look(a, 0)) {\n\t}",
			      "if (look(a, IN_INIT)) {\n\t}", 0));
	/* Another name altogether, or the call is gone. */
	g_assert_true(becomes("look(a);", "open_init(a);", 0));
	g_assert_true(becomes("look(a);", "", 0));
	g_assert_true(becomes("x = look(a);",
			      "x = c ? open_init(a) : look(a);", 0));
	g_assert_true(becomes("do look(a, 0); while (0);",
			      "do look(a, IN_INIT); while (0);", 0));
	g_assert_true(becomes("for (;; look(a, 0)) ;",
			      "for (;; look(a, IN_INIT)) ;", 0));
}

static void test_not_converted(void)
{
	g_assert_false(becomes("look(a, 0);", "look(a, 0);", 0));
	g_assert_false(becomes("look(a, 0);", "look(a, 1);", 0));
	/* The name was there before, or stands in another statement. */
	g_assert_false(becomes("look(a, IN_INIT);", "look(a, IN_INIT);", 0));
	g_assert_false(becomes("look(a, 0);", "x = IN_INIT; look(a, 0);", 0));
	g_assert_false(becomes("look(a, 0);", "look(a, 0); x = IN_INIT;", 0));
	g_assert_false(becomes("look(a, 0);", "{ IN_INIT } look(a, 0);", 0));
	/* It is the name of something else, or of another rule. */
	g_assert_false(becomes("look(a, 0);", "look(a, IN_INITS);", 0));
	g_assert_false(becomes("look(a, 0);", "look(a, \"IN_INIT\");", 0));
	g_assert_false(becomes("look(a, 0);", "look(a, /* IN_INIT */ 0);", 0));
	g_assert_false(becomes("look(a, 0);", "look(a, OTHER);", 0));
}

/* Once a bug: one converted lookup spoke for the others of its statement. */
static void test_two_in_statement(void)
{
	static const char before[] = "x = look(a, 0) || look(b, 0);";

	g_assert_true(becomes(before, "x = look(a, IN_INIT) || look(b, 0);",
			      0));
	g_assert_false(becomes(before, "x = look(a, IN_INIT) || look(b, 0);",
			       1));
	g_assert_false(becomes(before, "x = look(a, 0) || look(b, IN_INIT);",
			       0));
	g_assert_true(becomes(before, "x = look(a, 0) || look(b, IN_INIT);",
			      1));
	/* A lookup within another's arguments. */
	g_assert_false(becomes("look(look(b, 0), 0);",
			       "look(look(b, IN_INIT), 0);", 0));
	g_assert_true(becomes("look(look(b, 0), 0);",
			      "look(look(b, IN_INIT), 0);", 1));
}

/* Once a bug: a macro without ; was of one statement with its neighbours. */
static void test_macros(void)
{
	static const char before[] =
		"#define A look(a, 0)\n#define B look(b, 0)\n";

	g_assert_true(is_converted(before,
		"#define A look(a, IN_INIT)\n#define B look(b, 0)\n", "A", 0));
	g_assert_false(is_converted(before,
		"#define A look(a, IN_INIT)\n#define B look(b, 0)\n", "B", 0));
	g_assert_false(is_converted(before,
		"#define Z IN_INIT\n#define A look(a, 0)\n#define B look(b, 0)\n",
		"A", 0));
	g_assert_true(is_converted("#define A(x) do {\\\n look(x, 0);\\\n} while (0)",
		"#define A(x) do {\\\n look(x, IN_INIT);\\\n} while (0)", "A",
		0));
	/* A directive in the way says nothing of the statement. */
	g_assert_false(becomes("look(a, 0);",
			       "\n#define Z IN_INIT\n\tlook(a, 0);", 0));
}

static void test_positions(void)
{
	static const char text[] =
		"int f(void)\n{\n\tlook(a); look(b);\n\tget(c);\n}\n";
	struct source *source = source_new(text, strlen(text));
	GPtrArray *uses = g_ptr_array_new();
	struct use list[] = {
		{ .token = 6, .line = 3, .verdict = "kthread" },
		{ .token = 11, .line = 3, .verdict = "mixed" },
		{ .token = 16, .line = 4, .verdict = "any" },
		{ .token = NO_TOKEN, .verdict = "kthread" },
		{ .token = 6, .line = 3 },
	};
	char *positions = siteuse_positions(source, uses);

	g_assert_cmpstr(positions, ==, "");
	g_free(positions);
	for (size_t i = 0; i < G_N_ELEMENTS(list); i++)
		g_ptr_array_add(uses, &list[i]);
	positions = siteuse_positions(source, uses);
	g_assert_cmpstr(positions, ==,
			"3 look kthread\n3 look mixed\n4 get any\n");
	g_free(positions);
	g_ptr_array_unref(uses);
	source_free(source);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/siteuse/find", test_find);
	g_test_add_func("/siteuse/find-nothing", test_find_nothing);
	g_test_add_func("/siteuse/find-macro", test_find_macro);
	g_test_add_func("/siteuse/find-branches", test_find_branches);
	g_test_add_func("/siteuse/find-dead", test_find_dead);
	g_test_add_func("/siteuse/find-odd", test_find_odd);
	g_test_add_func("/siteuse/verdicts", test_verdicts);
	g_test_add_func("/siteuse/always", test_always);
	g_test_add_func("/siteuse/by-hand", test_by_hand);
	g_test_add_func("/siteuse/converted", test_converted);
	g_test_add_func("/siteuse/not-converted", test_not_converted);
	g_test_add_func("/siteuse/two-in-statement", test_two_in_statement);
	g_test_add_func("/siteuse/macros", test_macros);
	g_test_add_func("/siteuse/positions", test_positions);
	return g_test_run();
}
