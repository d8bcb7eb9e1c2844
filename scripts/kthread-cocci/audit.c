// SPDX-License-Identifier: GPL-2.0-only
/*
 * The audit of one file; see audit.h.
 *
 * It errs towards reporting: a call whose argument it cannot place counts as
 * an old one while the tree defines the old API.  Only in a tree that has the
 * new API does a doubtful argument count as converted, because there the
 * compiler would reject an integer in the place of a format.
 */
#include "auditor.h"

#include <string.h>

#include "kerneldoc.h"

static void use_free(gpointer data)
{
	struct use *use = data;

	g_free(use->message);
	g_free(use);
}

void audit_add(struct audit *audit, enum use_class class, uint32_t token,
	       unsigned int line, const char *fmt, ...)
{
	struct use *use = g_new0(struct use, 1);
	va_list args;

	use->class = class;
	use->token = token;
	use->line = line;
	va_start(args, fmt);
	use->message = g_strdup_vprintf(fmt, args);
	va_end(args);
	g_ptr_array_add(audit->uses, use);
}

/*
 * Has the parameter list at @open the removed parameter?  By its name, or,
 * whatever it is called, as an unsigned int in its place.
 */
static bool declares_old(const struct rule *rule, const struct source *source,
			 uint32_t open)
{
	GArray *list = source_arguments(source, open);
	bool old = false;

	if (list && list->len >= rule->position) {
		struct span span = g_array_index(list, struct span,
						 rule->position - 1);
		uint32_t name = source_declared_name(source, span);

		old = name != NO_TOKEN &&
		      (token_is(&source->lexed, name, rule->parameter) ||
		       (span.end - span.first <= 3 &&
			token_is(&source->lexed, span.first, "unsigned") &&
			token_is(&source->lexed, span.first + 1, "int")));
	}
	if (list)
		g_array_unref(list);
	return old;
}

enum api_shape audit_join_shapes(enum api_shape a, enum api_shape b)
{
	if (a == API_OLD || b == API_OLD)
		return API_OLD;
	return a == API_NEW || b == API_NEW ? API_NEW : API_ABSENT;
}

enum api_shape audit_shape(const struct step *step,
			   const struct source *source)
{
	enum api_shape shape = API_ABSENT;

	for (uint32_t i = 0; i < source->lexed.count; i++) {
		if (token_at(source, i)->kind != TOKEN_IDENTIFIER)
			continue;
		for (guint r = 0; r < step->rules->len; r++) {
			const struct rule *rule = step->rules->pdata[r];
			enum use_kind use;

			if (!source_is_one_of(source, rule->names, i))
				continue;
			if (rule->kind == RULE_ADDED_ARGUMENT)
				shape = audit_join_shapes(shape,
					added_argument_shape(rule, source, i));
			if (rule->kind != RULE_REMOVED_ARGUMENT)
				continue;
			use = source_use(source, i);
			if (use != USE_DECLARATION &&
			    use != USE_MACRO_DEFINITION)
				continue;
			shape = audit_join_shapes(shape,
				declares_old(rule, source, i + 1) ?
				API_OLD : API_NEW);
		}
	}
	return audit_join_shapes(shape, demand_shape(step, source));
}

char *audit_place(const struct audit *audit, uint32_t token)
{
	const struct source *source = audit->source;
	const struct function *function;
	const struct macro *macro = source_macro_at(source, token);
	char *name, *place;

	function = macro ? NULL : source_function_at(source, token);
	if (!macro && !function)
		return g_strdup("");
	name = token_text(&source->lexed, macro ? macro->name : function->name);
	place = g_strdup_printf(macro ? "macro %s: " : "%s(): ", name);
	g_free(name);
	return place;
}

static bool span_has_directive(const struct source *source, struct span span)
{
	for (uint32_t i = span.first; i < span.end; i++)
		if (token_at(source, i)->flags & TOKEN_DIRECTIVE)
			return true;
	return false;
}

bool span_has_string(const struct source *source, struct span span)
{
	for (uint32_t i = span.first; i < span.end; i++)
		if (token_at(source, i)->kind == TOKEN_STRING)
			return true;
	return false;
}

