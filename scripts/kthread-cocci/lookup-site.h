/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A lookup in kernel-thread context, as the context engine hands it to the
 * rewriting.  It is named so that it is found again in a text that earlier
 * steps of the same run have changed: as the n-th call of the lookup in a
 * function of a file.
 */
#ifndef LOOKUP_SITE_H
#define LOOKUP_SITE_H

#include <stdbool.h>

#include <glib.h>

/* One call on the way to a site, as a commit message tells it. */
struct lookup_hop {
	char *what;		/* "f()", "g() calls f()" */
	char *where;		/* the file with the call; what makes it an entry */
};

struct lookup_site {
	char *path;
	char *function;		/* or the macro */
	char *lookup;
	unsigned int ordinal;	/* from 0 */
	bool is_kthread;	/* no user process gets there */
	bool is_mixed;		/* kernel threads and user processes */
	bool is_helper;		/* its own body is a site as well */
	char *chain;		/* "entry>f>g", "" where there is none */
	GPtrArray *proof;	/* struct lookup_hop: the chain, entry first; or NULL */
	GPtrArray *user_proof;	/* mixed: that of a user process */
};

/* Where the rewriting gets the sites from. */
struct site_source {
	/* The sites of the tree: array of struct lookup_site. */
	GPtrArray *(*find)(void *context);
	void *context;
	GPtrArray *list;	/* once they were asked for */
};

static inline void lookup_hop_free(gpointer data)
{
	struct lookup_hop *hop = data;

	g_free(hop->what);
	g_free(hop->where);
	g_free(hop);
}

static inline void lookup_site_free(gpointer data)
{
	struct lookup_site *site = data;

	g_free(site->path);
	g_free(site->function);
	g_free(site->lookup);
	g_free(site->chain);
	g_clear_pointer(&site->proof, g_ptr_array_unref);
	g_clear_pointer(&site->user_proof, g_ptr_array_unref);
	g_free(site);
}

static inline const GPtrArray *site_source_list(struct site_source *source)
{
	if (!source->list)
		source->list = source->find(source->context);
	return source->list;
}

#endif
