// SPDX-License-Identifier: GPL-2.0-only
/*
 * Brackets, functions and macros of one file; see source.h.
 *
 * Nothing is preprocessed, so where #if and #else hold alternatives the
 * brackets of each branch start from the state at the #if.  A } in the first
 * column ends whatever was open: that is where kernel style ends a function,
 * and it keeps one unbalanced function from swallowing the rest of the file.
 * The scan errs towards seeing a function where there is none (a macro
 * followed by a block), never towards losing the tokens of one.
 */
#include "source.h"

#include <string.h>

static bool is_bracket(const struct source *source, uint32_t i, const char *set)
{
	const struct token *token = token_at(source, i);

	return token->kind == TOKEN_PUNCTUATOR && token->length == 1 &&
	       strchr(set, source->lexed.text[token->offset]);
}

static bool is_identifier(const struct source *source, uint32_t i)
{
	return i < source->lexed.count &&
	       token_at(source, i)->kind == TOKEN_IDENTIFIER;
}

static bool in_directive(const struct source *source, uint32_t i)
{
	return token_at(source, i)->flags & TOKEN_DIRECTIVE;
}

static char partner_of(char closer)
{
	return closer == ')' ? '(' : closer == ']' ? '[' : '{';
}

static void join(struct source *source, GArray *open, guint depth, uint32_t i)
{
	uint32_t opener = g_array_index(open, uint32_t, depth);

	source->match[opener] = i;
	source->match[i] = opener;
	g_array_set_size(open, depth);
}

/* A } in the first column closes the outermost { and all that is inside. */
static void close_at_margin(struct source *source, GArray *open, uint32_t i)
{
	for (guint depth = 0; depth < open->len; depth++) {
		uint32_t opener = g_array_index(open, uint32_t, depth);

		if (is_bracket(source, opener, "{")) {
			join(source, open, depth, i);
			break;
		}
	}
	g_array_set_size(open, 0);
}

/* Match closer @i against the stack of open brackets. */
static void close_bracket(struct source *source, GArray *open, uint32_t i)
{
	char want = partner_of(source->lexed.text[token_at(source, i)->offset]);

	for (guint depth = open->len; depth; depth--) {
		uint32_t top = g_array_index(open, uint32_t, depth - 1);
		char have = source->lexed.text[token_at(source, top)->offset];

		if (have == want) {
			join(source, open, depth - 1, i);
			return;
		}
		/* Only a } closes over brackets of other kinds. */
		if (want != '{')
			return;
	}
}

/* The { of extern "C" {. */
static bool is_linkage(const struct source *source, uint32_t i)
{
	return i && is_bracket(source, i, "{") &&
	       token_is(&source->lexed, i - 1, "\"C\"");
}

static bool ends_at_margin(const struct source *source, uint32_t i)
{
	const struct token *token = token_at(source, i);

	return (token->flags & TOKEN_FIRST) && is_bracket(source, i, "}") &&
	       (!token->offset ||
		source->lexed.text[token->offset - 1] == '\n');
}

/* Does the line in front of token @i end with a backslash? */
static bool is_spliced(const struct source *source, uint32_t i)
{
	const char *text = source->lexed.text;
	size_t start = text_line_start(text, token_at(source, i)->offset);

	if (start >= 2 && text[start - 2] == '\r')
		start--;
	return start >= 2 && text[start - 2] == '\\';
}

/* The last token of the # line that begins at @i, plus one. */
static uint32_t directive_end(const struct source *source, uint32_t i)
{
	uint32_t end = i + 1;

	while (end < source->lexed.count && in_directive(source, end)) {
		/* A # behind a newline that was not spliced is the next one. */
		if (token_is(&source->lexed, end, "#") &&
		    (token_at(source, end)->flags & TOKEN_FIRST) &&
		    !is_spliced(source, end))
			break;
		end++;
	}
	return end;
}