/* Is the identifier at token @use declared as a char in its function? */
static bool is_string_variable(const struct source *source, uint32_t use)
{
	const struct function *function = source_function_at(source, use);
	char *name = token_text(&source->lexed, use);
	bool string = false;

	for (uint32_t i = function ? function->open : use; i < use; i++) {
		uint32_t type = i;

		if (!token_is(&source->lexed, i, name))
			continue;
		while (type && token_is(&source->lexed, type - 1, "*"))
			type--;
		if (type && token_is(&source->lexed, type - 1, "char"))
			string = true;
	}
	g_free(name);
	return string;
}

static bool has_removed_name(const struct audit *audit, struct span span)
{
	for (guint r = 0; r < audit->step->rules->len; r++) {
		const struct rule *rule = audit->step->rules->pdata[r];

		for (uint32_t i = span.first; i < span.end; i++)
			if (rule->kind == RULE_REMOVED_NAME &&
			    source_is_one_of(audit->source, rule->names, i))
				return true;
	}
	return false;
}

static struct span argument_at(const GArray *list, unsigned int position)
{
	return position <= list->len ?
		g_array_index(list, struct span, position - 1) :
		(struct span){ 0, 0 };
}

/*
 * In a tree that has the new API: is this call certain to be an old one?  Its
 * format then stands one argument further back than it should.
 */
static bool is_surely_old(const struct audit *audit, const struct rule *rule,
			  const GArray *list)
{
	const struct source *source = audit->source;
	struct span removed = argument_at(list, rule->position);
	struct span format = argument_at(list, rule->format);
	uint32_t only = format.first;

	if (span_has_string(source, format))
		return false;
	if (has_removed_name(audit, removed))
		return true;
	for (uint32_t i = removed.first; i < removed.end; i++)
		if (token_is(&source->lexed, i, "|") ||
		    (removed.end - removed.first == 1 &&
		     token_is(&source->lexed, i, rule->parameter)))
			return true;
	if (format.end - format.first != 1)
		return false;
	if (token_at(source, only)->kind == TOKEN_NUMBER)
		return true;
	return token_at(source, only)->kind == TOKEN_IDENTIFIER &&
	       !is_string_variable(source, only) &&
	       span_has_string(source, argument_at(list, rule->format + 1));
}

/* Is the call at token @i part of the API's own definition? */
static bool in_definition(const struct audit *audit, const struct rule *rule,
			  uint32_t i)
{
	const struct macro *macro = source_macro_at(audit->source, i);
	const struct function *function = source_function_at(audit->source, i);

	if (macro)
		return source_is_one_of(audit->source, rule->names,
					macro->name);
	return function && source_is_one_of(audit->source, rule->names,
					    function->name);
}

/* A definition of one rule may well call a function of another. */
static bool in_any_definition(const struct audit *audit, uint32_t i)
{
	for (guint r = 0; r < audit->step->rules->len; r++) {
		const struct rule *rule = audit->step->rules->pdata[r];

		if (rule->kind == RULE_REMOVED_ARGUMENT &&
		    in_definition(audit, rule, i))
			return true;
	}
	return false;
}

const char *audit_dead_note(const struct audit *audit, uint32_t i)
{
	return token_at(audit->source, i)->flags & TOKEN_DEAD ?
		", below #if 0" : "";
}

/* Is this argument the literal, in any spelling that has no suffix? */
static bool is_literal(const struct rule *rule, const char *text)
{
	char *end, *literal_end;
	guint64 value, literal;

	if (!g_ascii_isdigit(*text))
		return !strcmp(text, rule->literal);
	value = g_ascii_strtoull(text, &end, 0);
	literal = g_ascii_strtoull(rule->literal, &literal_end, 0);
	return !*end && !*literal_end && literal_end != rule->literal &&
	       value == literal;
}

