// SPDX-License-Identifier: GPL-2.0-only
/* The style of a header, read from one; see headerstyle.h. */
#include "headerstyle.h"

#include <string.h>

struct header_style {
	char separator;		/* - or _ */
	char *license;		/* the first line, or NULL */
	bool once;		/* #pragma once instead of a guard */
	char *before, *behind;	/* the guard around the file's name */
	char *end;		/* what follows #endif: "/\* GUARD *\/" as %s */
	char *indent;		/* between # and a nested directive */
	bool tab;		/* behind #define */
	bool crlf;
};

/* FILE_NAME_H of "file-name.h". */
static char *guard_word(const char *name)
{
	char *word = g_ascii_strup(name, -1);

	for (char *c = word; *c; c++)
		if (!g_ascii_isalnum(*c))
			*c = '_';
	return word;
}

/* The word behind "#KEYWORD ", or NULL. */
static char *directive_word(const char *line, const char *keyword)
{
	const char *at = line + strspn(line, " \t");

	if (*at++ != '#')
		return NULL;
	at += strspn(at, " \t");
	if (!g_str_has_prefix(at, keyword))
		return NULL;
	at += strlen(keyword);
	at += strspn(at, " \t");
	return g_strndup(at, strcspn(at, " \t\r\n/"));
}

static void read_guard(struct header_style *style, const char *name,
		       const char *guard)
{
	char *word = guard_word(name);
	const char *at = strstr(guard, word);

	if (at) {
		g_free(style->before);
		g_free(style->behind);
		style->before = g_strndup(guard, (gsize)(at - guard));
		style->behind = g_strdup(at + strlen(word));
	}
	g_free(word);
}

/* What stands behind the last #endif, with the guard's name as %s. */
static char *read_end(const char *line, const char *guard)
{
	const char *at = strstr(line, "endif");
	const char *name = at ? strstr(at, guard) : NULL;

	if (!name)
		return NULL;
	at += strlen("endif");
	return g_strdup_printf("%.*s%%s%s", (int)(name - at), at,
			       name + strlen(guard));
}

static void read_indent(struct header_style *style, const char *line,
			int depth)
{
	if (depth < 2 || style->indent || *line != '#')
		return;
	style->indent = g_strndup(line + 1, strspn(line + 1, " \t"));
}

static void read_lines(struct header_style *style, const char *name,
		       char **lines)
{
	char *guard = NULL;
	int depth = 0;

	for (char **line = lines; *line; line++) {
		char *word = directive_word(*line, "if");
		char *end = directive_word(*line, "endif");

		if (!guard && depth == 0)
			guard = directive_word(*line, "ifndef");
		style->once |= g_str_has_prefix(*line, "#pragma once");
		depth -= end != NULL;
		if (!word && !end && !strstr(*line, "else") &&
		    !strstr(*line, "elif"))
			read_indent(style, *line, depth + style->once);
		depth += word != NULL;
		if (end && guard) {
			g_free(style->end);
			style->end = read_end(*line, guard);
		}
		g_free(word);
		g_free(end);
	}
	if (guard)
		read_guard(style, name, guard);
	g_free(guard);
}

static void read_sample(struct header_style *style, const struct tree *tree,
			const char *path)
{
	GBytes *bytes = tree_read(tree, path);
	char *name = g_path_get_basename(path);
	char **lines;

	if (bytes) {
		const char *text = g_bytes_get_data(bytes, NULL);

		style->crlf = strstr(text, "\r\n");
		style->tab = strstr(text, "define\t");
		lines = g_strsplit(text, "\n", -1);
		for (char **line = lines; *line; line++)
			g_strchomp(*line);
		if (*lines && strstr(*lines, "SPDX-License-Identifier"))
			style->license = g_strdup(*lines);
		read_lines(style, name, lines);
		g_strfreev(lines);
		g_bytes_unref(bytes);
	}
	if (strchr(name, '_'))
		style->separator = '_';
	g_free(name);
}

/* Where the sample's name has one word only, the others tell. */
static char usual_separator(const struct tree *tree)
{
	unsigned int dashes = 0, lines = 0;

	for (guint i = 0; i < tree->files->len; i++) {
		const struct tree_file *file = tree->files->pdata[i];
		char *name = g_path_get_basename(file->path);

		dashes += strchr(name, '-') != NULL;
		lines += strchr(name, '_') != NULL;
		g_free(name);
	}
	return lines > dashes ? '_' : '-';
}

struct header_style *header_style_new(const struct tree *tree,
				      const char *path)
{
	struct header_style *style = g_new0(struct header_style, 1);

	style->separator = usual_separator(tree);
	style->before = g_strdup("_");
	style->behind = g_strdup("");
	if (path)
		read_sample(style, tree, path);
	return style;
}

void header_style_free(struct header_style *style)
{
	g_free(style->license);
	g_free(style->before);
	g_free(style->behind);
	g_free(style->end);
	g_free(style->indent);
	g_free(style);
}

char *header_style_join(const struct header_style *style,
			const char *const *words)
{
	GString *name = g_string_new(*words);

	while (*++words)
		g_string_append_printf(name, "%c%s", style->separator, *words);
	return g_string_free(name, FALSE);
}

/* The lines with the directives inside of others indented. */
static void append_body(const struct header_style *style, const char *text,
			GString *out)
{
	char **lines = g_strsplit(text, "\n", -1);
	int depth = 0;

	for (char **line = lines; *line; line++) {
		bool begins = g_str_has_prefix(*line, "#if");
		bool ends = g_str_has_prefix(*line, "#endif");
		const char *rest;

		if (!**line && !line[1])
			break;
		depth -= ends;
		if (**line == '#') {
			g_string_append_c(out, '#');
			for (int i = 0; style->indent && i < depth; i++)
				g_string_append(out, style->indent);
		}
		rest = *line + (**line == '#');
		if (style->tab && g_str_has_prefix(rest, "define ")) {
			g_string_append(out, "define\t");
			rest += strlen("define ");
		}
		g_string_append_printf(out, "%s\n", rest);
		depth += begins;
	}
	g_strfreev(lines);
}

GBytes *header_style_apply(const struct header_style *style, const char *name,
			   const char *text)
{
	char *word = guard_word(name);
	char *guard = g_strconcat(style->before, word, style->behind, NULL);
	GString *out = g_string_new(NULL);

	if (style->license)
		g_string_append_printf(out, "%s\n", style->license);
	if (style->once)
		g_string_append(out, "#pragma once\n\n");
	else
		g_string_append_printf(out, "#ifndef %s\n#define%c%s\n\n",
				       guard, style->tab ? '\t' : ' ', guard);
	append_body(style, text, out);
	if (!style->once) {
		char **parts = g_strsplit(style->end ? style->end : "", "%s", 2);

		g_string_append_printf(out, "\n#endif%s%s%s\n", parts[0] ? parts[0] : "",
				       parts[0] ? guard : "",
				       parts[0] && parts[1] ? parts[1] : "");
		g_strfreev(parts);
	}
	if (style->crlf)
		g_string_replace(out, "\n", "\r\n", 0);
	g_free(guard);
	g_free(word);
	return g_string_free_to_bytes(out);
}
