// SPDX-License-Identifier: GPL-2.0-only
/* Adding #include lines; see includes.h. */
#include "includes.h"

#include <string.h>

#define LINUX "#include <linux/"

static bool names_new(const struct rule *rule, const struct source *source,
		      const struct alignment *map)
{
	for (uint32_t i = 0; i < source->lexed.count; i++)
		if (map->to_old[i] == NO_TOKEN &&
		    source_is_one_of(source, rule->names, i))
			return true;
	return false;
}

static bool is_header(const char *path)
{
	return g_str_has_suffix(path, ".h");
}

/* The lines of a text, each with its length. */
struct line {
	size_t offset;
	size_t length;		/* without the line break */
};

static bool starts_with(const char *text, struct line line, const char *prefix)
{
	return line.length >= strlen(prefix) &&
	       !strncmp(text + line.offset, prefix, strlen(prefix));
}

static struct line line_at(const struct source *source, size_t offset)
{
	size_t end = text_line_end(source->lexed.text, source->lexed.length,
				   offset);

	return (struct line){ offset, end - offset };
}

static int compare_lines(const char *text, struct line a, const char *wanted)
{
	size_t length = MIN(a.length, strlen(wanted));
	int order = strncmp(text + a.offset, wanted, length);

	return order ? order : (a.length > strlen(wanted)) -
			       (a.length < strlen(wanted));
}

/*
 * Where the line @wanted goes: in front of the first greater line of the first
 * sorted run of <linux/> lines, or behind the last line of that run.  Returns
 * SIZE_MAX where the file has no such line.
 */
static size_t find_place(const struct source *source, const char *wanted,
			 bool *present)
{
	const char *text = source->lexed.text;
	size_t place = SIZE_MAX, behind = SIZE_MAX;
	bool sorted = true, over = false;
	struct line last = { 0 };

	*present = false;
	for (size_t at = 0; at < source->lexed.length;) {
		struct line line = line_at(source, at);

		at = line.offset + line.length + 1;
		if (!starts_with(text, line, LINUX)) {
			over |= behind != SIZE_MAX;
			continue;
		}
		if (!compare_lines(text, line, wanted))
			*present = true;
		if (over)
			continue;
		if (behind != SIZE_MAX) {
			char *before = g_strndup(text + last.offset,
						 last.length);

			sorted &= compare_lines(text, line, before) >= 0;
			g_free(before);
		}
		if (place == SIZE_MAX && compare_lines(text, line, wanted) > 0)
			place = line.offset;
		behind = MIN(at, source->lexed.length);
		last = line;
	}
	return sorted && place != SIZE_MAX ? place : behind;
}

void includes_add(const struct step *step, const struct source *source,
		  const struct alignment *map, struct edits *edits)
{
	for (guint r = 0; r < step->rules->len; r++) {
		const struct rule *rule = step->rules->pdata[r];
		char *line;
		bool present;
		size_t place;

		if (rule->kind != RULE_INCLUDE ||
		    !is_header(rule->parameter) ||
		    !names_new(rule, source, map))
			continue;
		line = g_strdup_printf("#include <%s>", rule->parameter);
		place = find_place(source, line, &present);
		if (!present && place != SIZE_MAX) {
			char *text = g_strdup_printf("%s\n", line);

			edits_replace(edits, place, 0, text);
			g_free(text);
		}
		g_free(line);
	}
}