static void audit_argument(struct audit *audit, const struct rule *rule,
			   uint32_t i, const GArray *list)
{
	const struct source *source = audit->source;
	struct span argument = argument_at(list, rule->position);
	unsigned int line = token_at(source, i)->line;
	char *name = token_text(&source->lexed, i);
	char *place = audit_place(audit, i);
	char *text = source_text(source, argument);

	if (audit->shape == API_NEW ?
	    span_has_string(source, argument_at(list, rule->format)) :
	    span_has_string(source, argument))
		;	/* the format is where it belongs: converted */
	else if (is_literal(rule, text))
		audit_add(audit, token_at(source, i)->flags & TOKEN_DEAD ?
			USE_DEAD : USE_CONVERTIBLE, i, line,
			"%s%s() still passes %s for %s%s", place, name, text,
			rule->parameter, audit_dead_note(audit, i));
	else if (in_any_definition(audit, i)) {
		if (!strcmp(text, rule->parameter))
			audit_add(audit, USE_DEFINITION, i, line,
				"%s%s() is still passed %s", place, name,
				rule->parameter);
	} else if (audit->shape != API_NEW || is_surely_old(audit, rule, list))
		audit_add(audit, USE_NOT_LITERAL, i, line,
			"%s%s() is passed '%s' for %s, not a literal %s",
			place, name, text, rule->parameter, rule->literal);
	g_free(text);
	g_free(place);
	g_free(name);
}

/*
 * With #if inside an argument list nobody can tell which argument is which.
 * Where the API is new, only a literal that begins an argument is suspicious.
 */
static bool has_old_alternative(const struct audit *audit,
				const struct rule *rule, struct span span)
{
	const struct source *source = audit->source;

	if (!span_has_directive(source, span))
		return false;
	if (audit->shape != API_NEW)
		return true;
	for (uint32_t i = span.first; i + 1 < span.end; i++)
		if (token_is(&source->lexed, i, rule->literal) &&
		    token_is(&source->lexed, i + 1, ",") &&
		    !(token_at(source, i)->flags & TOKEN_DIRECTIVE))
			return true;
	return false;
}

static void audit_call(struct audit *audit, const struct rule *rule, uint32_t i)
{
	const struct source *source = audit->source;
	GArray *list = source_arguments(source, i + 1);
	unsigned int line = token_at(source, i)->line;
	char *name = token_text(&source->lexed, i);
	char *place = audit_place(audit, i);

	if (!list)
		audit_add(audit, USE_CONVERTIBLE, i, line,
			"%s%s() has no closing parenthesis", place, name);
	else if (!(token_at(source, i)->flags & TOKEN_DIRECTIVE) &&
		 has_old_alternative(audit, rule, (struct span){
			 i + 2, source->match[i + 1] }))
		audit_add(audit, USE_ALTERNATIVES, i, line,
			"%s%s() has #if alternatives in its arguments", place,
			name);
	else if (list->len >= rule->position)
		audit_argument(audit, rule, i, list);
	if (list)
		g_array_unref(list);
	g_free(place);
	g_free(name);
}

static void audit_removed_argument(struct audit *audit,
				   const struct rule *rule, uint32_t i)
{
	const struct source *source = audit->source;
	unsigned int line = token_at(source, i)->line;
	char *name = token_text(&source->lexed, i);
	char *place = audit_place(audit, i);

	if (audit->kind == FILE_OTHER_CODE) {
		if (audit->shape == API_OLD)
			audit_add(audit, USE_NOT_C, i, line,
				"%s is used outside of C", name);
		goto out;
	}
	switch (source_use(source, i)) {
	case USE_CALL:
		audit_call(audit, rule, i);
		break;
	case USE_DECLARATION:
	case USE_MACRO_DEFINITION:
		if (declares_old(rule, source, i + 1))
			audit_add(audit, USE_DEFINITION, i, line,
				"%s() still has the parameter %s", name,
				rule->parameter);
		break;
	case USE_VALUE:
		if (audit->shape == API_OLD)
			audit_add(audit, USE_REFERENCE, i, line,
				"%s%s is used as a value, its type changes",
				place, name);
		break;
	case USE_EXPORT:
	case USE_DIRECTIVE:
		break;
	}
out:
	g_free(place);
	g_free(name);
}

/* Does an earlier use already speak of this line? */
static bool is_reported(const struct audit *audit, unsigned int line)
{
	for (guint i = 0; i < audit->uses->len; i++) {
		const struct use *use = audit->uses->pdata[i];

		if (use->line == line && use->class != USE_DOCUMENTATION)
			return true;
	}
	return false;
}

