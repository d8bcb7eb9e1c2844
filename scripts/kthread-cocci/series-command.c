// SPDX-License-Identifier: GPL-2.0-only
/* The command series: the steps as commits, mails or a quilt series. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "context/engine.h"
#include "context/site-list.h"
#include "message.h"
#include "options.h"
#include "process.h"
#include "series/commit-message.h"
#include "series/cover.h"
#include "series/mails.h"
#include "series/patch.h"
#include "series/repository.h"
#include "series/subsystem.h"
#include "series/tracking.h"
#include "spatch.h"

struct request {
	const char *folder;		/* -o */
	const char *branch;		/* --branch */
	const char *split;
	const char *compare_to;
	const char *change_id;
	const char *cover;		/* a file */
	const char *dialect;
	unsigned int version;		/* 0: not given */
	bool dry_run;
	bool cc;
	bool no_cache;
};

/* One run of the command. */
struct series {
	const struct request *request;
	char *command;			/* as it was typed */
	struct session session;
	struct repository *repository;
	struct subsystems *subsystems;
	GPtrArray *patches;		/* struct patch */
	struct engine engine;
	bool has_engine;
	char *spatch;			/* its version */
	char *rules;			/* folder of the semantic patches */
	char *old;			/* the commit to compare with, or NULL */
	struct tracking tracking;
	char *cover;
};

static bool is_split(const struct request *request)
{
	return strcmp(request->split, "none");
}

/* The sites for the steps; the engine stays, the letter tells of it. */
static GPtrArray *find_sites(void *context)
{
	struct series *series = context;
	struct index_options options = {
		.jobs = series->session.options.jobs,
		.no_cache = series->request->no_cache,
	};

	engine_open(&series->engine, series->session.tree, &options,
		    series->session.findings);
	engine_judge(&series->engine, STRENGTH_TYPED);
	series->has_engine = true;
	return site_list_new(series->engine.sites);
}

/* What the user asks for must be possible, before any work is done. */
static void check_request(struct series *series)
{
	const struct request *request = series->request;

	if (request->branch)
		repository_check_branch(series->repository, request->branch);
	if (!request->compare_to)
		return;
	if (!series->repository->is_git)
		die("%s is no git tree: there is nothing to compare with",
		    series->session.tree->root);
	series->old = repository_commit(series->repository,
					request->compare_to);
	if (!series->old)
		die("--compare-to: there is no commit '%s'",
		    request->compare_to);
}

static char *read_cover(const struct series *series)
{
	char *path = series->request->cover ?
		g_strdup(series->request->cover) :
		g_build_filename(series->rules, "cover-letter.txt", NULL);
	char *text = cover_read(path, series->patches);

	g_free(path);
	return text;
}

static void write_messages(struct series *series)
{
	const struct message_source source = {
		.sites = series->session.sites.list,
		.git = series->repository->is_git ?
			&series->repository->user : NULL,
		.spatch = series->spatch, .folder = series->rules,
		.dialect = series->request->dialect,
		.sign_off = series->repository->sign_off,
		.people = series->request->cc ? series->subsystems : NULL,
	};

	for (guint i = 0; i < series->patches->len; i++)
		commit_message(series->patches->pdata[i], &source);
}

/* Does any patch convert lookups? */
static bool has_sites(const struct series *series)
{
	for (guint i = 0; i < series->patches->len; i++) {
		const struct patch *patch = series->patches->pdata[i];

		if (step_rule(patch->step, RULE_SITES))
			return true;
	}
	return false;
}

static void write_cover(struct series *series)
{
	char *text = read_cover(series);
	struct cover_source source = {
		.text = text, .patches = series->patches,
		.findings = series->session.findings,
		.command = series->command, .spatch = series->spatch,
	};

	if (series->has_engine && has_sites(series))
		source.sites = series->engine.sites;
	findings_sort(series->session.findings);
	series->cover = cover_letter(&source);
	g_free(text);
}

