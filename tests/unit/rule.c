// SPDX-License-Identifier: GPL-2.0-only
/* One //% line: what each keyword takes, and what is refused. */
#include "rule.h"

#include "unit.h"

static void add_list(GString *text, const char *name, const GPtrArray *list)
{
	g_string_append_printf(text, " %s=", name);
	for (guint i = 0; i < list->len; i++)
		g_string_append_printf(text, "%s%s", i ? "," : "",
				       (char *)list->pdata[i]);
}

/* The rule as text: what is not set is not there. */
static char *rule_text(const char *line)
{
	struct rule *rule = rule_read(line);
	GString *text = g_string_new(NULL);

	if (!rule)
		return g_string_free(text, FALSE);
	g_string_append_printf(text, "%d", rule->kind);
	if (rule->parameter)
		g_string_append_printf(text, " parameter=%s", rule->parameter);
	if (rule->position)
		g_string_append_printf(text, " position=%u", rule->position);
	if (rule->format)
		g_string_append_printf(text, " format=%u", rule->format);
	if (rule->literal)
		g_string_append_printf(text, " literal=%s", rule->literal);
	if (rule->wanted->len)
		add_list(text, "wanted", rule->wanted);
	if (rule->names->len)
		add_list(text, "names", rule->names);
	g_assert_cmpuint(rule->names->len, ==, rule->words->len);
	for (guint i = 0; i < rule->words->len; i++)
		if (*(char *)rule->words->pdata[i])
			g_string_append_printf(text, " %u(%s)", i,
					       (char *)rule->words->pdata[i]);
	rule_free(rule);
	return g_string_free(text, FALSE);
}

/* @kind and what follows it. */
static void assert_rule(const char *line, enum rule_kind kind,
			const char *rest)
{
	char *text = rule_text(line);
	char *expected = g_strdup_printf("%d%s", kind, rest);

	g_assert_cmpstr(text, ==, expected);
	g_free(expected);
	g_free(text);
}

static void assert_bad(const char *line)
{
	char *text = rule_text(line);

	if (*text)
		g_test_fail_printf("'%s' is read as '%s'", line, text);
	g_free(text);
}

static void test_removed(void)
{
	assert_rule("removed-argument: flags 1 0 2 f g", RULE_REMOVED_ARGUMENT,
		    " parameter=flags position=1 format=2 literal=0 names=f,g");
	assert_rule("removed-argument: x 64 NULL 64 f", RULE_REMOVED_ARGUMENT,
		    " parameter=x position=64 format=64 literal=NULL names=f");
	assert_rule("removed-name: A", RULE_REMOVED_NAME, " names=A");
	assert_rule("removed-name: A B C", RULE_REMOVED_NAME, " names=A,B,C");
	assert_rule("removed-member: s m", RULE_REMOVED_MEMBER,
		    " parameter=m names=s");
}

static void test_wanted(void)
{
	assert_rule("inside: a f", RULE_INSIDE,
		    " parameter=a wanted=a names=f");
	assert_rule("inside: a|b f s", RULE_INSIDE,
		    " parameter=a|b wanted=a,b names=f,s");
	assert_rule("outside: a f(word) g", RULE_OUTSIDE,
		    " parameter=a wanted=a names=f,g 0(word)");
	assert_rule("beside: a|b|c f", RULE_BESIDE,
		    " parameter=a|b|c wanted=a,b,c names=f");
	assert_rule("struct-argument: M|N f", RULE_STRUCT_ARGUMENT,
		    " parameter=M|N wanted=M,N names=f");
	assert_rule("sites: A|b kern_path f", RULE_SITES,
		    " parameter=A|b wanted=A,b names=kern_path,f");
}

static void test_others(void)
{
	assert_rule("added-argument: flags 3 f g", RULE_ADDED_ARGUMENT,
		    " parameter=flags position=3 names=f,g");
	assert_rule("macro-text: block m", RULE_MACRO_TEXT,
		    " parameter=block names=m");
	assert_rule("format: f", RULE_FORMAT, " names=f");
	/* Alternatives of needs stay as they are written. */
	assert_rule("needs: a|b c", RULE_NEEDS, " names=a|b,c");
	assert_rule("needs: t(m)", RULE_NEEDS, " names=t 0(m)");
	assert_rule("unless: m", RULE_UNLESS, " names=m");
	assert_rule("sites-always: f", RULE_SITES_ALWAYS, " names=f");
	assert_rule("include: linux/a.h x y", RULE_INCLUDE,
		    " parameter=linux/a.h names=x,y");
	assert_rule("optional: yes", RULE_OPTIONAL, "");
}

