// SPDX-License-Identifier: GPL-2.0-only
/* Adding #include lines; see includes.h. */
#include "includes.h"

#include <limits.h>
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

/* An #include, and the conditionals around it. */
struct include {
	uint32_t token;		/* its # */
	unsigned int depth;	/* without a header's guard */
};

/* Does token @i begin a # line? */
static bool is_directive(const struct source *source, uint32_t i)
{
	const struct token *token = &source->lexed.tokens[i];
	size_t start = text_line_start(source->lexed.text, token->offset);

	return token->flags & TOKEN_DIRECTIVE && token->flags & TOKEN_FIRST &&
	       token_is(&source->lexed, i, "#") &&
	       (start < 2 || source->lexed.text[start - 2] != '\\');
}

/* Does the file begin with "#ifndef NAME" and "#define NAME"? */
static bool has_guard(const struct source *source)
{
	const struct lexed *lexed = &source->lexed;
	char *name;
	bool guard;

	if (!token_is(lexed, 1, "ifndef") || !token_is(lexed, 3, "#") ||
	    !token_is(lexed, 4, "define"))
		return false;
	name = token_text(lexed, 2);
	guard = token_is(lexed, 5, name);
	g_free(name);
	return guard;
}

static GArray *find_includes(const struct source *source)
{
	const struct lexed *lexed = &source->lexed;
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct include));
	struct include include = { 0 };

	for (uint32_t i = 0; i < lexed->count; i++) {
		if (!is_directive(source, i))
			continue;
		include.token = i;
		if (token_is(lexed, i + 1, "include") &&
		    !(lexed->tokens[i].flags & TOKEN_DEAD))
			g_array_append_val(list, include);
		else if (token_is(lexed, i + 1, "if") ||
			 token_is(lexed, i + 1, "ifdef") ||
			 token_is(lexed, i + 1, "ifndef"))
			include.depth += i || !has_guard(source);
		else if (token_is(lexed, i + 1, "endif") && include.depth)
			include.depth--;
	}
	return list;
}

/* Is it an #include of @header, however it is written? */
static bool names_header(const struct source *source, uint32_t i,
			 const char *header)
{
	const struct lexed *lexed = &source->lexed;
	size_t length = strlen(header), at;
	char open, close;

	if (i + 2 >= lexed->count)
		return false;
	at = lexed->tokens[i + 2].offset;
	if (lexed->length - at < length + 2)
		return false;
	open = lexed->text[at];
	close = lexed->text[at + 1 + length];
	return (open == '<' || open == '"') &&
	       close == (open == '<' ? '>' : '"') &&
	       !strncmp(lexed->text + at + 1, header, length);
}

/* A line of the <linux/> block that nothing else has a part in. */
static bool is_plain(const struct source *source, struct line line)
{
	const struct lexed *lexed = &source->lexed;
	size_t end = line.offset + line.length;

	for (size_t i = 0; i < lexed->comment_count; i++)
		if (lexed->comments[i].offset < end &&
		    lexed->comments[i].offset + lexed->comments[i].length > end)
			return false;
	return text_line_start(lexed->text, line.offset) == line.offset &&
	       line.length > strlen(LINUX) &&
	       !strncmp(lexed->text + line.offset, LINUX, strlen(LINUX)) &&
	       memchr(lexed->text + line.offset, '>', line.length);
}

/*
 * Where the line @wanted goes: in front of the first greater line of the first
 * sorted run of <linux/> lines, or behind the last line of that run.  Returns
 * SIZE_MAX where the file has no such line.  Lines with more than @depth
 * conditionals around them do not count.
 */
static size_t find_place(const struct source *source, const GArray *includes,
			 unsigned int depth, const char *wanted)
{
	const char *text = source->lexed.text;
	size_t place = SIZE_MAX, behind = SIZE_MAX;
	bool sorted = true;
	struct line last = { 0 };

	for (guint i = 0; i < includes->len; i++) {
		const struct include *include =
			&g_array_index(includes, struct include, i);
		struct line line = line_at(source,
			source->lexed.tokens[include->token].offset);

		if (include->depth > depth || !is_plain(source, line))
			continue;
		if (behind != SIZE_MAX) {
			char *before;

			if (line.offset != behind)
				break;
			before = g_strndup(text + last.offset, last.length);
			sorted &= compare_lines(text, line, before) >= 0;
			g_free(before);
		}
		if (place == SIZE_MAX && compare_lines(text, line, wanted) > 0)
			place = line.offset;
		behind = MIN(line.offset + line.length + 1,
			     source->lexed.length);
		last = line;
	}
	return sorted && place != SIZE_MAX ? place : behind;
}

/* Has the file the header, in a place with no more than @depth conditionals? */
static bool has_header(const struct source *source, const GArray *includes,
		       unsigned int depth, const char *header)
{
	for (guint i = 0; i < includes->len; i++) {
		const struct include *include =
			&g_array_index(includes, struct include, i);

		if (include->depth <= depth &&
		    names_header(source, include->token, header))
			return true;
	}
	return false;
}