/* A new version keeps the change-id of the one that it is compared with. */
static void number(struct series *series)
{
	const struct request *request = series->request;
	struct tracking *tracking = &series->tracking;
	char *subject;

	if (request->compare_to)
		*tracking = tracking_read(series->repository,
					  request->compare_to);
	if (request->change_id) {
		tracking_clear(tracking);
		tracking->change_id = g_strdup(request->change_id);
	}
	if (!tracking->change_id) {
		subject = g_strndup(series->cover,
				    strcspn(series->cover, "\n"));
		tracking->change_id = cover_change_id(subject,
			series->repository->committer,
			series->repository->base);
		g_free(subject);
	}
	tracking->version = request->version ? request->version :
			    tracking->version + 1;
}

/* Print what git in the scratch repository says. */
static void print_git(const struct series *series, const char *const *arguments)
{
	struct git_result result = git_run(&series->repository->scratch,
					   arguments);
	gsize size;
	const char *data = g_bytes_get_data(result.output, &size);

	if (result.status)
		die("git %s failed: %s", arguments[0], result.errors);
	fwrite(data, 1, size, stdout);
	git_result_clear(&result);
}

/* All commits of the series; without git the first one is the tree. */
static char *range_of(const struct repository *repository)
{
	return repository->base ?
		g_strdup_printf("%s..%s", repository->base, SERIES_BRANCH) :
		g_strdup(SERIES_BRANCH);
}

static void print_log(const struct series *series)
{
	char *range = range_of(series->repository);
	const char *const brief[] = {
		"log", "--reverse", "--no-color", "--no-decorate",
		"--no-show-signature", "--min-parents=1", "--format=%h %s",
		range, NULL,
	};
	const char *const stat[] = {
		"log", "--reverse", "--no-color", "--no-decorate",
		"--no-show-signature", "--min-parents=1", "--no-renames",
		"--stat=76", verbosity > 0 ? "--format=%s%n%n%b" : "--format=%s",
		range, NULL,
	};

	print_git(series, series->request->dry_run ? stat : brief);
	g_free(range);
}

static void print_comparison(const struct series *series)
{
	const struct repository *repository = series->repository;
	struct git_result merge_base;
	char *base, *before, *now;

	merge_base = git_call(&repository->user, "merge-base", series->old,
			      repository->base, NULL);
	if (merge_base.status)
		die("--compare-to: '%s' and the tree have no commit in common",
		    series->request->compare_to);
	base = git_line(&merge_base);
	before = g_strdup_printf("%s..%s", base, series->old);
	now = range_of(repository);
	const char *const arguments[] = {
		"range-diff", "--no-color", before, now, NULL,
	};

	print_git(series, arguments);
	git_result_clear(&merge_base);
	g_free(now);
	g_free(before);
	g_free(base);
}

/* Everything is known and nothing is written yet. */
static void deliver(struct series *series)
{
	const struct request *request = series->request;
	struct repository *repository = series->repository;
	const struct mails mails = {
		.folder = request->folder, .cover = series->cover,
		.change_id = series->tracking.change_id,
		.version = series->tracking.version,
	};

	if (!request->dry_run && request->folder)
		mails_write(repository, &mails);
	if (!request->dry_run && request->branch) {
		repository_fetch(repository, request->branch);
		tracking_write(repository, request->branch, &series->tracking,
			       series->cover);
	}
	if (request->dry_run || request->branch)
		print_log(series);
	if (request->compare_to)
		print_comparison(series);
	finish_output();
}

static void make(struct series *series)
{
	series->patches = patches_new(&series->session,
		is_split(series->request) ? series->subsystems : NULL);
	if (!series->patches->len) {
		say("nothing is to be done in this tree: there is no series");
		return;
	}
	write_messages(series);
	repository_import(series->repository, series->patches,
			  series->session.findings);
	write_cover(series);
	number(series);
	deliver(series);
}