static void test_words(void)
{
	assert_rule("inside: a f(w) g(x_1) h", RULE_INSIDE,
		    " parameter=a wanted=a names=f,g,h 0(w) 1(x_1)");
}

static void test_blanks(void)
{
	assert_rule("removed-name:A", RULE_REMOVED_NAME, " names=A");
	assert_rule("removed-name: \t A\t\tB  ", RULE_REMOVED_NAME,
		    " names=A,B");
	assert_rule("optional:\tyes\t", RULE_OPTIONAL, "");
}

static void test_bad_keyword(void)
{
	static const char *const bad[] = {
		"", ":", " ", ": A", "inside", "inside a f", "insid: a f",
		"insides: a f", "INSIDE: a f", " inside: a f", "inside : a f",
		"sites-alway: f", "site: a f", "removed: a", "::", "optional",
		"inside;: a f",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		assert_bad(bad[i]);
}

static void test_bad_count(void)
{
	static const char *const bad[] = {
		"removed-argument:", "removed-argument: a 1 0 1",
		"removed-name:", "removed-name: \t", "removed-member: s",
		"removed-member: s m n", "inside: a", "inside:", "outside: a",
		"beside: a", "added-argument: a 3", "added-argument:",
		"struct-argument: M", "macro-text: b", "macro-text: b m n",
		"format:", "needs:", "unless:", "sites: A", "sites-always:",
		"include: linux/a.h", "include:", "optional:", "optional: no",
		"optional: yes yes", "optional: Yes",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		assert_bad(bad[i]);
}

static void test_bad_number(void)
{
	static const char *const numbers[] = {
		"0", "65", "-1", "+1", "x", "1x", "0x1", "1.5", "99999999999",
		"99999999999999999999999999", "",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
		char *line = g_strdup_printf("added-argument: a %s f",
					     numbers[i]);

		assert_bad(line);
		g_free(line);
		line = g_strdup_printf("removed-argument: a %s 0 1 f",
				       numbers[i]);
		assert_bad(line);
		g_free(line);
		line = g_strdup_printf("removed-argument: a 1 0 %s f",
				       numbers[i]);
		assert_bad(line);
		g_free(line);
	}
}

/* Once read: a name that no token can be, which matches nothing in silence. */
static void test_bad_names(void)
{
	static const char *const bad[] = {
		"inside: | f", "inside: a| f", "inside: |a f",
		"inside: a||b f", "sites: | f", "inside: a (w)",
		"inside: a f(", "inside: a f(w", "inside: a f()",
		"inside: a f(w)x", "inside: a f(w)(x)", "inside: a f)",
		"removed-name: (", "format: f(",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		assert_bad(bad[i]);
}

static void test_long(void)
{
	GString *line = g_string_new("removed-name:");
	struct rule *rule;

	for (unsigned int i = 0; i < 5000; i++)
		g_string_append_printf(line, " name_%u", i);
	rule = rule_read(line->str);
	g_assert_nonnull(rule);
	if (rule) {
		g_assert_cmpuint(rule->names->len, ==, 5000);
		g_assert_cmpstr(rule->names->pdata[4999], ==, "name_4999");
		rule_free(rule);
	}
	g_string_free(line, TRUE);
}

static void test_adds(void)
{
	static const struct {
		const char *line;
		bool adds;
	} lines[] = {
		{ "removed-argument: flags 1 0 1 f", false },
		{ "removed-name: A", false }, { "removed-member: s m", false },
		{ "inside: a f", true }, { "outside: a f", false },
		{ "beside: a f", true }, { "added-argument: a 1 f", true },
		{ "struct-argument: M f", true }, { "macro-text: b m", true },
		{ "format: f", false }, { "needs: a", false },
		{ "unless: a", false }, { "sites: A f", true },
		{ "sites-always: f", true }, { "include: a.h x", false },
		{ "optional: yes", false },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		struct rule *rule = rule_read(lines[i].line);

		g_test_message("%s", lines[i].line);
		g_assert_nonnull(rule);
		if (!rule)
			continue;
		g_assert_cmpint(rule_adds(rule), ==, lines[i].adds);
		rule_free(rule);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/rule/removed", test_removed);
	g_test_add_func("/rule/wanted", test_wanted);
	g_test_add_func("/rule/others", test_others);
	g_test_add_func("/rule/words", test_words);
	g_test_add_func("/rule/blanks", test_blanks);
	g_test_add_func("/rule/bad-keyword", test_bad_keyword);
	g_test_add_func("/rule/bad-count", test_bad_count);
	g_test_add_func("/rule/bad-number", test_bad_number);
	g_test_add_func("/rule/bad-names", test_bad_names);
	g_test_add_func("/rule/long", test_long);
	g_test_add_func("/rule/adds", test_adds);
	return g_test_run();
}