static void add_macro(struct source *source, struct span line)
{
	struct macro macro = { .name = line.first + 2, .open = NO_TOKEN };
	const struct token *name, *next;

	if (macro.name >= line.end || !is_identifier(source, macro.name))
		return;
	macro.body = (struct span){ macro.name + 1, line.end };
	name = token_at(source, macro.name);
	next = name + 1;
	/* A parenthesis opens parameters only where it touches the name. */
	if (macro.name + 1 < line.end && is_bracket(source, macro.name + 1, "(") &&
	    next->offset == name->offset + name->length) {
		macro.open = macro.name + 1;
		if (source->match[macro.open] != NO_TOKEN)
			macro.body.first = source->match[macro.open] + 1;
	}
	g_array_append_val(source->macros, macro);
}

/*
 * The brackets of a # line are matched among themselves.  Of the conditionals,
 * each branch gets the stack that was there at the #if.
 */
static uint32_t scan_directive(struct source *source, GPtrArray *saved,
			       GArray **open, uint32_t i)
{
	struct span line = { i, directive_end(source, i) };
	GArray *own = g_array_new(FALSE, FALSE, sizeof(uint32_t));

	for (uint32_t k = line.first; k < line.end; k++) {
		if (is_bracket(source, k, "([{"))
			g_array_append_val(own, k);
		else if (is_bracket(source, k, ")]}"))
			close_bracket(source, own, k);
	}
	g_array_unref(own);

	if (token_is(&source->lexed, i + 1, "define")) {
		add_macro(source, line);
	} else if (token_is(&source->lexed, i + 1, "if") ||
		   token_is(&source->lexed, i + 1, "ifdef") ||
		   token_is(&source->lexed, i + 1, "ifndef")) {
		g_ptr_array_add(saved, g_array_copy(*open));
	} else if ((token_is(&source->lexed, i + 1, "else") ||
		    token_is(&source->lexed, i + 1, "elif")) && saved->len) {
		g_array_unref(*open);
		*open = g_array_copy(saved->pdata[saved->len - 1]);
	} else if (token_is(&source->lexed, i + 1, "endif") && saved->len) {
		g_ptr_array_remove_index(saved, saved->len - 1);
	}
	return line.end;
}

static void match_brackets(struct source *source)
{
	GPtrArray *saved = g_ptr_array_new_with_free_func(
		(GDestroyNotify)g_array_unref);
	GArray *open = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	uint32_t i = 0;

	while (i < source->lexed.count) {
		if (in_directive(source, i)) {
			i = scan_directive(source, saved, &open, i);
			continue;
		}
		if (is_linkage(source, i))
			;	/* extern "C" { spans whole files */
		else if (is_bracket(source, i, "([{"))
			g_array_append_val(open, i);
		else if (ends_at_margin(source, i))
			close_at_margin(source, open, i);
		else if (is_bracket(source, i, ")]}"))
			close_bracket(source, open, i);
		i++;
	}
	for (i = 0; i < source->lexed.count; i++)
		source->unmatched += is_bracket(source, i, "()[]{}") &&
				     source->match[i] == NO_TOKEN;
	g_array_unref(open);
	g_ptr_array_unref(saved);
}

/* Names that look like a function in front of the real one. */
static bool is_attribute(const struct source *source, uint32_t i)
{
	static const char *const names[] = {
		"__attribute__", "__printf", "__scanf", "__section",
		"__aligned", "__alloc_size", "__cold", "__must_check",
	};

	for (size_t n = 0; n < G_N_ELEMENTS(names); n++)
		if (token_is(&source->lexed, i, names[n]))
			return true;
	return false;
}

/* May a function's name be followed by what stands behind its parameters? */
static bool ends_declarator(const struct source *source, uint32_t close)
{
	uint32_t next = close + 1;

	while (next < source->lexed.count && in_directive(source, next))
		next++;
	if (next >= source->lexed.count)
		return false;
	if (is_bracket(source, next, "{;"))
		return true;
	return is_identifier(source, next) &&
	       !strncmp(source->lexed.text + token_at(source, next)->offset,
			"__", 2);
}

/*
 * The function that the { at token @brace begins, between @start and it: the
 * first name(...) there that is no attribute and is followed by { or by
 * attributes only.
 */