static void audit_removed_name(struct audit *audit, uint32_t i)
{
	const struct token *token = token_at(audit->source, i);
	char *name = token_text(&audit->source->lexed, i);
	char *place = audit_place(audit, i);

	if (!is_reported(audit, token->line))
		audit_add(audit, token->flags & TOKEN_DEAD ? USE_DEAD :
			USE_REFERENCE, i, token->line, "%s%s is still there%s",
			place, name, audit_dead_note(audit, i));
	g_free(place);
	g_free(name);
}

/* "struct NAME {" at token @i (NAME): report the member if it is there. */
static void audit_struct(struct audit *audit, const struct rule *rule,
			 uint32_t i)
{
	const struct source *source = audit->source;
	uint32_t open = i + 1;

	if (!token_is(&source->lexed, open, "{") ||
	    source->match[open] == NO_TOKEN)
		return;
	for (uint32_t k = open + 1; k < source->match[open]; k++) {
		if (token_is(&source->lexed, k, "{") &&
		    source->match[k] != NO_TOKEN)
			k = source->match[k];
		else if (token_is(&source->lexed, k, rule->parameter) &&
			 token_is(&source->lexed, k + 1, ";"))
			audit_add(audit, USE_DEFINITION, k,
				token_at(source, k)->line,
				"struct %s still has the member %s",
				(char *)rule->names->pdata[0],
				rule->parameter);
	}
}

/* Is variable @name declared as "struct STRUCT" or a pointer to it? */
static bool has_struct_type(const struct source *source,
			    const struct function *function, uint32_t variable,
			    const char *type)
{
	char *name = token_text(&source->lexed, variable);
	bool found = false;

	for (uint32_t k = function->open; k < variable && !found; k++) {
		uint32_t next = k + 2;

		if (!token_is(&source->lexed, k, "struct") ||
		    !token_is(&source->lexed, k + 1, type))
			continue;
		while (token_is(&source->lexed, next, "*"))
			next++;
		found = token_is(&source->lexed, next, name);
	}
	g_free(name);
	return found;
}

/* "variable->MEMBER" at token @i (MEMBER). */
static void audit_member(struct audit *audit, const struct rule *rule,
			 uint32_t i)
{
	const struct source *source = audit->source;
	const struct function *function = source_function_at(source, i);
	const char *type = rule->names->pdata[0];
	char *place;

	if (!function || i < 2 ||
	    token_at(source, i - 2)->kind != TOKEN_IDENTIFIER ||
	    (!token_is(&source->lexed, i - 1, "->") &&
	     !token_is(&source->lexed, i - 1, ".")) ||
	    is_reported(audit, token_at(source, i)->line) ||
	    !has_struct_type(source, function, i - 2, type))
		return;
	place = audit_place(audit, i);
	audit_add(audit, in_any_definition(audit, i) ? USE_DEFINITION :
		USE_REFERENCE, i, token_at(source, i)->line,
		"%smember %s of struct %s is still used", place,
		rule->parameter, type);
	g_free(place);
}

static void audit_token(struct audit *audit, uint32_t i)
{
	const struct source *source = audit->source;

	for (guint r = 0; r < audit->step->rules->len; r++) {
		const struct rule *rule = audit->step->rules->pdata[r];

		switch (rule->kind) {
		case RULE_REMOVED_ARGUMENT:
			if (source_is_one_of(source, rule->names, i))
				audit_removed_argument(audit, rule, i);
			break;
		case RULE_REMOVED_NAME:
			if (source_is_one_of(source, rule->names, i))
				audit_removed_name(audit, i);
			break;
		case RULE_REMOVED_MEMBER:
			if (i && token_is(&source->lexed, i - 1, "struct") &&
			    source_is_one_of(source, rule->names, i))
				audit_struct(audit, rule, i);
			else if (token_is(&source->lexed, i, rule->parameter))
				audit_member(audit, rule, i);
			break;
		case RULE_ADDED_ARGUMENT:
			if (source_is_one_of(source, rule->names, i))
				audit_added_argument(audit, rule, i);
			break;
		case RULE_STRUCT_ARGUMENT:
			if (source_is_one_of(source, rule->names, i))
				audit_struct_argument(audit, rule, i);
			break;
		case RULE_INSIDE:
		case RULE_OUTSIDE:
		case RULE_BESIDE:
		case RULE_MACRO_TEXT:
		case RULE_FORMAT:
		case RULE_NEEDS:
		case RULE_UNLESS:
		case RULE_SITES:
		case RULE_SITES_ALWAYS:
		case RULE_SCOPE:
		case RULE_DIALECT:
		case RULE_INCLUDE:
		case RULE_OPTIONAL:
		case RULE_LOCAL:
		case RULE_SPLIT:
			break;
		}
	}
}

