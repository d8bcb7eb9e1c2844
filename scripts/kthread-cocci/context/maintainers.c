// SPDX-License-Identifier: GPL-2.0-only
/* Reading MAINTAINERS; see maintainers.h. */
#include "context/maintainers.h"

#include <fnmatch.h>
#include <string.h>

struct section {
	char *title;
	GPtrArray *files;		/* patterns of F: */
	GPtrArray *excluded;		/* of X: */
	GPtrArray *names;		/* GRegex of N: */
};

struct maintainers {
	GPtrArray *sections;
};

static void regex_free(gpointer data)
{
	g_regex_unref(data);
}

static void section_free(gpointer data)
{
	struct section *section = data;

	g_free(section->title);
	g_ptr_array_unref(section->files);
	g_ptr_array_unref(section->excluded);
	g_ptr_array_unref(section->names);
	g_free(section);
}

static struct section *section_new(const char *title)
{
	struct section *section = g_new0(struct section, 1);

	section->title = g_strstrip(g_strdup(title));
	section->files = g_ptr_array_new_with_free_func(g_free);
	section->excluded = g_ptr_array_new_with_free_func(g_free);
	section->names = g_ptr_array_new_with_free_func(regex_free);
	return section;
}

static void add_line(struct section *section, char kind, const char *text)
{
	char *value = g_strstrip(g_strdup(text));
	GRegex *regex;

	if (kind == 'F') {
		g_ptr_array_add(section->files, value);
		return;
	}
	if (kind == 'X') {
		g_ptr_array_add(section->excluded, value);
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

static unsigned int depth_of(const char *pattern)
{
	unsigned int depth = 1;

	for (; *pattern; pattern++)
		depth += *pattern == '/' && pattern[1];
	return depth;
}

/* A trailing slash means all below it; other patterns are globs. */
static bool matches(const char *pattern, const char *path)
{
	size_t length = strlen(pattern);

	if (!length)
		return false;
	if (pattern[length - 1] == '/') {
		if (!strpbrk(pattern, "*?["))
			return !strncmp(pattern, path, length);
		/* A folder by a pattern: all below it as well. */
		return !fnmatch(pattern, path, FNM_PATHNAME | FNM_LEADING_DIR);
	}
	if (!strpbrk(pattern, "*?["))
		return !strcmp(pattern, path) ||
		       (!strncmp(pattern, path, length) &&
			path[length] == '/');
	return !fnmatch(pattern, path, FNM_PATHNAME);
}

static unsigned int score(const struct section *section, const char *path)
{
	unsigned int best = 0;

	for (guint i = 0; i < section->excluded->len; i++)
		if (matches(section->excluded->pdata[i], path))
			return 0;
	for (guint i = 0; i < section->files->len; i++)
		if (matches(section->files->pdata[i], path))
			best = MAX(best, 1 + depth_of(section->files->pdata[i]));
	for (guint i = 0; !best && i < section->names->len; i++)
		if (g_regex_match(section->names->pdata[i], path, 0, NULL))
			best = 1;
	return best;
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
