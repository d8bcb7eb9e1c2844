// SPDX-License-Identifier: GPL-2.0-only
/* The input of git fast-import; see stream.h. */
#include "series/stream.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "message.h"

/* A file at the base, as git ls-tree prints it. */
struct entry {
	char mode[8];
	char *id;
};

struct stream {
	const struct repository *repository;
	FILE *out;
	GHashTable *entries;		/* path -> struct entry; NULL: no git */
	GHashTable *told;		/* paths that are not tracked */
	struct findings *findings;
};

static void entry_free(gpointer data)
{
	struct entry *entry = data;

	g_free(entry->id);
	g_free(entry);
}

/* "MODE TYPE ID\tPATH", the path with the tree's prefix. */
static void read_entry(struct stream *stream, const char *line)
{
	const char *tab = strchr(line, '\t');
	gsize prefix = strlen(stream->repository->prefix);
	struct entry *entry;
	char **words;

	if (!tab || strlen(tab + 1) < prefix)
		return;
	words = g_strsplit(line, " ", 3);
	if (words[0] && words[1] && words[2]) {
		entry = g_new0(struct entry, 1);
		g_strlcpy(entry->mode, words[0], sizeof(entry->mode));
		entry->id = g_strndup(words[2], strcspn(words[2], "\t"));
		g_hash_table_insert(stream->entries, g_strdup(tab + 1 + prefix),
				    entry);
	}
	g_strfreev(words);
}

/* What git has of the files of @patches. */
static void load_entries(struct stream *stream, const GPtrArray *patches)
{
	const struct repository *repository = stream->repository;
	GPtrArray *arguments = g_ptr_array_new_with_free_func(g_free);
	struct git_result result;
	const char *data;
	gsize size;

	g_ptr_array_add(arguments, g_strdup("ls-tree"));
	g_ptr_array_add(arguments, g_strdup("-z"));
	g_ptr_array_add(arguments, g_strdup("--full-tree"));
	g_ptr_array_add(arguments, g_strdup(repository->base));
	g_ptr_array_add(arguments, g_strdup("--"));
	for (guint i = 0; i < patches->len; i++) {
		const struct patch *patch = patches->pdata[i];

		for (guint k = 0; k < patch->files->len; k++) {
			const struct patch_file *file =
				patch->files->pdata[k];

			g_ptr_array_add(arguments,
					g_strconcat(repository->prefix,
						    file->path, NULL));
		}
	}
	g_ptr_array_add(arguments, NULL);
	result = git_run(&repository->user,
			 (const char *const *)arguments->pdata);
	if (result.status)
		die("git ls-tree failed: %s", result.errors);
	data = g_bytes_get_data(result.output, &size);
	for (gsize at = 0; at < size; at += strlen(data + at) + 1)
		read_entry(stream, data + at);
	git_result_clear(&result);
	g_ptr_array_unref(arguments);
}

/* The name that git gives to a file's content. */
static char *blob_id(GBytes *text, gsize length_of_id)
{
	GChecksum *sum = g_checksum_new(length_of_id > 40 ? G_CHECKSUM_SHA256 :
							    G_CHECKSUM_SHA1);
	gsize size;
	const void *data = g_bytes_get_data(text, &size);
	char *head = g_strdup_printf("blob %" G_GSIZE_FORMAT, size);
	char *id;

	g_checksum_update(sum, (const guchar *)head, (gssize)strlen(head) + 1);
	g_checksum_update(sum, data, (gssize)size);
	id = g_strdup(g_checksum_get_string(sum));
	g_checksum_free(sum);
	g_free(head);
	return id;
}

/* The first time that a file comes up it is as in the work tree. */
static void check_base(struct stream *stream, const struct patch_file *file,
		       const struct entry *entry)
{
	char *id;

	if (!g_hash_table_add(stream->told, file->path))
		return;
	id = blob_id(file->before, strlen(entry->id));
	if (strcmp(id, entry->id))
		die("%s is not as in the last commit, though git status does not show it: line ends or filters?",
		    file->path);
	g_free(id);
}

