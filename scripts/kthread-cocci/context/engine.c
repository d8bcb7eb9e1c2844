// SPDX-License-Identifier: GPL-2.0-only
/* The context engine over one tree; see engine.h. */
#include "context/engine.h"

#include <string.h>

#include "message.h"
#include "step.h"

void engine_open(struct engine *engine, const struct tree *tree,
		 const struct index_options *options,
		 struct findings *findings)
{
	char *error = NULL;
	char *folder = steps_folder(&error);

	memset(engine, 0, sizeof(*engine));
	engine->tables = folder ? tables_read(folder, &error) : NULL;
	if (!engine->tables)
		die("%s", error);
	engine->index = index_open(tree, options, findings);
	g_free(folder);
}

void engine_judge(struct engine *engine, enum strength limit)
{
	engine->model = model_new(engine->index);
	engine->sites = sites_new(engine->model, engine->tables, limit);
	say_verbose("graph: %u of %u nodes expanded",
		    engine->sites->graph->expanded,
		    engine->sites->graph->nodes->len);
}

void engine_close(struct engine *engine)
{
	if (engine->sites)
		sites_free(engine->sites);
	if (engine->model)
		model_free(engine->model);
	index_free(engine->index);
	tables_free(engine->tables);
}
