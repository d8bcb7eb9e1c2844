// SPDX-License-Identifier: GPL-2.0-only
/* Where a kernel thread has init's filesystem state; see scope.h. */
#include "context/scope.h"

#include "context/resolve.h"

static bool is_name(const struct body *body, uint32_t i, name_t name)
{
	return body_is_name(body, i) && body->toks.tok[i].name == name;
}

/* In the statement, or the block, behind "scoped_with_init_fs()"? */
static bool in_statement(const struct body *body, uint32_t i)
{
	name_t scope = name_of("scoped_with_init_fs");

	for (uint32_t j = i; j-- > body->first;) {
		uint32_t next = j + 1;

		if (!is_name(body, j, scope) || body_kind(body, next) != '(' ||
		    body_match(body, next) == NO_MATCH)
			continue;
		next = body_match(body, next) + 1;
		if (body_statement_end(body, next) > i)
			return true;
	}
	return false;
}

/* Behind a call of __override_init_fs() that is in force? */
static bool is_overridden(const struct body *body, uint32_t i)
{
	name_t override = name_of("__override_init_fs");
	name_t revert = name_of("__revert_init_fs");

	for (uint32_t j = i; j-- > body->first;) {
		uint32_t block;

		if (is_name(body, j, revert))
			return false;
		if (!is_name(body, j, override) ||
		    body_kind(body, j + 1) != '(')
			continue;
		block = body_enclosing(body, j);
		/* "__revert_init_fs(__override_init_fs())" */
		if (block != NO_MATCH && block &&
		    is_name(body, block - 1, revert))
			return false;
		while (block != NO_MATCH && body_kind(body, block) != '{')
			block = body_enclosing(body, block);
		/* What one branch does says nothing of the others. */
		if (block != NO_MATCH && body_match(body, block) > i)
			return true;
	}
	return false;
}

static bool is_in_tree(const struct model *model, const char *name)
{
	return index_places(model->index, name_of(name)).count;
}

bool scope_holds(struct model *model, const struct body *body, uint32_t i)
{
	if (body->region->kind == REGION_STATEMENT)
		return false;
	return (is_in_tree(model, "scoped_with_init_fs") &&
		in_statement(body, i)) ||
	       (is_in_tree(model, "__override_init_fs") &&
		is_overridden(body, i));
}

/* Has the caller of this hook init's state when it returns? */
static bool is_setup(struct model *model, uint32_t file, name_t hook)
{
	const GArray *definitions = resolve(model, file, hook);

	for (guint i = 0; i < definitions->len; i++) {
		const struct definition *definition =
			&g_array_index(definitions, struct definition, i);
		const struct body *body = body_of(model, definition->file,
						  definition->region);

		/* The last token is the brace. */
		if (body->toks.count < 2 ||
		    !is_overridden(body, body->toks.count - 2))
			return false;
	}
	return definitions->len;
}

/* "{ .MEMBER = @value, .HOOK = f }": does f set up what is in the array? */
static bool object_is_set_up(struct model *model, const struct row *row,
			     const struct body *body, uint32_t value)
{
	uint32_t open = body_enclosing(body, value);

	if (open == NO_MATCH || body_match(body, open) == NO_MATCH)
		return false;
	for (uint32_t i = open + 1; i < body_match(body, open); i++)
		if (is_name(body, i, row->tag) &&
		    body_kind(body, i - 1) == '.' &&
		    body_kind(body, i + 1) == '=' &&
		    body_is_name(body, i + 2) &&
		    body_enclosing(body, i) == open)
			return is_setup(model, body->file,
					body->toks.tok[i + 2].name);
	return false;
}

static bool has_name(const struct body *body, uint32_t end, name_t name)
{
	for (uint32_t i = 0; i < end; i++)
		if (is_name(body, i, name))
			return true;
	return false;
}

/* Do all objects whose member is the array have a hook that sets it up? */
static bool array_is_set_up(struct model *model, const struct row *row,
			    uint32_t file, name_t array)
{
	struct places places = index_places_in(model->index, array, file);
	bool found = false;

	for (uint32_t i = 0; i < places.count; i++) {
		struct body *body;
		uint32_t token;

		if (places.place[i].kind != REF_VALUE)
			continue;
		body = body_at(model, &places.place[i], &token);
		if (!body || body->region->kind != REGION_STATEMENT ||
		    token < 3 || body_kind(body, token - 1) != '=' ||
		    !is_name(body, token - 2, row->member) ||
		    !has_name(body, token, row->name))
			continue;
		if (!object_is_set_up(model, row, body, token))
			return false;
		found = true;
	}
	return found;
}

bool scope_is_set_up(struct model *model, const struct tables *tables,
		     uint32_t file, uint32_t offset)
{
	const struct region *region;

	if (!is_in_tree(model, "__override_init_fs"))
		return false;
	region = index_region(model->index, file, offset);
	if (!region || region->kind != REGION_STATEMENT || !region->name)
		return false;
	for (guint i = 0; i < tables->private_fs->len; i++) {
		const struct row *row = tables->private_fs->pdata[i];

		if (row->subject == SUBJECT_SETUP &&
		    array_is_set_up(model, row, file, region->name))
			return true;
	}
	return false;
}
