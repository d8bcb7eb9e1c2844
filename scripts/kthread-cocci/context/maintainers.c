// SPDX-License-Identifier: GPL-2.0-only
/* Reading MAINTAINERS; see maintainers.h. */
#include "context/maintainers.h"

#include <fnmatch.h>
#include <string.h>

/* A pattern of F: or X:.  A slash at its end means all that is below. */
struct pattern {
	char *text;
	size_t length;
	size_t plain;			/* bytes in front of the first wildcard */
	unsigned int depth;		/* folders and file that it names */
};

struct section {
	char *title;
	GArray *files;			/* struct pattern */
	GArray *excluded;		/* the same */
	GPtrArray *names;		/* GRegex of N: */
};

struct maintainers {
	GPtrArray *sections;
};

static void regex_free(gpointer data)
{
	g_regex_unref(data);
}

static void pattern_clear(gpointer data)
{
	g_free(((struct pattern *)data)->text);
}

static GArray *patterns_new(void)
{
	GArray *patterns = g_array_new(FALSE, FALSE, sizeof(struct pattern));

	g_array_set_clear_func(patterns, pattern_clear);
	return patterns;
}

static void add_pattern(GArray *patterns, char *text)
{
	struct pattern pattern = {
		.text = text,
		.length = strlen(text),
		.plain = strcspn(text, "*?["),
		.depth = 1,
	};

	for (const char *at = text; *at; at++)
		pattern.depth += *at == '/' && at[1];
	g_array_append_val(patterns, pattern);
}

static void section_free(gpointer data)
{
	struct section *section = data;

	g_free(section->title);
	g_array_unref(section->files);
	g_array_unref(section->excluded);
	g_ptr_array_unref(section->names);
	g_free(section);
}

static struct section *section_new(const char *title)
{
	struct section *section = g_new0(struct section, 1);

	section->title = g_strstrip(g_strdup(title));
	section->files = patterns_new();
	section->excluded = patterns_new();
	section->names = g_ptr_array_new_with_free_func(regex_free);
	return section;
}

static void add_line(struct section *section, char kind, const char *text)
{
	char *value = g_strstrip(g_strdup(text));
	GRegex *regex;

	if (kind == 'F') {
		add_pattern(section->files, value);
		return;
	}
	if (kind == 'X') {
		add_pattern(section->excluded, value);
		return;
	}
	regex = kind == 'N' ? g_regex_new(value, 0, 0, NULL) : NULL;
	if (regex)
		g_ptr_array_add(section->names, regex);
	g_free(value);
}

struct maintainers *maintainers_new(const struct tree *tree)
{
	struct maintainers *maintainers = g_new0(struct maintainers, 1);
	GBytes *bytes = tree_read(tree, "MAINTAINERS");
	struct section *section = NULL;
	const char *title = NULL;
	char **lines;

	maintainers->sections = g_ptr_array_new_with_free_func(section_free);
	if (!bytes)
		return maintainers;
	lines = g_strsplit(g_bytes_get_data(bytes, NULL), "\n", -1);
	/* A section's title is the line in front of its first "X:" line. */
	for (guint i = 0; lines[i]; i++) {
		char *line = lines[i];

		if (g_ascii_isupper(line[0]) && line[1] == ':' &&
		    (line[2] == '\t' || line[2] == ' ')) {
			if (!section && title) {
				section = section_new(title);
				g_ptr_array_add(maintainers->sections,
						section);
			}
			if (section)
				add_line(section, line[0], line + 2);
		} else {
			section = NULL;
			title = *line && !g_ascii_isspace(*line) ? line : NULL;
		}
	}
	g_strfreev(lines);
	g_bytes_unref(bytes);
	return maintainers;
}

void maintainers_free(struct maintainers *maintainers)
{
	g_ptr_array_unref(maintainers->sections);
	g_free(maintainers);
}

static bool matches(const struct pattern *pattern, const char *path)
{
	const char *text = pattern->text;
	size_t length = pattern->length;

	if (!length || strncmp(text, path, pattern->plain))
		return false;
	if (pattern->plain == length)
		return text[length - 1] == '/' || !path[length] ||
		       path[length] == '/';
	/* A folder by a pattern: all below it as well. */
	return !fnmatch(text, path, FNM_PATHNAME |
			(text[length - 1] == '/' ? FNM_LEADING_DIR : 0));
}

/* The depth of the deepest one that matches, or 0. */
static unsigned int deepest(const GArray *patterns, const char *path)
{
	unsigned int best = 0;

	for (guint i = 0; i < patterns->len; i++) {
		const struct pattern *pattern =
			&g_array_index(patterns, struct pattern, i);

		if (matches(pattern, path))
			best = MAX(best, pattern->depth);
	}
	return best;
}

static unsigned int score(const struct section *section, const char *path)
{
	unsigned int best;

	if (deepest(section->excluded, path))
		return 0;
	best = deepest(section->files, path);
	if (best)
		return 1 + best;
	for (guint i = 0; i < section->names->len; i++)
		if (g_regex_match(section->names->pdata[i], path, 0, NULL))
			return 1;
	return 0;
}
const char *maintainers_subsystem(const struct maintainers *maintainers,
				  const char *path)
{
	const char *title = "THE REST";
	unsigned int best = 0;

	for (guint i = 0; i < maintainers->sections->len; i++) {
		const struct section *section =
			maintainers->sections->pdata[i];
		unsigned int now = score(section, path);

		if (now > best && strcmp(section->title, "THE REST")) {
			best = now;
			title = section->title;
		}
	}
	return title;
}
