// SPDX-License-Identifier: GPL-2.0-only
/*
 * The audit of what a step adds: names that must stand inside or beside others
 * and arguments that calls must have.  See auditor.h and rule.h.
 */
#include "auditor.h"

#include <string.h>

#include "macrotext.h"

static bool span_names(const struct source *source, const GPtrArray *names,
		       struct span span)
{
	for (uint32_t i = span.first; i < span.end; i++)
		if (token_at(source, i)->kind == TOKEN_IDENTIFIER &&
		    source_is_one_of(source, names, i))
			return true;
	return false;
}

static bool span_has_word(const struct source *source, struct span span,
			  const char *word)
{
	for (uint32_t i = span.first; i < span.end; i++)
		if (token_is(&source->lexed, i, word))
			return true;
	return false;
}

/* A definition that an inside or outside rule speaks of. */
struct container {
	const struct source *source;
	const char *name;
	const char *word;	/* in the parameters, or "" */
	uint32_t token;		/* its name */
	struct span span;
};

/* "struct NAME {", "union NAME {" or "enum NAME {" at token @i (NAME). */
static bool is_type_definition(const struct source *source, uint32_t i)
{
	const struct lexed *lexed = &source->lexed;

	return i && i + 1 < lexed->count && token_is(lexed, i + 1, "{") &&
	       source->match[i + 1] != NO_TOKEN &&
	       (token_is(lexed, i - 1, "struct") ||
		token_is(lexed, i - 1, "union") ||
		token_is(lexed, i - 1, "enum"));
}

static bool next_function(struct container *at, uint32_t from)
{
	const struct source *source = at->source;

	for (guint n = 0; n < source->functions->len; n++) {
		const struct function *function =
			&g_array_index(source->functions, struct function, n);
		uint32_t close = source->match[function->open];

		if (function->name < from || close == NO_TOKEN ||
		    !token_is(&source->lexed, function->name, at->name) ||
		    (*at->word && !span_has_word(source, (struct span){
				function->open, close }, at->word)))
			continue;
		at->token = function->name;
		at->span = (struct span){ function->open, function->body.end };
		return true;
	}
	return false;
}

static bool next_macro(struct container *at, uint32_t from)
{
	const struct source *source = at->source;

	for (guint n = 0; n < source->macros->len; n++) {
		const struct macro *macro =
			&g_array_index(source->macros, struct macro, n);

		if (macro->name < from || *at->word ||
		    !token_is(&source->lexed, macro->name, at->name))
			continue;
		at->token = macro->name;
		at->span = (struct span){ macro->name + 1, macro->body.end };
		return true;
	}
	return false;
}

static bool next_type(struct container *at, uint32_t from)
{
	const struct source *source = at->source;

	if (*at->word)
		return false;
	for (uint32_t i = from; i < source->lexed.count; i++) {
		if (!token_is(&source->lexed, i, at->name) ||
		    !is_type_definition(source, i))
			continue;
		at->token = i;
		at->span = (struct span){ i + 1, source->match[i + 1] };
		return true;
	}
	return false;
}

bool audit_type_holds(const struct source *source, const char *type,
		      const char *member)
{
	struct container at = { .source = source, .name = type, .word = "" };
	bool holds = false;

	for (uint32_t from = 0; next_type(&at, from); from = at.token + 1)
		holds |= span_has_word(source, at.span, member);
	return holds;
}

typedef bool next_container(struct container *at, uint32_t from);

/* Does a pair of brackets stand around token @i? */
static bool is_enclosed(const struct source *source, uint32_t i)
{
	for (uint32_t k = i; k-- > 0;) {
		uint32_t match = source->match[k];

		if (match == NO_TOKEN ||
		    token_at(source, k)->flags & TOKEN_DIRECTIVE)
			continue;
		if (match > i)
			return true;
		if (match < k)
			k = match;
	}
	return false;
}

