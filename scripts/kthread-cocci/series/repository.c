// SPDX-License-Identifier: GPL-2.0-only
/* The series in git; see repository.h. */
#include "series/repository.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "message.h"
#include "scratch.h"
#include "series/stream.h"

/* One line of "git @...", or NULL where git says no. */
static char *ask(const struct git *git, const char *const *arguments)
{
	struct git_result result = git_run(git, arguments);
	char *line = result.status ? NULL : git_line(&result);

	git_result_clear(&result);
	return line;
}

static char *identity(const struct repository *repository, const char *which)
{
	/* Without this git makes one up from the names of user and host. */
	const char *const arguments[] = {
		"-c", "user.useConfigOnly=true", "var", which, NULL,
	};
	char *line = ask(&repository->user, arguments);

	if (!line)
		die("git does not know who you are: set user.name and user.email (git config)");
	return line;
}

/*
 * Does the tree belong to the repository around it?  One that was unpacked in
 * an ignored folder does not.
 */
static bool is_tracked(const struct repository *repository)
{
	const char *const arguments[] = {
		"ls-files", "-z", "--", ".", NULL,
	};
	struct git_result result;
	bool tracked;

	if (!*repository->prefix)
		return true;
	result = git_run(&repository->user, arguments);
	tracked = !result.status && g_bytes_get_size(result.output);
	git_result_clear(&result);
	return tracked;
}

static void refuse_dirty(const struct repository *repository)
{
	const char *const arguments[] = {
		"status", "--porcelain", "-z", "--untracked-files=no",
		"--ignore-submodules", "--", ".", NULL,
	};
	struct git_result result = git_run(&repository->user, arguments);
	const char *text = git_text(&result);

	if (result.status)
		die("%s: git status failed: %s", repository->tree->root,
		    result.errors);
	if (strlen(text) > 3) {
		char *name = printable(text + 3);

		die("%s: %s has changes that are not committed: commit or stash them first",
		    repository->tree->root, name);
	}
	git_result_clear(&result);
}

static void find_base(struct repository *repository)
{
	static const char *const head[] = {
		"symbolic-ref", "--quiet", "--short", "HEAD", NULL,
	};

	repository->base = repository_commit(repository, "HEAD");
	if (!repository->base)
		die("%s: there is no commit that the series could be based on",
		    repository->tree->root);
	repository->branch = ask(&repository->user, head);
	if (!repository->branch)
		repository->branch = g_strdup(repository->base);
}

static void open_user(struct repository *repository)
{
	static const char *const prefix[] = {
		"rev-parse", "--show-prefix", NULL,
	};

	repository->user.folder = repository->tree->root;
	repository->prefix = ask(&repository->user, prefix);
	repository->is_git = repository->prefix && is_tracked(repository);
	if (repository->is_git) {
		find_base(repository);
		refuse_dirty(repository);
	} else {
		g_free(repository->prefix);
		repository->prefix = g_strdup("");
	}
}

static void must(const struct git *git, const char *const *arguments)
{
	struct git_result result = git_run(git, arguments);

	if (result.status)
		die("git %s failed: %s", arguments[0], result.errors);
	git_result_clear(&result);
}

