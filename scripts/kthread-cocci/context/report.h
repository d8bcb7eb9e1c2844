/* SPDX-License-Identifier: GPL-2.0-only */
/* The review, for people and for programs. */
#ifndef CONTEXT_REPORT_H
#define CONTEXT_REPORT_H

#include <stdio.h>

#include "context/sites.h"

/* An old use of the API, which check reports beside the sites. */
struct report_use {
	const char *rule;		/* the step that takes it away: "02-..." */
	const char *path;
	unsigned int line;		/* 1-based; 0: the file as a whole */
	const char *message;
};

struct report_options {
	unsigned int verdicts;		/* bits; sites of others are left out */
	char **only;			/* functions and files; empty: all */
	bool all_chains;		/* of every entry, not only the best */
	bool is_check;			/* each site is one to be converted */
	const GPtrArray *uses;		/* struct report_use, sorted; NULL: none */
	GHashTable *chosen;		/* only these, const struct site *;
					   NULL: all */
};

enum report_format {
	FORMAT_TEXT,
	FORMAT_TSV,
	FORMAT_JSON,
	FORMAT_ORG,
	FORMAT_SARIF,
	FORMAT_DOT,
	FORMAT_HTML,
	FORMATS
};

/* What --format takes, for the help of a command. */
#define REPORT_FORMATS_HELP "text, tsv, json, org, sarif, dot or html (text)"

/* The format of that name; FORMATS where there is none. */
enum report_format report_format_parse(const char *word);

/*
 * Print the sites that @options ask for, and the uses of @options, in the
 * format.  FORMAT_TEXT has no uses: it is the review as prose.
 */
void report_print(const struct sites *sites,
		  const struct report_options *options,
		  enum report_format format, FILE *out);

/* One line a site, tab-separated, below a line of titles. */
void report_tsv(const struct sites *sites, const struct report_options *options,
		FILE *out);

/* A JSON object: the sites with their chains, hop by hop.  And the uses. */
void report_json(const struct sites *sites,
		 const struct report_options *options, FILE *out);

/* Emacs org-mode, as coccicheck prints it: a headline for each place. */
void report_org(const struct sites *sites, const struct report_options *options,
		FILE *out);

/* SARIF 2.1.0: one run, one result for each place, chains as code flows. */
void report_sarif(const struct sites *sites,
		  const struct report_options *options, FILE *out);

/* One directed graph of all chains, for graphviz. */
void report_dot(const struct sites *sites, const struct report_options *options,
		FILE *out);

/* One page that needs nothing else; dies where graphviz is missing. */
void report_html(const struct sites *sites,
		 const struct report_options *options, FILE *out);

/* The review as prose for a cover letter, by subsystem. */
void report_text(const struct sites *sites,
		 const struct report_options *options, FILE *out);

/*
 * The ways to the function @name, the nearest or @all, and what was cut where.
 * Returns false where the tree has no such function.
 */
bool report_function(const struct sites *sites, const char *name, bool all,
		     FILE *out);

/* What the reports share.  Strings that they return are the caller's. */

/* Something to report, a site or a use. */
struct report_item {
	const char *subsystem;		/* never freed */
	const char *path;
	unsigned int line;
	guint order;			/* among all items, as they were found */
	const struct site *site;	/* one of the two is NULL */
	const struct report_use *use;
};

/*
 * What was asked for (struct report_item), by subsystem and, in a subsystem, by
 * file and line.
 */
GArray *report_items(const struct sites *sites,
		     const struct report_options *options);

/* A step of a chain: how the node is reached and where. */
struct report_step {
	char *text;			/* "g()", "x.f = g()", "h() calls g()" */
	const struct node *node;
	const struct edge *edge;	/* the way to it; NULL: the entry */
	uint32_t file;			/* of the call or, for the entry, of */
	uint32_t offset;		/* its definition */
};

/*
 * A chain as steps (struct report_step), its entry first: the functions, and the
 * members and variables that lie between two of them.
 */
GArray *report_steps(const struct sites *sites, const struct chain *chain);

/* Where an identifier stands. */
struct report_span {
	unsigned int line;		/* 1-based */
	unsigned int begin;		/* characters in front of it in its line */
	unsigned int end;		/* the same for the first behind it */
};

struct report_span report_span(const struct sites *sites, uint32_t file,
			       uint32_t offset);

/* The word for a site's confidence: of the chain that proves it; "" without one. */
const char *report_confidence(const struct site *site);

/* @text with control characters as blanks, and valid as UTF-8. */
char *report_clean(const char *text);

/* Is the site among those that were asked for? */
bool report_wants(const struct sites *sites,
		  const struct report_options *options,
		  const struct site *site);

/* A node as it is printed: a function, "struct.member" or a variable. */
char *report_node(const struct sites *sites, const struct node *node);

/* "file:line" of a byte. */
char *report_place(const struct sites *sites, uint32_t file, uint32_t offset);

/* "entry>f~struct.field~>g" */
char *report_chain(const struct sites *sites, const struct chain *chain);

/*
 * A hop as it is written in a call chain: "f()", "g() calls f()", "x.y = f()".
 * @before is the edge that leads to it and @caller where that begins.
 */
char *report_hop(const struct sites *sites, const struct hop *hop,
		 const struct edge *before, const struct node *caller);

/* The first function of a chain. */
char *report_entry(const struct sites *sites, const struct chain *chain);

/*
 * What makes it an entry: "thread function, kthread_run() at file:line".  No
 * more than that, so that it fits behind the entry's name.
 */
char *report_reason(const struct sites *sites, const struct chain *chain);

/* The chains of a site that are printed for @context, the best first. */
GPtrArray *report_chains(const struct sites *sites,
			 const struct report_options *options,
			 const struct site *site, enum context context);

/* Prints one of them. */
typedef void (*report_chain_printer)(const struct sites *sites,
				     const struct chain *chain,
				     enum context context, FILE *out);

/*
 * What a verdict rests on, for the formats that are lines: its reason behind
 * @bullet, or its chains.
 */
void report_proof(const struct sites *sites,
		  const struct report_options *options, const struct site *site,
		  const char *bullet, report_chain_printer print, FILE *out);

extern const char *const context_words[CONTEXTS];

#endif