static bool find_function(const struct source *source, uint32_t start,
			  uint32_t brace, struct function *function)
{
	if (!brace || !is_bracket(source, brace - 1, ")")) {
		/* "name(...) __attribute {" or no function at all. */
		if (!brace || !is_identifier(source, brace - 1))
			return false;
	}
	for (uint32_t i = start; i + 1 < brace; i++) {
		uint32_t close;

		if (in_directive(source, i))
			continue;
		if (is_bracket(source, i, "=") || is_bracket(source, i, "([{")) {
			if (is_bracket(source, i, "="))
				return false;
			close = source->match[i];
			if (close == NO_TOKEN || close >= brace)
				return false;
			i = close;
			continue;
		}
		if (!is_identifier(source, i) ||
		    !is_bracket(source, i + 1, "("))
			continue;
		close = source->match[i + 1];
		if (close == NO_TOKEN || close >= brace)
			return false;
		if (!is_attribute(source, i) &&
		    ends_declarator(source, close)) {
			function->name = i;
			function->open = i + 1;
			return true;
		}
		i = close;
	}
	return false;
}

/*
 * Where a body ends whose { has no partner: at the next } in the first column,
 * which another branch of an #if has taken.
 */
static uint32_t next_margin(const struct source *source, uint32_t i)
{
	while (i + 1 < source->lexed.count && !ends_at_margin(source, i))
		i++;
	return i;
}

/* Walk the file scope and collect function bodies. */
static void find_functions(struct source *source)
{
	uint32_t start = 0;

	for (uint32_t i = 0; i < source->lexed.count; i++) {
		struct function function;
		uint32_t close;
		bool found;

		if (in_directive(source, i))
			continue;
		if (is_bracket(source, i, ";") || is_linkage(source, i))
			start = i + 1;
		if (!is_bracket(source, i, "{") || is_linkage(source, i))
			continue;
		close = source->match[i];
		found = find_function(source, start, i, &function);
		if (found) {
			function.body.first = i;
			function.body.end = 1 + (close == NO_TOKEN ?
				next_margin(source, i) : close);
			g_array_append_val(source->functions, function);
		}
		/* The body may begin again in the next branch of an #if. */
		if (close == NO_TOKEN && found && !in_directive(source, i + 1))
			close = function.body.end - 1;
		if (close != NO_TOKEN)
			i = close;
		if (found || ends_at_margin(source, i))
			start = i + 1;
	}
}

struct source *source_new(const char *text, size_t length)
{
	struct source *source = g_new0(struct source, 1);

	lex(&source->lexed, text, length);
	source->match = g_new(uint32_t, source->lexed.count + 1);
	memset(source->match, 0xff,
	       sizeof(*source->match) * (source->lexed.count + 1));
	source->functions = g_array_new(FALSE, FALSE, sizeof(struct function));
	source->macros = g_array_new(FALSE, FALSE, sizeof(struct macro));
	match_brackets(source);
	find_functions(source);
	return source;
}

void source_free(struct source *source)
{
	if (!source)
		return;
	lexed_clear(&source->lexed);
	g_array_unref(source->functions);
	g_array_unref(source->macros);
	g_free(source->match);
	g_free(source);
}

const struct function *source_function_at(const struct source *source,
					  uint32_t i)
{
	for (guint n = 0; n < source->functions->len; n++) {
		const struct function *function =
			&g_array_index(source->functions, struct function, n);

		if (i >= function->body.first && i < function->body.end)
			return function;
	}
	return NULL;
}

const struct macro *source_macro_at(const struct source *source, uint32_t i)
{
	for (guint n = 0; n < source->macros->len; n++) {
		const struct macro *macro =
			&g_array_index(source->macros, struct macro, n);

		if (i >= macro->name && i < macro->body.end)
			return macro;
	}
	return NULL;
}

GArray *source_arguments(const struct source *source, uint32_t open)
{
	uint32_t close = source->match[open];
	struct span span = { open + 1, open + 1 };
	GArray *list;

	if (close == NO_TOKEN || close < open)
		return NULL;
	list = g_array_new(FALSE, FALSE, sizeof(struct span));
	for (uint32_t i = open + 1; i < close; i++) {
		if (is_bracket(source, i, "([{") &&
		    source->match[i] != NO_TOKEN && source->match[i] < close) {
			i = source->match[i];
		} else if (is_bracket(source, i, ",")) {
			span.end = i;
			g_array_append_val(list, span);
			span.first = i + 1;
		}
	}
	span.end = close;
	if (list->len || span.end > span.first)
		g_array_append_val(list, span);
	return list;
}

