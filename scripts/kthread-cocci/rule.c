// SPDX-License-Identifier: GPL-2.0-only
/* Reading the //% lines of the semantic patches; see rule.h. */
#include "rule.h"

#include <string.h>

void rule_free(gpointer data)
{
	struct rule *rule = data;

	g_ptr_array_unref(rule->names);
	g_ptr_array_unref(rule->words);
	g_ptr_array_unref(rule->wanted);
	g_free(rule->parameter);
	g_free(rule->literal);
	g_free(rule);
}

/* FUNCTION or FUNCTION(WORD); anything else would match nothing in silence. */
static bool add_name(struct rule *rule, const char *name)
{
	size_t length = strcspn(name, "()");
	const char *open = name + length;
	size_t word = *open ? strcspn(open + 1, "()") : 0;

	if (!length || (*open && (!word || strcmp(open + 1 + word, ")"))) ||
	    *open == ')')
		return false;
	g_ptr_array_add(rule->names, g_strndup(name, length));
	g_ptr_array_add(rule->words, *open ? g_strndup(open + 1, word) :
					     g_strdup(""));
	return true;
}

static bool add_names(struct rule *rule, char **words)
{
	for (; *words; words++)
		if (!add_name(rule, *words))
			return false;
	return true;
}

static bool read_number(const char *word, unsigned int *number)
{
	guint64 value;

	if (!g_ascii_string_to_unsigned(word, 10, 1, 64, &value, NULL))
		return false;
	*number = (unsigned int)value;
	return true;
}

/* NAME POSITION LITERAL FORMAT FUNCTION... */
static bool read_removed_argument(struct rule *rule, char **words, guint count)
{
	if (count < 5 || !read_number(words[1], &rule->position) ||
	    !read_number(words[3], &rule->format))
		return false;
	rule->parameter = g_strdup(words[0]);
	rule->literal = g_strdup(words[2]);
	return add_names(rule, words + 4);
}

/* NAME COUNT FUNCTION... */
static bool read_added_argument(struct rule *rule, char **words, guint count)
{
	if (count < 3 || !read_number(words[1], &rule->position))
		return false;
	rule->parameter = g_strdup(words[0]);
	return add_names(rule, words + 2);
}

/* STRUCT MEMBER */
static bool read_removed_member(struct rule *rule, char **words, guint count)
{
	if (count != 2)
		return false;
	rule->parameter = g_strdup(words[1]);
	return add_name(rule, words[0]);
}

/* NAME PLACE... */
static bool read_wanted(struct rule *rule, char **words, guint count)
{
	char **alternatives;
	bool good = true;

	if (count < 2)
		return false;
	alternatives = g_strsplit(words[0], "|", -1);
	for (char **name = alternatives; *name; name++) {
		good &= **name != '\0';
		g_ptr_array_add(rule->wanted, g_strdup(*name));
	}
	g_strfreev(alternatives);
	rule->parameter = g_strdup(words[0]);
	return add_names(rule, words + 1) && good;
}

/* NAME... */
static bool read_names(struct rule *rule, char **words, guint count)
{
	return count > 0 && add_names(rule, words);
}

static bool read_yes(struct rule *rule, char **words, guint count)
{
	(void)rule;
	return count == 1 && !strcmp(words[0], "yes");
}

/* NAME */
static bool read_dialect(struct rule *rule, char **words, guint count)
{
	rule->parameter = g_strdup(words[0]);
	return count == 1;
}

/* HEADER NAME... */
static bool read_include(struct rule *rule, char **words, guint count)
{
	if (count < 2)
		return false;
	rule->parameter = g_strdup(words[0]);
	return add_names(rule, words + 1);
}

/* BLOCK MACRO */
static bool read_macro_text(struct rule *rule, char **words, guint count)
{
	if (count != 2)
		return false;
	rule->parameter = g_strdup(words[0]);
	return add_name(rule, words[1]);
}

