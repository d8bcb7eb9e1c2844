// SPDX-License-Identifier: GPL-2.0-only
/* The commands that only look at a tree as a whole; see commands.h. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "context/edges.h"
#include "context/engine.h"
#include "context/report.h"
#include "context/site-list.h"
#include "message.h"
#include "options.h"

static void print_edges(const struct index *index)
{
	struct model *model = model_new(index);

	edges_print(model, stdout);
	model_free(model);
}

enum exit_status command_index(const struct globals *globals,
			       const struct command *command, int argc,
			       char **argv)
{
	struct index_options options = {
		.jobs = globals->jobs, .whole = true,
	};
	bool help = false, edges = false;
	const struct option_entry table[] = {
		{ "edges", 0, OPTION_TRUE, &edges, NULL,
		  "print every call by name: file, line, caller, callee" },
		{ "rebuild", 0, OPTION_TRUE, &options.rebuild, NULL,
		  "do not use the cache file, write it anew" },
		{ "no-cache", 0, OPTION_TRUE, &options.no_cache, NULL,
		  "neither read nor write the cache file" },
		{ "help", 'h', OPTION_TRUE, &help, NULL, "show this" },
		{ 0 },
	};
	char **names = command_parse(table, command, &help, argc, argv);
	struct findings *findings;
	enum exit_status status;
	struct index *index;
	struct tree *tree;

	if (!names)
		return STATUS_DONE;
	if (*names)
		die("index takes no argument, got '%s'", *names);
	findings = findings_new();
	tree = command_tree(globals, findings);
	index = index_open(tree, &options, findings);
	if (edges)
		print_edges(index);
	else
		say("%u files, %u names, %u places, %u functions and macros; %u files scanned",
		    index->file_count, index->name_count,
		    index->start[index->name_count],
		    index->first_region[index->file_count], index->scanned);
	finish_output();
	findings_print(findings, FINDING_FAILED, stderr);
	status = findings_status(findings);
	index_free(index);
	tree_free(tree);
	findings_free(findings);
	return status;
}

/* Words separated by commas, each one of @words: their numbers as bits. */
static unsigned int parse_list(const char *option, const char *list,
			       const char *const *words, size_t count)
{
	char **parts = g_strsplit(list, ",", -1);
	unsigned int bits = 0;

	for (char **part = parts; *part; part++) {
		size_t i = 0;

		while (i < count && strcmp(*part, words[i]))
			i++;
		if (i == count)
			die("--%s: there is no '%s' (try --help)", option,
			    *part);
		bits |= 1u << i;
	}
	g_strfreev(parts);
	return bits;
}

/* A single word of @words as its number. */
static unsigned int parse_word(const char *option, const char *word,
			       const char *const *words, size_t count)
{
	for (unsigned int i = 0; i < count; i++)
		if (!strcmp(word, words[i]))
			return i;
	die("--%s: there is no '%s' (try --help)", option, word);
}

/* The options of contexts. */
struct request {
	struct index_options index;
	struct report_options report;
	enum report_format format;
	enum strength limit;
};

/* Is this a file or a folder of the tree, or part of one? */
static bool is_path(const struct index *index, const char *name)
{
	size_t length = strlen(name);

	if (index_file(index, name) != UINT32_MAX)
		return true;
	for (uint32_t f = 0; f < index->file_count; f++)
		if (length && name[length - 1] == '/' &&
		    !strncmp(index->paths[f], name, length))
			return true;
	return false;
}

static bool is_function(const struct index *index, const char *name)
{
	struct places places = index_places(index, name_of(name));

	for (uint32_t i = 0; *name && i < places.count; i++)
		if (places.place[i].kind == REF_FUNCTION ||
		    places.place[i].kind == REF_MACRO)
			return true;
	return false;
}

/* What is asked for must be there, before anything is printed. */
static void check_names(const struct index *index, char **names)
{
	for (; *names; names++)
		if (!is_path(index, *names) && !is_function(index, *names))
			die("%s: neither a file nor a function of this tree",
			    *names);
}

static void print_report(const struct sites *sites,
			 const struct request *request)
{
	report_print(sites, &request->report, request->format, stdout);
	if (request->format == FORMAT_TEXT)
		for (char **name = request->report.only; *name; name++)
			if (!is_path(sites->model->index, *name))
				report_function(sites, *name,
						request->report.all_chains,
						stdout);
	finish_output();
}

GPtrArray *session_find_sites(void *context)
{
	struct session *session = context;
	struct index_options options = {
		.jobs = session->options.jobs,
		.no_cache = session->options.no_cache,
	};
	struct engine engine;
	GPtrArray *list;

	engine_open(&engine, session->tree, &options, session->findings);
	engine_judge(&engine, STRENGTH_TYPED);
	list = site_list_new(engine.sites);
	engine_close(&engine);
	return list;
}

static enum exit_status review(const struct globals *globals,
			       const struct request *request)
{
	struct findings *findings = findings_new();
	enum exit_status status;
	struct engine engine;
	struct tree *tree;

	tree = command_tree(globals, findings);
	engine_open(&engine, tree, &request->index, findings);
	check_names(engine.index, request->report.only);
	engine_judge(&engine, request->limit);
	print_report(engine.sites, request);
	findings_print(findings, FINDING_FAILED, stderr);
	status = findings_status(findings);
	engine_close(&engine);
	tree_free(tree);
	findings_free(findings);
	return status;
}

enum exit_status command_contexts(const struct globals *globals,
				  const struct command *command, int argc,
				  char **argv)
{
	struct request request = {
		.index.jobs = globals->jobs, .limit = STRENGTH_TYPED,
		.report.verdicts = (1u << VERDICTS) - 1,
	};
	const char *format = "text", *verdicts = NULL, *limit = "typed";
	bool help = false;
	const struct option_entry table[] = {
		{ "format", 0, OPTION_STRING, &format, "FORMAT",
		  REPORT_FORMATS_HELP },
		{ "verdict", 0, OPTION_STRING, &verdicts, "LIST",
		  "only sites of these: kthread,mixed,user,boot,safe,unreached" },
		{ "min-confidence", 0, OPTION_STRING, &limit, "LEVEL",
		  "believe chains of direct, typed or even name links (typed)" },
		{ "all-chains", 0, OPTION_TRUE, &request.report.all_chains,
		  NULL, "the best chain of every entry, not only of one" },
		{ "rebuild", 0, OPTION_TRUE, &request.index.rebuild, NULL,
		  "do not use the cache file, write it anew" },
		{ "no-cache", 0, OPTION_TRUE, &request.index.no_cache, NULL,
		  "neither read nor write the cache file" },
		{ "help", 'h', OPTION_TRUE, &help, NULL, "show this" },
		{ 0 },
	};

	request.report.only = command_parse(table, command, &help, argc, argv);
	if (!request.report.only)
		return STATUS_DONE;
	request.format = report_format_parse(format);
	if (request.format == FORMATS)
		die("--format: there is no '%s' (try --help)", format);
	request.limit = (enum strength)parse_word("min-confidence", limit,
						  strength_words, 3);
	if (verdicts && !*verdicts)
		die("--verdict: the list is empty (try --help)");
	if (verdicts)
		request.report.verdicts = parse_list("verdict", verdicts,
						     verdict_words, VERDICTS);
	return review(globals, &request);
}