/* Is token @i the name of a variable that is declared at file scope? */
static bool is_file_variable(const struct source *source, uint32_t i)
{
	const struct lexed *lexed = &source->lexed;

	return i && i + 1 < lexed->count &&
	       !(token_at(source, i)->flags & TOKEN_DIRECTIVE) &&
	       (token_at(source, i - 1)->kind == TOKEN_IDENTIFIER ||
		token_is(lexed, i - 1, "*")) &&
	       !token_is(lexed, i - 1, "struct") &&
	       !token_is(lexed, i - 1, "union") &&
	       !token_is(lexed, i - 1, "enum") &&
	       !token_is(lexed, i - 1, "return") &&
	       !token_is(lexed, i - 1, "goto") &&
	       (token_is(lexed, i + 1, ";") || token_is(lexed, i + 1, "=") ||
		token_is(lexed, i + 1, "[")) &&
	       !source_function_at(source, i) && !is_enclosed(source, i);
}

static bool is_anchor(const struct source *source, uint32_t i)
{
	enum use_kind use = source_use(source, i);
	const struct macro *macro = source_macro_at(source, i);

	return use == USE_DECLARATION || (macro && macro->name == i) ||
	       is_file_variable(source, i) || is_type_definition(source, i);
}

/* What a rule says of a file: it may have nothing to say. */
struct verdict {
	bool holds, fails;
	uint32_t token;		/* where it fails first */
	const char *name;	/* the container or anchor there */
};

static void judge(struct verdict *verdict, bool holds, uint32_t token,
		  const char *name)
{
	verdict->holds |= holds;
	if (holds || verdict->fails)
		return;
	verdict->fails = true;
	verdict->token = token;
	verdict->name = name;
}

static void judge_containers(struct verdict *verdict, const struct rule *rule,
			     const struct source *source)
{
	static next_container *const kinds[] = {
		next_function, next_macro, next_type,
	};

	for (guint n = 0; n < rule->names->len; n++) {
		for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
			struct container at = {
				.source = source,
				.name = rule->names->pdata[n],
				.word = rule->words->pdata[n],
			};

			for (uint32_t from = 0; kinds[k](&at, from);
			     from = at.token + 1) {
				bool has = span_names(source, rule->wanted,
						      at.span);

				judge(verdict, has == (rule->kind == RULE_INSIDE),
				      at.token, at.name);
			}
		}
	}
}

static void judge_anchors(struct verdict *verdict, const struct rule *rule,
			  const struct source *source)
{
	struct span all = { 0, source->lexed.count };

	for (uint32_t i = 0; i < source->lexed.count; i++) {
		if (token_at(source, i)->kind != TOKEN_IDENTIFIER ||
		    !source_is_one_of(source, rule->names, i) ||
		    !is_anchor(source, i))
			continue;
		for (guint n = 0; n < rule->names->len; n++)
			if (token_is(&source->lexed, i, rule->names->pdata[n]))
				judge(verdict, span_names(source, rule->wanted,
							  all),
				      i, rule->names->pdata[n]);
		return;		/* one anchor is enough */
	}
}

static void judge_macro(struct verdict *verdict, const struct step *step,
			const struct rule *rule, const struct source *source)
{
	const struct macro *old = macrotext_old(step, rule, source, 0);

	for (guint i = 0; i < source->macros->len; i++) {
		const struct macro *macro =
			&g_array_index(source->macros, struct macro, i);

		if (source_is_one_of(source, rule->names, macro->name))
			judge(verdict, macro != old, macro->name,
			      rule->names->pdata[0]);
	}
}

static struct verdict judge_rule(const struct step *step,
				 const struct rule *rule,
				 const struct source *source)
{
	struct verdict verdict = { 0 };

	if (rule->kind == RULE_INSIDE || rule->kind == RULE_OUTSIDE)
		judge_containers(&verdict, rule, source);
	else if (rule->kind == RULE_BESIDE)
		judge_anchors(&verdict, rule, source);
	else if (rule->kind == RULE_MACRO_TEXT)
		judge_macro(&verdict, step, rule, source);
	return verdict;
}

enum api_shape demand_shape(const struct step *step,
			    const struct source *source)
{
	enum api_shape shape = API_ABSENT;

	for (guint r = 0; r < step->rules->len; r++) {
		struct verdict verdict = judge_rule(step,
						    step->rules->pdata[r],
						    source);

		if (verdict.fails)
			shape = audit_join_shapes(shape, API_OLD);
		else if (verdict.holds)
			shape = audit_join_shapes(shape, API_NEW);
	}
	return shape;
}