/* WORD... */
static bool read_text(struct rule *rule, char **words, guint count)
{
	rule->parameter = g_strjoinv(" ", words);
	return count > 0;
}

static const struct keyword {
	const char *keyword;
	enum rule_kind kind;
	bool (*read)(struct rule *rule, char **words, guint count);
} keywords[] = {
	{ "removed-argument", RULE_REMOVED_ARGUMENT, read_removed_argument },
	{ "removed-name", RULE_REMOVED_NAME, read_names },
	{ "removed-member", RULE_REMOVED_MEMBER, read_removed_member },
	{ "inside", RULE_INSIDE, read_wanted },
	{ "outside", RULE_OUTSIDE, read_wanted },
	{ "beside", RULE_BESIDE, read_wanted },
	{ "added-argument", RULE_ADDED_ARGUMENT, read_added_argument },
	{ "struct-argument", RULE_STRUCT_ARGUMENT, read_wanted },
	{ "macro-text", RULE_MACRO_TEXT, read_macro_text },
	{ "format", RULE_FORMAT, read_names },
	{ "needs", RULE_NEEDS, read_names },
	{ "unless", RULE_UNLESS, read_names },
	{ "sites", RULE_SITES, read_wanted },
	{ "sites-always", RULE_SITES_ALWAYS, read_names },
	{ "scope", RULE_SCOPE, read_names },
	{ "dialect", RULE_DIALECT, read_dialect },
	{ "include", RULE_INCLUDE, read_include },
	{ "optional", RULE_OPTIONAL, read_yes },
	{ "local", RULE_LOCAL, read_yes },
	{ "split", RULE_SPLIT, read_text },
};

static const struct keyword *find_keyword(const char *line, size_t length)
{
	for (size_t i = 0; i < G_N_ELEMENTS(keywords); i++)
		if (strlen(keywords[i].keyword) == length &&
		    !strncmp(line, keywords[i].keyword, length))
			return &keywords[i];
	return NULL;
}

/* Split at white space; several blanks in a row are one. */
static char **split_words(const char *text, guint *count)
{
	char **words = g_strsplit_set(text, " \t", -1);

	*count = 0;
	for (guint i = 0; words[i]; i++) {
		if (*words[i])
			words[(*count)++] = words[i];
		else
			g_free(words[i]);
	}
	words[*count] = NULL;
	return words;
}

struct rule *rule_read(const char *line)
{
	const char *colon = strchr(line, ':');
	const struct keyword *keyword =
		colon ? find_keyword(line, (size_t)(colon - line)) : NULL;
	struct rule *rule;
	char **words;
	guint count;

	if (!keyword)
		return NULL;
	rule = g_new0(struct rule, 1);
	rule->kind = keyword->kind;
	rule->names = g_ptr_array_new_with_free_func(g_free);
	rule->words = g_ptr_array_new_with_free_func(g_free);
	rule->wanted = g_ptr_array_new_with_free_func(g_free);
	words = split_words(colon + 1, &count);
	if (!keyword->read(rule, words, count)) {
		rule_free(rule);
		rule = NULL;
	}
	g_strfreev(words);
	return rule;
}

bool rule_adds(const struct rule *rule)
{
	switch (rule->kind) {
	case RULE_INSIDE:
	case RULE_BESIDE:
	case RULE_ADDED_ARGUMENT:
	case RULE_STRUCT_ARGUMENT:
	case RULE_MACRO_TEXT:
	case RULE_SITES:
	case RULE_SITES_ALWAYS:
		return true;
	case RULE_REMOVED_ARGUMENT:
	case RULE_REMOVED_NAME:
	case RULE_REMOVED_MEMBER:
	case RULE_OUTSIDE:
	case RULE_FORMAT:
	case RULE_SCOPE:
	case RULE_DIALECT:
	case RULE_INCLUDE:
	case RULE_NEEDS:
	case RULE_UNLESS:
	case RULE_OPTIONAL:
	case RULE_LOCAL:
	case RULE_SPLIT:
		break;
	}
	return false;
}