/* Borrow the objects of the user's repository, and what it does not have. */
static void borrow(const struct repository *repository)
{
	static const struct {
		const char *theirs, *ours;
	} files[] = {
		{ "objects", "objects/info/alternates" },
		{ "shallow", "shallow" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		const char *const arguments[] = {
			"rev-parse", "--path-format=absolute", "--git-path",
			files[i].theirs, NULL,
		};
		char *path = ask(&repository->user, arguments);
		char *target = g_build_filename(repository->folder,
						files[i].ours, NULL);
		char *text = NULL;

		if (!path)
			die("git rev-parse --git-path failed in %s",
			    repository->tree->root);
		if (!i)
			text = g_strdup_printf("%s\n", path);
		else
			g_file_get_contents(path, &text, NULL, NULL);
		if (text && !g_file_set_contents(target, text, -1, NULL))
			die("cannot write to the scratch folder");
		g_free(text);
		g_free(target);
		g_free(path);
	}
}

/* The settings of the user's repository do not hold in the scratch one. */
static void set_identity(struct repository *repository, int at,
			 const char *which, const char *identity)
{
	const char *open = strchr(identity, '<');
	const char *close = strrchr(identity, '>');

	g_assert(open && close && open > identity);
	repository->environment[at] =
		g_strdup_printf("GIT_%s_NAME=%.*s", which,
				(int)(open - 1 - identity), identity);
	repository->environment[at + 1] =
		g_strdup_printf("GIT_%s_EMAIL=%.*s", which,
				(int)(close - open - 1), open + 1);
	repository->environment[at + 2] =
		g_strdup_printf("GIT_%s_DATE=@%s", which, close + 2);
}

static void open_scratch(struct repository *repository)
{
	static const char *const format[] = {
		"rev-parse", "--show-object-format", NULL,
	};
	char *name = repository->is_git ?
		ask(&repository->user, format) : NULL;
	char *option = g_strdup_printf("--object-format=%s",
				       name ? name : "sha1");
	const char *const init[] = {
		"init", "--quiet", "--bare", "--template=", option,
		NULL,
	};

	repository->folder = scratch_folder("series.git");
	repository->environment = g_new0(char *, 8);
	repository->environment[0] = g_strdup_printf("GIT_DIR=%s",
						     repository->folder);
	set_identity(repository, 1, "AUTHOR", repository->author);
	set_identity(repository, 4, "COMMITTER", repository->committer);
	repository->scratch.folder = repository->folder;
	repository->scratch.environment =
		(const char *const *)repository->environment;
	must(&repository->scratch, init);
	if (repository->is_git) {
		char *info = g_build_filename(repository->folder,
					      "objects/info", NULL);

		if (g_mkdir_with_parents(info, 0700))
			die("cannot create %s: %s", info, g_strerror(errno));
		g_free(info);
		borrow(repository);
	}
	g_free(option);
	g_free(name);
}

struct repository *repository_open(const struct tree *tree)
{
	struct repository *repository = g_new0(struct repository, 1);
	char *end;

	repository->tree = tree;
	open_user(repository);
	repository->author = identity(repository, "GIT_AUTHOR_IDENT");
	repository->committer = identity(repository, "GIT_COMMITTER_IDENT");
	end = strrchr(repository->committer, '>');
	repository->sign_off = g_strndup(repository->committer, end ?
		(gsize)(end + 1 - repository->committer) : 0);
	return repository;
}

void repository_free(struct repository *repository)
{
	if (repository->folder)
		remove_folder(repository->folder);
	g_free(repository->base);
	g_free(repository->branch);
	g_free(repository->prefix);
	g_free(repository->author);
	g_free(repository->committer);
	g_free(repository->sign_off);
	g_free(repository->folder);
	g_strfreev(repository->environment);
	g_free(repository->tip);
	g_free(repository);
}

void repository_check_branch(const struct repository *repository,
			     const char *name)
{
	const char *const check[] = {
		"check-ref-format", "--branch", name, NULL,
	};
	char *ref, *valid;
	const char *const exists[] = {
		"show-ref", "--verify", "--quiet", NULL, NULL,
	};
	const char *arguments[G_N_ELEMENTS(exists)];
	struct git_result result;

	if (!repository->is_git)
		die("%s is no git tree: use -o DIR for a quilt series",
		    repository->tree->root);
	valid = ask(&repository->user, check);
	if (!valid || strcmp(valid, name))
		die("'%s' is no name for a branch", name);
	ref = g_strdup_printf("refs/heads/%s", name);
	memcpy(arguments, exists, sizeof(exists));
	arguments[3] = ref;
	result = git_run(&repository->user, arguments);
	if (!result.status)
		die("there is a branch '%s' already: choose another name, or remove it (git branch -D %s)",
		    name, name);
	git_result_clear(&result);
	g_free(valid);
	g_free(ref);
}

void repository_import(struct repository *repository, const GPtrArray *patches,
		       struct findings *findings)
{
	static const char *const import[] = {
		"fast-import", "--quiet", "--done", "--date-format=raw", NULL,
	};
	static const char *const tip[] = {
		"rev-parse", "--verify", "--quiet", SERIES_BRANCH, NULL,
	};
	struct git git;
	char *input;

	open_scratch(repository);
	git = repository->scratch;
	input = scratch_path("series.stream");
	git.input = input;
	stream_write(repository, patches, input, findings);
	must(&git, import);
	repository->tip = ask(&repository->scratch, tip);
	if (!repository->tip)
		die("git fast-import made no commit");
	g_free(input);
}

void repository_fetch(const struct repository *repository, const char *name)
{
	char *spec = g_strdup_printf("refs/heads/" SERIES_BRANCH ":refs/heads/%s",
				     name);
	const char *const arguments[] = {
		"-c", "gc.auto=0", "-c", "maintenance.auto=false", "fetch",
		"--quiet", "--no-tags", "--no-write-fetch-head",
		"--no-recurse-submodules", "--update-shallow",
		repository->folder, spec, NULL,
	};
	struct git_result result = git_run(&repository->user, arguments);

	if (result.status)
		die("cannot make the branch '%s': %s", name, result.errors);
	git_result_clear(&result);
	g_free(spec);
}

char *repository_commit(const struct repository *repository,
			const char *revision)
{
	char *name = g_strdup_printf("%s^{commit}", revision);
	const char *const arguments[] = {
		"rev-parse", "--verify", "--quiet", "--end-of-options", name,
		NULL,
	};
	char *commit = ask(&repository->user, arguments);

	g_free(name);
	return commit;
}

char *repository_setting(const struct repository *repository, const char *name)
{
	const char *const arguments[] = { "config", "--get", name, NULL };

	return ask(&repository->user, arguments);
}

void repository_set(const struct repository *repository, const char *name,
		    const char *value)
{
	const char *const arguments[] = { "config", name, value, NULL };

	must(&repository->user, arguments);
}
