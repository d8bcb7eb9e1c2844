// SPDX-License-Identifier: GPL-2.0-only
/* b4's notes about a branch; see tracking.h. */
#include "series/tracking.h"

#include <jansson.h>
#include <stdlib.h>

static char *key_of(const char *branch, const char *name)
{
	return g_strdup_printf("branch.%s.%s", branch, name);
}

struct tracking tracking_read(const struct repository *repository,
			      const char *name)
{
	struct tracking tracking = { 0 };
	char *key = key_of(name, "b4-tracking");
	char *text = repository_setting(repository, key);
	json_t *root = text ? json_loads(text, 0, NULL) : NULL;
	json_t *series = json_object_get(root, "series");
	json_int_t version;

	tracking.change_id = g_strdup(json_string_value(
		json_object_get(series, "change-id")));
	version = json_integer_value(json_object_get(series, "revision"));
	if (version > 0 && version < 10000)
		tracking.version = (unsigned int)version;
	json_decref(root);
	g_free(text);
	g_free(key);
	return tracking;
}

void tracking_clear(struct tracking *tracking)
{
	g_clear_pointer(&tracking->change_id, g_free);
}

static void set(const struct repository *repository, const char *branch,
		const char *name, const char *value)
{
	char *key = key_of(branch, name);

	repository_set(repository, key, value);
	g_free(key);
}

void tracking_write(const struct repository *repository, const char *name,
		    const struct tracking *tracking, const char *cover)
{
	json_t *root = json_pack("{s:{s:i,s:s,s:s,s:[]}}", "series",
				 "revision", (int)tracking->version,
				 "change-id", tracking->change_id,
				 "base-branch", repository->branch,
				 "prefixes");
	char *text = json_dumps(root, JSON_PRESERVE_ORDER);

	set(repository, name, "description", cover);
	set(repository, name, "b4-tracking", text);
	set(repository, name, "b4-prep-cover-strategy", "branch-description");
	free(text);
	json_decref(root);
}