static unsigned int line_of(const char *text, size_t offset)
{
	unsigned int line = 1;

	for (size_t i = 0; i < offset; i++)
		line += text[i] == '\n';
	return line;
}

/*
 * In prose: "FUNCTION(argument, ...)" whose argument is the literal.  @start
 * is where the prose begins in the file.
 */
static void audit_prose(struct audit *audit, const struct rule *rule,
			const char *function, size_t start, const char *prose,
			size_t length)
{
	size_t name_len = strlen(function);

	for (size_t at = 0; at + name_len < length; at++) {
		const char *open = prose + at + name_len;
		const char *close;
		char **arguments;
		char *inside;

		if (*open != '(' || memcmp(prose + at, function, name_len) ||
		    (at && (g_ascii_isalnum(open[-1 - (int)name_len]) ||
			    open[-1 - (int)name_len] == '_')))
			continue;
		close = memchr(open, ')', length - (size_t)(open - prose));
		if (!close)
			continue;
		inside = g_strndup(open + 1, (gsize)(close - open - 1));
		arguments = g_strsplit(inside, ",", -1);
		if (g_strv_length(arguments) >= rule->position &&
		    !strcmp(g_strstrip(arguments[rule->position - 1]),
			    rule->literal))
			audit_add(audit, USE_DOCUMENTATION, NO_TOKEN,
				line_of(audit->source->lexed.text, start + at),
				"the text shows %s() with %s for %s", function,
				rule->literal, rule->parameter);
		g_strfreev(arguments);
		g_free(inside);
	}
}

static void audit_text(struct audit *audit, size_t start, size_t length)
{
	const char *prose = audit->source->lexed.text + start;

	for (guint r = 0; r < audit->step->rules->len; r++) {
		const struct rule *rule = audit->step->rules->pdata[r];

		if (rule->kind != RULE_REMOVED_ARGUMENT)
			continue;
		for (guint n = 0; n < rule->names->len; n++)
			audit_prose(audit, rule, rule->names->pdata[n], start,
				    prose, length);
	}
}

static void audit_comment(struct audit *audit, const struct comment *comment)
{
	struct kerneldoc_line stale;

	audit_text(audit, comment->offset, comment->length);
	for (guint r = 0; r < audit->step->rules->len; r++) {
		const struct rule *rule = audit->step->rules->pdata[r];

		if (rule->kind == RULE_REMOVED_ARGUMENT &&
		    kerneldoc_stale(audit->source, comment, rule, &stale))
			audit_add(audit, USE_DOCUMENTATION, NO_TOKEN,
				line_of(audit->source->lexed.text,
					stale.offset),
				"kernel-doc still describes @%s",
				rule->parameter);
	}
}

static int compare_uses(gconstpointer a, gconstpointer b)
{
	const struct use *x = *(struct use *const *)a;
	const struct use *y = *(struct use *const *)b;

	return (x->line > y->line) - (x->line < y->line);
}

GPtrArray *audit_uses(const struct step *step, const struct source *source,
		      enum file_kind kind, enum api_shape shape)
{
	struct audit audit = {
		.step = step, .source = source, .kind = kind, .shape = shape,
		.uses = g_ptr_array_new_with_free_func(use_free),
	};

	if (kind == FILE_DOCUMENTATION) {
		audit_text(&audit, 0, source->lexed.length);
		g_ptr_array_sort(audit.uses, compare_uses);
		return audit.uses;
	}
	for (uint32_t i = 0; i < source->lexed.count; i++)
		if (token_at(source, i)->kind == TOKEN_IDENTIFIER)
			audit_token(&audit, i);
	if (kind == FILE_SOURCE)
		demand_audit(&audit);
	for (size_t i = 0; i < source->lexed.comment_count; i++)
		audit_comment(&audit, &source->lexed.comments[i]);
	g_ptr_array_sort(audit.uses, compare_uses);
	return audit.uses;
}
