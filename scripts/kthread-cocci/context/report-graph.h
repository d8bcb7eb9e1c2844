/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Chains as graphs, and graphs as pictures; graphviz draws them.
 */
#ifndef CONTEXT_REPORT_GRAPH_H
#define CONTEXT_REPORT_GRAPH_H

#include "context/report.h"

/* A graph in the making: each function is in it once. */
struct chain_graph;

struct chain_graph *chain_graph_new(const struct sites *sites);
void chain_graph_free(struct chain_graph *graph);

/* Add a site with the chains of it that are printed. */
void chain_graph_add(struct chain_graph *graph,
		     const struct report_options *options,
		     const struct site *site);

/*
 * The graph in the language of dot, sorted.  @style: statements for its looks,
 * in front of all others.
 */
char *chain_graph_text(const struct chain_graph *graph, const char *style);

/*
 * Draw each of @graphs (char *), with one run of dot: their <svg> elements in
 * the same order (char *, the array frees them), with neither ids, colours nor
 * fonts: their classes tell a style sheet what is what.  Dies where dot is not
 * installed or fails.
 */
GPtrArray *pictures_draw(const GPtrArray *graphs);

#endif
