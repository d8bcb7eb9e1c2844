// SPDX-License-Identifier: GPL-2.0-only
/* Lookup sites as uses of the old API; see siteuse.h. */
#include "siteuse.h"

#include <string.h>

#include "scoped.h"

/* The rule that names the lookup, or NULL. */
static const struct rule *rule_of(const struct step *step, const char *lookup)
{
	for (guint r = 0; r < step->rules->len; r++) {
		const struct rule *rule = step->rules->pdata[r];

		if (rule->kind != RULE_SITES && rule->kind != RULE_SITES_ALWAYS)
			continue;
		for (guint n = 0; n < rule->names->len; n++)
			if (!strcmp(rule->names->pdata[n], lookup))
				return rule;
	}
	return NULL;
}

bool siteuse_wants(const struct step *step, const struct lookup_site *site)
{
	const struct rule *rule = rule_of(step, site->lookup);

	if (rule && rule->kind == RULE_SITES_ALWAYS)
		return true;
	return (site->is_kthread || site->is_mixed) && !site->is_helper;
}

/* Does token @i lie in the function or macro of that name? */
static bool is_inside(const struct source *source, uint32_t i, const char *name)
{
	const struct macro *macro = source_macro_at(source, i);
	const struct function *function =
		macro ? NULL : source_function_at(source, i);

	return (macro || function) &&
	       token_is(&source->lexed, macro ? macro->name : function->name,
			name);
}

/* The site's call, or NO_TOKEN. */
static uint32_t find_call(const struct source *source,
			  const struct lookup_site *site)
{
	const struct lexed *lexed = &source->lexed;
	unsigned int seen = 0;

	/* The index does not see dead code either, and so does not count it. */
	for (uint32_t i = 0; i + 1 < lexed->count; i++)
		if (!(lexed->tokens[i].flags & TOKEN_DEAD) &&
		    token_is(lexed, i, site->lookup) &&
		    token_is(lexed, i + 1, "(") &&
		    is_inside(source, i, site->function) &&
		    seen++ == site->ordinal)
			return i;
	return NO_TOKEN;
}

static const char *verdict_of(const struct lookup_site *site)
{
	return site->is_mixed ? "mixed" : site->is_kthread ? "kthread" : "any";
}

char *siteuse_message(const struct step *step, const struct lookup_site *site)
{
	return g_strdup_printf("%s(): %s() in kernel-thread context (%s): %s%s",
		site->function, site->lookup, verdict_of(site), site->chain,
		step && !rule_of(step, site->lookup) ?
		": there is no form of this lookup that starts in init's root" :
		"");
}

static void add_use(const struct step *step, const struct source *source,
		    const struct lookup_site *site, GPtrArray *uses)
{
	struct use *use = g_new0(struct use, 1);

	use->token = find_call(source, site);
	use->class = !rule_of(step, site->lookup) ? USE_BY_HAND :
		     use->token == NO_TOKEN ? USE_BY_HAND : USE_CONVERTIBLE;
	use->line = use->token == NO_TOKEN ? 0 :
		    source->lexed.tokens[use->token].line;
	use->verdict = verdict_of(site);
	use->message = siteuse_message(step, site);
	if (use->token == NO_TOKEN && rule_of(step, site->lookup)) {
		char *message = use->message;

		use->message = g_strconcat(message,
			": the call was not found again", NULL);
		g_free(message);
	}
	g_ptr_array_add(uses, use);
}

void siteuse_find(const struct step *step, const GPtrArray *sites,
		  const char *path, const struct source *source,
		  GPtrArray *uses)
{
	for (guint i = 0; i < sites->len; i++) {
		const struct lookup_site *site = sites->pdata[i];

		if (!strcmp(site->path, path) && siteuse_wants(step, site))
			add_use(step, source, site, uses);
	}
}

static bool is_boundary(const struct source *source, uint32_t i)
{
	return token_is(&source->lexed, i, ";") ||
	       token_is(&source->lexed, i, "{") ||
	       token_is(&source->lexed, i, "}");
}

/* The statement around token @i; in a macro, what of it is in the macro. */
static struct span statement_at(const struct source *source, uint32_t i)
{
	const struct macro *macro = source_macro_at(source, i);
	uint32_t low = macro ? macro->name : 0;
	uint32_t high = macro ? macro->body.end :
				(uint32_t)source->lexed.count;
	struct span span = { i, i };

	while (span.first > low && !is_boundary(source, span.first - 1))
		span.first--;
	while (span.end < high && !is_boundary(source, span.end))
		span.end++;
	return span;
}

/*
 * The end of the arguments of a site's lookup at token @k, that is not the one
 * at token @i and not around it; or @k.
 */