static void open_series(struct series *series, const struct globals *globals,
			char **names)
{
	char *error = NULL;

	command_need_spatch();
	session_open(&series->session, globals, names);
	command_choose_dialect(&series->session, series->request->dialect);
	series->session.sites.find = find_sites;
	series->session.sites.context = series;
	series->rules = steps_folder(&error);
	series->spatch = spatch_version();
	series->session.options.no_cache = series->request->no_cache;
	series->repository = repository_open(series->session.tree);
	check_request(series);
	if (is_split(series->request) || series->request->cc)
		series->subsystems = subsystems_new(series->session.tree);
}

static enum exit_status close_series(struct series *series)
{
	if (series->has_engine)
		engine_close(&series->engine);
	g_ptr_array_unref(series->patches);
	subsystems_free(series->subsystems);
	repository_free(series->repository);
	tracking_clear(&series->tracking);
	g_free(series->cover);
	g_free(series->old);
	g_free(series->rules);
	g_free(series->spatch);
	g_free(series->command);
	return session_close(&series->session);
}

static char *join_command(int argc, char **argv)
{
	GString *text = g_string_new("kthread-cocci");

	for (int i = 0; i < argc; i++) {
		char *quoted = g_shell_quote(argv[i]);
		bool plain = *argv[i] &&
			     !strpbrk(argv[i], " \t\n'\"\\$`*?[]!&;|<>()#~{}");

		g_string_append_printf(text, " %s", plain ? argv[i] : quoted);
		g_free(quoted);
	}
	return g_string_free(text, FALSE);
}

enum exit_status command_series(const struct globals *globals,
				const struct command *command, int argc,
				char **argv)
{
	struct request request = { .split = "subsystem" };
	struct series series = {
		.request = &request, .command = join_command(argc, argv),
	};
	bool help = false;
	const struct option_entry table[] = {
		{ "output-directory", 'o', OPTION_STRING, &request.folder,
		  "DIR", "write mails there, for a tree without git a quilt series" },
		{ "branch", 0, OPTION_STRING, &request.branch, "NAME",
		  "make the series a new branch of the tree" },
		{ "split", 0, OPTION_STRING, &request.split, "HOW",
		  "conversions by subsystem, or none (subsystem)" },
		{ "reroll-count", 'v', OPTION_COUNT, &request.version, "N",
		  "mark the series as its N-th version" },
		{ "compare-to", 0, OPTION_STRING, &request.compare_to, "BRANCH",
		  "print git range-diff against an earlier version, keep its change-id" },
		{ "change-id", 0, OPTION_STRING, &request.change_id, "ID",
		  "the change-id of the series (an earlier version's)" },
		{ "cover", 0, OPTION_STRING, &request.cover, "FILE",
		  "the prose of the cover letter: subject, blank line, text" },
		{ "cc", 0, OPTION_TRUE, &request.cc, NULL,
		  "add Cc: lines by scripts/get_maintainer.pl" },
		DIALECT_OPTION(&request.dialect),
		{ "no-cache", 0, OPTION_TRUE, &request.no_cache, NULL,
		  "neither use nor keep anything of other runs" },
		{ "dry-run", 'n', OPTION_TRUE, &request.dry_run, NULL,
		  "only show the commits that would be made" },
		{ "help", 'h', OPTION_TRUE, &help, NULL, "show this" },
		{ 0 },
	};
	char **names = command_parse(table, command, &help, argc, argv);

	if (!names) {
		g_free(series.command);
		return STATUS_DONE;
	}
	if (globals->kernel)
		die("series: it makes commits of a kernel tree; for a module use patch or apply");
	if (!request.folder && !request.branch && !request.dry_run)
		die("series: say where to: --branch NAME, -o DIR or --dry-run");
	if (strcmp(request.split, "none") && strcmp(request.split, "subsystem"))
		die("--split: there is no '%s' (try --help)", request.split);
	if (!process_exists("git"))
		die("git is not installed (Debian: apt-get install git)");
	open_series(&series, globals, names);
	make(&series);
	return close_series(&series);
}