static bool in_export(const struct source *source, uint32_t i)
{
	return i >= 2 && is_bracket(source, i - 1, "(") &&
	       is_identifier(source, i - 2) &&
	       !strncmp(source->lexed.text + token_at(source, i - 2)->offset,
			"EXPORT_SYMBOL", strlen("EXPORT_SYMBOL"));
}

/* Is token @i inside an initialiser or another brace at file scope? */
static bool in_file_braces(const struct source *source, uint32_t i)
{
	for (uint32_t k = i; k-- > 0;) {
		if (in_directive(source, k))
			continue;
		if (is_bracket(source, k, "}") && source->match[k] != NO_TOKEN)
			k = source->match[k];
		else if (is_bracket(source, k, "{"))
			return source->match[k] != NO_TOKEN &&
			       source->match[k] > i;
		else if (is_bracket(source, k, ";"))
			return false;
	}
	return false;
}

enum use_kind source_use(const struct source *source, uint32_t i)
{
	bool called = i + 1 < source->lexed.count &&
		      is_bracket(source, i + 1, "(");

	if (in_directive(source, i)) {
		const struct macro *macro = source_macro_at(source, i);

		if (!macro)
			return USE_DIRECTIVE;
		if (macro->name == i)
			return macro->open == NO_TOKEN ? USE_DIRECTIVE :
							 USE_MACRO_DEFINITION;
		return called ? USE_CALL : USE_VALUE;
	}
	if (in_export(source, i))
		return USE_EXPORT;
	if (!called)
		return USE_VALUE;
	if (source_function_at(source, i) || in_file_braces(source, i))
		return USE_CALL;
	/* At file scope, "type name(...)" declares; "= name(...)" calls. */
	if (i && (is_identifier(source, i - 1) || is_bracket(source, i - 1, "*)")))
		return USE_DECLARATION;
	return USE_CALL;
}

char *source_text(const struct source *source, struct span span)
{
	GString *text = g_string_new(NULL);

	for (uint32_t i = span.first; i < span.end; i++) {
		const struct token *token = token_at(source, i);

		if (i > span.first &&
		    token[-1].offset + token[-1].length < token->offset)
			g_string_append_c(text, ' ');
		g_string_append_len(text, source->lexed.text + token->offset,
				    (gssize)token->length);
	}
	return g_string_free(text, FALSE);
}

bool source_in_else(const struct source *source, uint32_t i)
{
	const struct lexed *lexed = &source->lexed;
	unsigned int closed = 0;

	while (i-- > 0) {
		if (!in_directive(source, i) || !token_is(lexed, i, "#"))
			continue;
		if (token_is(lexed, i + 1, "endif"))
			closed++;
		else if (!closed && (token_is(lexed, i + 1, "else") ||
				     token_is(lexed, i + 1, "elif")))
			return true;
		else if (token_is(lexed, i + 1, "if") ||
			 token_is(lexed, i + 1, "ifdef") ||
			 token_is(lexed, i + 1, "ifndef")) {
			if (closed)
				closed--;
		}
	}
	return false;
}

bool source_is_one_of(const struct source *source, const GPtrArray *names,
		      uint32_t i)
{
	for (guint n = 0; n < names->len; n++)
		if (token_is(&source->lexed, i, names->pdata[n]))
			return true;
	return false;
}

uint32_t source_declared_name(const struct source *source, struct span span)
{
	uint32_t name = NO_TOKEN;

	for (uint32_t i = span.first; i < span.end; i++) {
		if (token_is(&source->lexed, i, "["))
			break;
		if (is_identifier(source, i))
			name = i;
	}
	return name;
}

bool source_has_parameter(const struct source *source, uint32_t open,
			  const char *name)
{
	GArray *list = source_arguments(source, open);
	bool found = false;

	for (guint i = 0; list && i < list->len && !found; i++) {
		uint32_t token = source_declared_name(source,
			g_array_index(list, struct span, i));

		found = token != NO_TOKEN &&
			token_is(&source->lexed, token, name);
	}
	if (list)
		g_array_unref(list);
	return found;
}
