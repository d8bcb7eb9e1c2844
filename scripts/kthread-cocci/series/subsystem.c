// SPDX-License-Identifier: GPL-2.0-only
/* Asking scripts/get_maintainer.pl; see subsystem.h. */
#include "series/subsystem.h"

#include <string.h>
#include <sys/wait.h>

#include "context/maintainers.h"
#include "message.h"
#include "parallel.h"
#include "process.h"
#include "scratch.h"

#define SCRIPT "scripts/get_maintainer.pl"

/* Seconds for one file; reading MAINTAINERS takes a quarter of one. */
#define LIMIT 60

struct answer {
	char *title;
	GPtrArray *people;
};

struct subsystems {
	const struct tree *tree;
	bool has_script;
	GHashTable *answers;		/* path -> struct answer */
	struct maintainers *maintainers;	/* read when it is needed */
};

static void answer_free(gpointer data)
{
	struct answer *answer = data;

	g_free(answer->title);
	g_ptr_array_unref(answer->people);
	g_free(answer);
}

struct subsystems *subsystems_new(const struct tree *tree)
{
	struct subsystems *subsystems = g_new0(struct subsystems, 1);
	struct stat st;

	subsystems->tree = tree;
	subsystems->has_script = !tree_stat(tree, SCRIPT, &st) &&
				 S_ISREG(st.st_mode) && process_exists("perl");
	subsystems->answers = g_hash_table_new_full(g_str_hash, g_str_equal,
						    g_free, answer_free);
	return subsystems;
}

void subsystems_free(struct subsystems *subsystems)
{
	if (!subsystems)
		return;
	if (subsystems->maintainers)
		maintainers_free(subsystems->maintainers);
	g_hash_table_unref(subsystems->answers);
	g_free(subsystems);
}

/* What is asked at once: an answer for each path. */
struct inquiry {
	const struct subsystems *subsystems;
	GPtrArray *paths;
	char *folder;
	struct answer **answers;
};

static char *run_script(const struct subsystems *subsystems, const char *path,
			const char *output)
{
	const char *const argv[] = {
		"perl", SCRIPT, "--nogit", "--nogit-fallback", "--norolestats",
		"--m", "--r", "--l", "--subsystem", "--nostatus", "-f", path,
		NULL,
	};
	char **environment = g_get_environ();
	const struct process process = {
		.argv = argv, .directory = subsystems->tree->root,
		.environment = (const char *const *)environment,
		.output = output, .limit = LIMIT,
	};
	struct process_result result = process_run(&process);
	char *said = NULL;

	g_strfreev(environment);
	if (!result.error && !result.timed_out && WIFEXITED(result.status) &&
	    !WEXITSTATUS(result.status))
		g_file_get_contents(output, &said, NULL, NULL);
	return said;
}

/* Mail addresses first, then the titles, the most specific one first. */
static struct answer *read_answer(const char *said)
{
	struct answer *answer = g_new0(struct answer, 1);
	char **lines = g_strsplit(said, "\n", -1);

	answer->people = g_ptr_array_new_with_free_func(g_free);
	for (char **line = lines; *line; line++) {
		g_strstrip(*line);
		if (strchr(*line, '@'))
			g_ptr_array_add(answer->people, g_strdup(*line));
		else if (**line && !answer->title)
			answer->title = g_strdup(*line);
	}
	g_strfreev(lines);
	return answer;
}

static void ask_one(void *context, size_t i)
{
	struct inquiry *inquiry = context;
	char *name = g_strdup_printf("%zu", i);
	char *output = g_build_filename(inquiry->folder, name, NULL);
	char *said = run_script(inquiry->subsystems, inquiry->paths->pdata[i],
				output);

	inquiry->answers[i] = said ? read_answer(said) : NULL;
	g_free(said);
	g_free(output);
	g_free(name);
}

static struct answer *ask_maintainers(struct subsystems *subsystems,
				      const char *path)
{
	struct answer *answer = g_new0(struct answer, 1);

	if (!subsystems->maintainers)
		subsystems->maintainers = maintainers_new(subsystems->tree);
	answer->title = g_strdup(maintainers_subsystem(subsystems->maintainers,
						       path));
	answer->people = g_ptr_array_new_with_free_func(g_free);
	return answer;
}

static void keep(struct subsystems *subsystems, const char *path,
		 struct answer *answer)
{
	if (answer && !answer->title)
		g_clear_pointer(&answer, answer_free);
	if (!answer)
		answer = ask_maintainers(subsystems, path);
	g_hash_table_insert(subsystems->answers, g_strdup(path), answer);
}

void subsystems_load(struct subsystems *subsystems, const GPtrArray *paths,
		     unsigned int jobs)
{
	struct inquiry inquiry = {
		.subsystems = subsystems, .paths = g_ptr_array_new(),
	};

	for (guint i = 0; i < paths->len; i++)
		if (!g_hash_table_contains(subsystems->answers,
					   paths->pdata[i]))
			g_ptr_array_add(inquiry.paths, paths->pdata[i]);
	inquiry.answers = g_new0(struct answer *, inquiry.paths->len + 1);
	if (subsystems->has_script && inquiry.paths->len) {
		inquiry.folder = scratch_folder("get_maintainer");
		parallel_for(inquiry.paths->len, jobs, ask_one, &inquiry);
		remove_folder(inquiry.folder);
		g_free(inquiry.folder);
	}
	for (guint i = 0; i < inquiry.paths->len; i++)
		keep(subsystems, inquiry.paths->pdata[i], inquiry.answers[i]);
	g_free(inquiry.answers);
	g_ptr_array_unref(inquiry.paths);
}

static struct answer *answer_of(struct subsystems *subsystems,
				const char *path)
{
	if (!g_hash_table_contains(subsystems->answers, path)) {
		GPtrArray *one = g_ptr_array_new_with_free_func(g_free);

		g_ptr_array_add(one, g_strdup(path));
		subsystems_load(subsystems, one, 1);
		g_ptr_array_unref(one);
	}
	return g_hash_table_lookup(subsystems->answers, path);
}

const char *subsystems_of(struct subsystems *subsystems, const char *path)
{
	return answer_of(subsystems, path)->title;
}

const GPtrArray *subsystems_people(struct subsystems *subsystems,
				   const char *path)
{
	return answer_of(subsystems, path)->people;
}
