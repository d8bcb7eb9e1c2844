// SPDX-License-Identifier: GPL-2.0-only
/*
 * Graphs drawn by graphviz; see report-graph.h.
 *
 * dot reads many graphs from one file and writes as many pictures, so it is
 * started once.  What it writes is taken apart as text: it is simple, always of
 * the same form, and a third as long without what the page's style sheet says
 * for all pictures.
 */
#include <errno.h>
#include <string.h>
#include <sys/wait.h>

#include "context/report-graph.h"
#include "message.h"
#include "process.h"
#include "scratch.h"

/* Seconds; 7.2's three hundred graphs take one or two. */
#define TIME_LIMIT 600

static void run_dot(const char *input, const char *output, const char *errors)
{
	char *path = process_path();
	char *folder = scratch_folder("graphviz");
	/* Where it may keep its list of fonts. */
	char *home = g_strdup_printf("HOME=%s", folder);
	const char *const argv[] = { "dot", "-Tsvg", input, NULL };
	const char *const environment[] = { path, home, "LC_ALL=C", NULL };
	struct process process = {
		.argv = argv, .environment = environment, .output = output,
		.errors = errors, .limit = TIME_LIMIT,
	};
	struct process_result result = process_run(&process);
	char *said = NULL;

	if (result.error == ENOENT)
		die("the pictures of the page are drawn by dot, which is not there: install the package graphviz");
	if (result.error)
		die("cannot run dot: %s", g_strerror(result.error));
	if (result.timed_out)
		die("dot took more than %d seconds", TIME_LIMIT);
	if (!WIFEXITED(result.status) || WEXITSTATUS(result.status)) {
		g_file_get_contents(errors, &said, NULL, NULL);
		if (said && strchr(said, '\n'))
			*strchr(said, '\n') = '\0';
		die("dot failed: %s", said ? said : "");
	}
	g_free(home);
	g_free(folder);
	g_free(path);
}

/* Is it an attribute that the page's style sheet stands for? */
static bool is_dropped(const char *name, size_t length)
{
	static const char *const dropped[] = {
		"id", "fill", "stroke", "font-family", "font-size",
		"stroke-width", "xmlns", "xmlns:xlink",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(dropped); i++)
		if (strlen(dropped[i]) == length &&
		    !strncmp(dropped[i], name, length))
			return true;
	return false;
}

/* Copy a tag without what is dropped; returns what stands behind it. */
static const char *copy_tag(GString *out, const char *text)
{
	size_t length = strcspn(text, " \t\n>");

	g_string_append_len(out, text, (gssize)length);
	text += length;
	while (*text && *text != '>') {
		const char *name = text + strspn(text, " \t\n");
		const char *value = name + strcspn(name, "=>");
		const char *end = NULL;

		if (*value == '=' && value[1] == '"')
			end = strchr(value + 2, '"');
		if (!end) {
			/* "/" in front of the end. */
			length = strcspn(name, ">");
			g_string_append_len(out, name, (gssize)length);
			text = name + length;
			break;
		}
		if (!is_dropped(name, (size_t)(value - name))) {
			g_string_append_c(out, ' ');
			g_string_append_len(out, name, end + 1 - name);
		}
		text = end + 1;
	}
	if (*text)
		g_string_append_c(out, *text++);
	return text;
}

/*
 * The title of a node says where the function is, and browsers show it; those of
 * the graph and its edges say nothing new.
 */
static bool is_node_title(const char *title, const char *end)
{
	return g_strstr_len(title, end - title, " at ") &&
	       !g_strstr_len(title, end - title, "&gt;");
}

/* An <svg> element as dot wrote it, @length bytes, for the page. */
static char *clean_svg(const char *svg, size_t length)
{
	char *text = g_strndup(svg, length);
	GString *out = g_string_new(NULL);
	const char *end;

	for (const char *at = text; *at;) {
		if (g_str_has_prefix(at, "<!--") && (end = strstr(at, "-->")))
			at = end + 3;
		else if (g_str_has_prefix(at, "<title>") &&
			 (end = strstr(at, "</title>")) &&
			 !is_node_title(at, end))
			at = end + 8;
		else if ((g_str_has_prefix(at, "<a ") ||
			  g_str_has_prefix(at, "</a>")) &&
			 (end = strchr(at, '>')))
			at = end + 1;
		else if (*at == '<')
			at = copy_tag(out, at);
		else if (*at == '\n')
			at++;
		else
			g_string_append_c(out, *at++);
	}
	g_free(text);
	return g_string_free(out, FALSE);
}

static GPtrArray *split(const char *text)
{
	GPtrArray *pictures = g_ptr_array_new_with_free_func(g_free);
	const char *start, *end;

	while ((start = strstr(text, "<svg ")) &&
	       (end = strstr(start, "</svg>"))) {
		end += strlen("</svg>");
		g_ptr_array_add(pictures, clean_svg(start,
						    (size_t)(end - start)));
		text = end;
	}
	return pictures;
}

GPtrArray *pictures_draw(const GPtrArray *graphs)
{
	GString *text = g_string_new(NULL);
	char *input = scratch_path("graphs.dot");
	char *output = scratch_path("graphs.svg");
	char *errors = scratch_path("graphs.errors");
	GPtrArray *pictures;
	char *drawn = NULL;

	for (guint i = 0; i < graphs->len; i++)
		g_string_append(text, graphs->pdata[i]);
	if (!g_file_set_contents(input, text->str, (gssize)text->len, NULL))
		die("cannot write to the scratch folder");
	run_dot(input, output, errors);
	if (!g_file_get_contents(output, &drawn, NULL, NULL))
		die("cannot read what dot wrote");
	pictures = split(drawn);
	if (pictures->len != graphs->len)
		die("dot drew %u of %u graphs", pictures->len, graphs->len);
	g_free(drawn);
	g_free(errors);
	g_free(output);
	g_free(input);
	g_string_free(text, TRUE);
	return pictures;
}