void demand_audit(struct audit *audit)
{
	for (guint r = 0; r < audit->step->rules->len; r++) {
		const struct rule *rule = audit->step->rules->pdata[r];
		struct verdict verdict = judge_rule(audit->step, rule,
						    audit->source);
		unsigned int line;

		if (!verdict.fails)
			continue;
		line = token_at(audit->source, verdict.token)->line;
		audit_add(audit, USE_DEFINITION, verdict.token, line,
			  rule->kind == RULE_INSIDE ? "%s does not name %s" :
			  rule->kind == RULE_OUTSIDE ? "%s still names %s" :
			  rule->kind == RULE_MACRO_TEXT ?
			  "%s still has its old parameters (%s)" :
			  "%s is here, but not %s", verdict.name,
			  rule->parameter);
	}
}

static guint argument_count(const struct source *source, uint32_t open)
{
	GArray *list = source_arguments(source, open);
	guint count = list ? list->len : 0;

	if (list)
		g_array_unref(list);
	return count;
}

enum api_shape added_argument_shape(const struct rule *rule,
				    const struct source *source, uint32_t i)
{
	if (source_use(source, i) != USE_DECLARATION)
		return API_ABSENT;
	return argument_count(source, i + 1) < rule->position ? API_OLD :
								API_NEW;
}

void audit_added_argument(struct audit *audit, const struct rule *rule,
			  uint32_t i)
{
	const struct source *source = audit->source;
	const struct token *token = token_at(source, i);
	enum use_kind use = source_use(source, i);
	char *place = audit_place(audit, i);
	char *name = token_text(&source->lexed, i);

	if (use == USE_VALUE) {
		if (audit->shape == API_OLD)
			audit_add(audit, USE_REFERENCE, i, token->line,
				  "%s%s is used as a value, its type changes",
				  place, name);
	} else if ((use == USE_CALL || use == USE_DECLARATION) &&
		   argument_count(source, i + 1) < rule->position) {
		audit_add(audit, use == USE_DECLARATION ? USE_DEFINITION :
			  token->flags & TOKEN_DEAD ? USE_DEAD :
			  USE_CONVERTIBLE, i, token->line,
			  "%s%s() has no argument %s yet%s", place, name,
			  rule->parameter, audit_dead_note(audit, i));
	}
	g_free(name);
	g_free(place);
}

/* How many arguments stand in front of the first one with a string? */
static guint before_format(const struct source *source, const GArray *list)
{
	guint i = 0;

	while (i < list->len &&
	       !span_has_string(source, g_array_index(list, struct span, i)))
		i++;
	return i;
}

/* Does the argument list at @open begin with MACRO(...) or one argument? */
static bool passes_struct(const struct rule *rule, const struct source *source,
			  const GArray *list)
{
	struct span first = g_array_index(list, struct span, 0);
	guint before = before_format(source, list);

	return source_is_one_of(source, rule->wanted, first.first) ||
	       before == 1 || (before == list->len && list->len < 3);
}

void audit_struct_argument(struct audit *audit, const struct rule *rule,
			   uint32_t i)
{
	const struct source *source = audit->source;
	const struct token *token = token_at(source, i);
	GArray *list;

	if (source_use(source, i) == USE_VALUE &&
	    !(token->flags & TOKEN_DIRECTIVE)) {
		char *place = audit_place(audit, i);
		char *name = token_text(&source->lexed, i);

		audit_add(audit, USE_REFERENCE, i, token->line,
			  "%s%s is used as a value", place, name);
		g_free(name);
		g_free(place);
		return;
	}
	if (source_use(source, i) != USE_CALL)
		return;
	list = source_arguments(source, i + 1);
	if (list && list->len && !passes_struct(rule, source, list)) {
		char *place = audit_place(audit, i);
		char *name = token_text(&source->lexed, i);

		audit_add(audit, token->flags & TOKEN_DEAD ? USE_DEAD :
			  USE_CONVERTIBLE, i, token->line,
			  "%s%s() is not called with %s()%s", place, name,
			  (char *)rule->wanted->pdata[0],
			  audit_dead_note(audit, i));
		g_free(name);
		g_free(place);
	}
	if (list)
		g_array_unref(list);
}