static uint32_t behind_other(const struct step *step,
			     const struct source *source, uint32_t k,
			     uint32_t i)
{
	uint32_t close;

	if (k == i || !token_is(&source->lexed, k + 1, "("))
		return k;
	close = source->match[k + 1];
	if (close == NO_TOKEN || (k < i && i < close))
		return k;
	for (guint r = 0; r < step->rules->len; r++) {
		const struct rule *rule = step->rules->pdata[r];

		if (rule->kind == RULE_SITES &&
		    source_is_one_of(source, rule->names, k))
			return close;
	}
	return k;
}

/*
 * Has the statement around token @i gained one of the step's new names?  What
 * stands in another lookup's arguments is that one's.
 */
static bool has_gained(const struct step *step, const struct source *result,
		       const struct alignment *map, uint32_t i)
{
	struct span span = statement_at(result, i);
	bool macro = result->lexed.tokens[i].flags & TOKEN_DIRECTIVE;

	for (uint32_t first = span.first; first < span.end; first++) {
		first = behind_other(step, result, first, i);
		if (map->to_old[first] != NO_TOKEN ||
		    (!macro &&
		     result->lexed.tokens[first].flags & TOKEN_DIRECTIVE))
			continue;
		for (guint r = 0; r < step->rules->len; r++) {
			const struct rule *rule = step->rules->pdata[r];

			if (rule->kind == RULE_SITES &&
			    source_is_one_of(result, rule->wanted, first))
				return true;
		}
	}
	return false;
}

bool siteuse_is_converted(const struct step *step, const struct use *use,
			  const struct source *result,
			  const struct alignment *map)
{
	uint32_t now = map->to_new[use->token];

	return now == NO_TOKEN || has_gained(step, result, map, now);
}

/*
 * Does token @k call what token @i of @source calls, in a function of the same
 * name?  What stands beside a scope is one call with what is in it.
 */
static bool is_same_call(const struct source *source, uint32_t k,
			 const char *lookup, const char *function,
			 const GPtrArray *scope)
{
	return !(source->lexed.tokens[k].flags & TOKEN_DEAD) &&
	       token_is(&source->lexed, k, lookup) &&
	       token_is(&source->lexed, k + 1, "(") &&
	       is_inside(source, k, function) &&
	       !scoped_is_beside(source, k, scope);
}

/* The name of the function or macro around token @i. */
static char *place_of(const struct source *source, uint32_t i)
{
	const struct macro *macro = source_macro_at(source, i);
	const struct function *function = source_function_at(source, i);

	return macro ? token_text(&source->lexed, macro->name) :
	       function ? token_text(&source->lexed, function->name) : NULL;
}

/*
 * Where the use's call is now.  Where it is twice, the alignment may have taken
 * it for another one; but the calls of a function keep their order.
 */
static uint32_t find_again(const struct use *use, const struct source *old,
			   const struct source *result, const GPtrArray *scope)
{
	char *lookup = token_text(&old->lexed, use->token);
	char *function = place_of(old, use->token);
	uint32_t found = NO_TOKEN;
	unsigned int number = 0;

	for (uint32_t k = 0; function && k < use->token; k++)
		number += is_same_call(old, k, lookup, function, scope);
	for (uint32_t k = 0; function && k < result->lexed.count; k++) {
		if (is_same_call(result, k, lookup, function, scope) &&
		    !number--) {
			found = k;
			break;
		}
	}
	g_free(function);
	g_free(lookup);
	return found;
}

uint32_t siteuse_left(const struct step *step, const struct use *use,
		      const struct source *old, const struct source *result,
		      const struct alignment *map)
{
	const struct rule *scope = step_rule(step, RULE_SCOPE);
	struct span span;
	uint32_t now;

	if (!scope)
		return siteuse_is_converted(step, use, result, map) ? NO_TOKEN :
		       map->to_new[use->token];
	now = find_again(use, old, result, scope->names);
	if (now == NO_TOKEN)
		return map->to_new[use->token];
	span = statement_at(result, now);
	for (uint32_t i = span.first; i < now; i++)
		if (source_is_one_of(result, scope->names, i))
			return NO_TOKEN;
	return now;
}

void siteuse_keep(const struct use *use, const struct source *result,
		  uint32_t token, GPtrArray *uses)
{
	struct use *copy = g_new0(struct use, 1);

	*copy = *use;
	copy->message = g_strdup(use->message);
	copy->token = token;
	copy->line = result->lexed.tokens[copy->token].line;
	g_ptr_array_add(uses, copy);
}

char *siteuse_positions(const struct source *source, const GPtrArray *uses)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < uses->len; i++) {
		const struct use *use = uses->pdata[i];
		char *lookup;

		if (!use->verdict || use->token == NO_TOKEN)
			continue;
		lookup = token_text(&source->lexed, use->token);
		g_string_append_printf(text, "%u %s %s\n", use->line, lookup,
				       use->verdict);
		g_free(lookup);
	}
	return g_string_free(text, FALSE);
}