/*
 * Where every configuration sees the line; only where there is no such place,
 * among lines that are conditional themselves.
 */
static void add_header(const struct source *source, const char *header,
		       struct edits *edits)
{
	const struct lexed *lexed = &source->lexed;
	GArray *includes = find_includes(source);
	char *line = g_strdup_printf("#include <%s>", header);
	unsigned int depth = 0;
	size_t place = find_place(source, includes, depth, line);

	if (place == SIZE_MAX) {
		depth = UINT_MAX;
		place = find_place(source, includes, depth, line);
	}
	if (place != SIZE_MAX &&
	    !has_header(source, includes, depth, header)) {
		bool open = place == lexed->length &&
			    lexed->text[place - 1] != '\n';
		char *text = g_strdup_printf("%s%s\n", open ? "\n" : "", line);

		edits_replace(edits, place, 0, text);
		g_free(text);
	}
	g_free(line);
	g_array_unref(includes);
}

static bool is_needed(const struct rule *rule, const struct source *source,
		      const struct alignment *map)
{
	return rule->kind == RULE_INCLUDE && is_header(rule->parameter) &&
	       names_new(rule, source, map);
}

void includes_add(const struct step *step, const struct source *source,
		  const struct alignment *map, struct edits *edits)
{
	for (guint r = 0; r < step->rules->len; r++) {
		const struct rule *rule = step->rules->pdata[r];
		bool done = false;

		if (!is_needed(rule, source, map))
			continue;
		/* Another rule may have asked for the same header. */
		for (guint k = 0; k < r && !done; k++) {
			const struct rule *other = step->rules->pdata[k];

			done = is_needed(other, source, map) &&
			       !strcmp(other->parameter, rule->parameter);
		}
		if (!done)
			add_header(source, rule->parameter, edits);
	}
}

/* Does a comment begin in the line and go on in the next? */
static bool is_open(const struct source *source, struct line line)
{
	const struct lexed *lexed = &source->lexed;
	size_t end = line.offset + line.length;

	for (size_t i = 0; i < lexed->comment_count; i++)
		if (lexed->comments[i].offset < end &&
		    lexed->comments[i].offset + lexed->comments[i].length > end)
			return true;
	return false;
}

/* The line's part up to the last slash of the file name is that of @wanted. */
static bool is_neighbour(const struct source *source, struct line line,
			 const char *wanted)
{
	const char *text = source->lexed.text + line.offset;
	const char *slash = strrchr(wanted, '/');
	size_t length = slash ? (size_t)(slash - wanted) + 1 :
				strcspn(wanted, "<\"") + 1;

	return line.length > length && !strncmp(text, wanted, length) &&
	       !memchr(text + length, '/', line.length - length);
}

/* Where the line goes among those of its folder, else behind all others. */
static size_t find_own_place(const struct source *source,
			     const GArray *includes, const char *wanted,
			     bool *is_alone)
{
	size_t behind = SIZE_MAX, last = SIZE_MAX;

	for (guint i = 0; i < includes->len; i++) {
		const struct include *include =
			&g_array_index(includes, struct include, i);
		struct line line = line_at(source,
			source->lexed.tokens[include->token].offset);

		if (include->depth || is_open(source, line))
			continue;
		last = MIN(line.offset + line.length + 1,
			   source->lexed.length);
		if (!is_neighbour(source, line, wanted))
			continue;
		if (compare_lines(source->lexed.text, line, wanted) > 0)
			return line.offset;
		behind = last;
	}
	*is_alone = behind == SIZE_MAX;
	return *is_alone ? last : behind;
}

/* The first line of code, for a file without an #include. */
static size_t first_line(const struct source *source)
{
	return source->lexed.count ?
	       text_line_start(source->lexed.text,
			       source->lexed.tokens[0].offset) : 0;
}

void includes_add_line(const struct source *source, const char *what,
		       struct edits *edits)
{
	GArray *includes = find_includes(source);
	char *wanted = g_strdup_printf("#include %s", what);
	char *header = g_strndup(what + 1, strlen(what) - 2);
	bool is_alone = false;
	size_t place = find_own_place(source, includes, wanted, &is_alone);
	bool none = place == SIZE_MAX;
	char *text;

	if (none)
		place = first_line(source);
	if (!has_header(source, includes, 0, header)) {
		bool open = place && source->lexed.text[place - 1] != '\n';

		text = g_strdup_printf("%s%s%s\n%s", open ? "\n" : "",
				       is_alone && !none ? "\n" : "", wanted,
				       none ? "\n" : "");
		edits_replace(edits, place, 0, text);
		g_free(text);
	}
	g_free(header);
	g_free(wanted);
	g_array_unref(includes);
}