static void put_data(struct stream *stream, const void *data, gsize size)
{
	fprintf(stream->out, "data %" G_GSIZE_FORMAT "\n", size);
	fwrite(data, 1, size, stream->out);
	fputc('\n', stream->out);
}

static void put_path(struct stream *stream, const char *path)
{
	fputc('"', stream->out);
	for (const char *c = stream->repository->prefix; *c; c++)
		fputc(*c, stream->out);
	for (; *path; path++) {
		if (*path == '"' || *path == '\\')
			fprintf(stream->out, "\\%c", *path);
		else if (*path == '\n')
			fputs("\\n", stream->out);
		else
			fputc(*path, stream->out);
	}
	fputs("\"\n", stream->out);
}

static void put_file(struct stream *stream, const char *path, const char *mode,
		     GBytes *text)
{
	gsize size;
	const void *data = g_bytes_get_data(text, &size);

	fprintf(stream->out, "M %s inline ", mode);
	put_path(stream, path);
	put_data(stream, data, size);
}

static void put_head(struct stream *stream, const char *message,
		     const char *from)
{
	const struct repository *repository = stream->repository;

	fprintf(stream->out,
		"commit refs/heads/" SERIES_BRANCH "\nauthor %s\ncommitter %s\n",
		repository->author, repository->committer);
	put_data(stream, message, strlen(message));
	if (from)
		fprintf(stream->out, "from %s\n", from);
}

/* Without git the first commit holds the files as they were. */
static void put_base(struct stream *stream, const GPtrArray *patches)
{
	put_head(stream, "the tree\n", NULL);
	for (guint i = 0; i < patches->len; i++) {
		const struct patch *patch = patches->pdata[i];

		for (guint k = 0; k < patch->files->len; k++) {
			const struct patch_file *file =
				patch->files->pdata[k];

			if (g_hash_table_add(stream->told, file->path))
				put_file(stream, file->path, "100644",
					 file->before);
		}
	}
}

static void put_patch(struct stream *stream, const struct patch *patch,
		      const char *from)
{
	put_head(stream, patch->message, from);
	for (guint i = 0; i < patch->files->len; i++) {
		const struct patch_file *file = patch->files->pdata[i];
		const struct entry *entry = stream->entries ?
			g_hash_table_lookup(stream->entries, file->path) : NULL;

		if (entry) {
			check_base(stream, file, entry);
			put_file(stream, file->path, entry->mode, file->after);
		} else if (!stream->entries) {
			put_file(stream, file->path, "100644", file->after);
		} else if (g_hash_table_add(stream->told, file->path)) {
			findings_add(stream->findings, FINDING_LEFT,
				     file->path, 0,
				     "is not tracked by git, so the series leaves it out");
		}
	}
}

void stream_write(const struct repository *repository,
		  const GPtrArray *patches, const char *path,
		  struct findings *findings)
{
	struct stream stream = {
		.repository = repository, .findings = findings,
		.out = fopen(path, "wb"),
		.told = g_hash_table_new(g_str_hash, g_str_equal),
	};

	if (!stream.out)
		die("cannot write to the scratch folder: %s",
		    g_strerror(errno));
	if (repository->is_git) {
		stream.entries = g_hash_table_new_full(g_str_hash, g_str_equal,
						       g_free, entry_free);
		load_entries(&stream, patches);
	} else {
		put_base(&stream, patches);
	}
	for (guint i = 0; i < patches->len; i++)
		put_patch(&stream, patches->pdata[i],
			  i ? NULL : repository->base);
	fputs("done\n", stream.out);
	if (fclose(stream.out))
		die("cannot write to the scratch folder: %s",
		    g_strerror(errno));
	if (stream.entries)
		g_hash_table_unref(stream.entries);
	g_hash_table_unref(stream.told);
}
