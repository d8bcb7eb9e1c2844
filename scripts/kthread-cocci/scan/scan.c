// SPDX-License-Identifier: GPL-2.0-only
/*
 * The scanner of the index; see scan.h.
 *
 * It reads C by the looks of it: no preprocessor, no types, no symbol table.
 * What it gets wrong, it gets wrong towards too much: a name in a place where
 * a function could stand is recorded whatever it is, and looked at more closely
 * when the name turns out to be one of a function.  It errs towards too little
 * only where a name is not there to be seen: pasted together by a macro (the
 * tables of the analysis name those macros), or written in another language.
 *
 * A function is what has a parenthesis in front of a brace at file scope.
 */
#include "scan/scanner.h"

#include <string.h>

/* Hashed once, by the first scan. */
struct scan_known scan_known;

static void fill_known(void)
{
	static const char *const attributes[] = {
		"__attribute__", "typeof", "__typeof__", "__aligned",
		"__section", "__printf", "__scanf", "__alloc_size", "__malloc",
		"__diagnose_as", "__declspec", "__bpf_kfunc", "__nocapture",
		"__target", "__no_sanitize",
	};
	static gsize done;

	if (!g_once_init_enter(&done))
		return;
	scan_known.return_ = name_of("return");
	scan_known.init = name_of("__init");
	scan_known.const_ = name_of("const");
	scan_known.unsigned_ = name_of("unsigned");
	scan_known.signed_ = name_of("signed");
	scan_known.int_ = name_of("int");
	scan_known.long_ = name_of("long");
	scan_known.short_ = name_of("short");
	scan_known.char_ = name_of("char");
	scan_known.void_ = name_of("void");
	scan_known.bool_ = name_of("bool");
	for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++)
		scan_known.attribute_like[i] = name_of(attributes[i]);
	g_once_init_leave(&done, 1);
}

void scan_ref(struct scanner *s, enum ref_kind ref_kind, uint32_t i)
{
	struct ref ref = {
		.name = s->tok[i].name, .offset = s->tok[i].offset,
		.kind = ref_kind,
	};

	g_array_append_val(s->scan->refs, ref);
}

static struct region *add_region(struct scanner *s, enum region_kind region_kind,
				 uint32_t first, uint32_t last)
{
	struct region region = {
		.start = s->tok[first].offset,
		.end = s->tok[last].offset + s->tok[last].length,
		.kind = (uint8_t)region_kind,
	};

	g_array_append_val(s->scan->regions, region);
	return &g_array_index(s->scan->regions, struct region,
			      s->scan->regions->len - 1);
}

static void name_region(const struct scanner *s, struct region *region,
			uint32_t i)
{
	region->name = s->tok[i].name;
	region->name_offset = s->tok[i].offset;
	region->name_length = s->tok[i].length;
}

/* Can a value end in front of a token of this kind? */
static inline bool ends_value(uint8_t next)
{
	return next == ',' || next == ')' || next == ';' || next == '}' ||
	       next == ':' || next == TOK_MACRO_END || next == ']' ||
	       next == '?';
}

/* Can a value begin behind token @i? */
static inline bool begins_value(const struct scanner *s, uint32_t i)
{
	switch (s->tok[i].kind) {
	case '(': case ',': case '=': case '{': case '?': case ':': case '&':
	case ')': case '!': case TOK_MACRO:
		return true;
	case TOK_KEYWORD:
		return s->tok[i].name == scan_known.return_;
	default:
		return false;
	}
}

/* "NAME;" is a macro that stands for a statement. */
static inline bool begins_statement(const struct scanner *s, uint32_t i)
{
	uint8_t before = s->tok[i].kind;

	return before == ';' || before == '{' || before == '}';
}

/*
 * The name at @i is followed by [...]: is the element called, or a member of
 * it?  "table[i](x)" calls through the table; of "table[i].f(x)" the member's
 * own token is the call.
 */
static bool is_indexed_call(const struct scanner *s, uint32_t i)
{
	while (kind(s, i) == '[' && is_closed(s, i))
		i = behind(s, i);
	return kind(s, i) == '(';
}

/* "(*name)(x)" or "(x->name)(x)": the call has parentheses of its own. */
static bool is_wrapped_call(const struct scanner *s, uint32_t i)
{
	uint32_t close = i + 1;
	uint64_t open;

	while (kind(s, close) == '[' && is_closed(s, close))
		close = behind(s, close);
	if (kind(s, close) != ')' || kind(s, close + 1) != '(')
		return false;
	open = s->tok[close].match;
	if (open == NO_MATCH)
		return false;
	/* A type in parentheses is a cast, a plain name may be one. */
	return kind(s, (uint32_t)open + 1) == '*' ||
	       kind(s, i - 1) == TOK_ARROW || kind(s, i - 1) == '.';
}

/* The name at @i in an expression or an initialiser. */
static inline void use(struct scanner *s, uint32_t i)
{
	uint8_t before = i ? s->tok[i - 1].kind : (uint8_t)TOK_END;
	uint8_t next = s->tok[i + 1].kind;
	bool member = before == TOK_ARROW || before == '.';

	if (next == '(') {
		scan_ref(s, member ? REF_MEMBER_CALL : REF_CALL, i);
	} else if (next == '[') {
		uint32_t end = i + 1;

		while (kind(s, end) == '[' && is_closed(s, end))
			end = behind(s, end);
		if (is_indexed_call(s, i + 1) || is_wrapped_call(s, i))
			scan_ref(s, member ? REF_MEMBER_CALL : REF_CALL, i);
		else if (ends_value(kind(s, end)) && member)
			scan_ref(s, REF_MEMBER_READ, i);
		else if (ends_value(kind(s, end)) && i &&
			 begins_value(s, i - 1))
			scan_ref(s, REF_VALUE, i);
	} else if (ends_value(next)) {
		if (next == ')' && is_wrapped_call(s, i))
			scan_ref(s, member ? REF_MEMBER_CALL : REF_CALL, i);
		else if (member)
			scan_ref(s, REF_MEMBER_READ, i);
		else if (i && (begins_value(s, i - 1) ||
			       ((next == ';' || next == '}') &&
				begins_statement(s, i - 1))))
			scan_ref(s, REF_VALUE, i);
	}
}

/* Behind the word struct at @i - 1: a struct that is defined in a function. */
static uint32_t local_struct(struct scanner *s, uint32_t i, uint32_t end)
{
	uint32_t brace = is_name(s, i) ? i + 1 : i;

	if (brace >= end || kind(s, brace) != '{' || !is_closed(s, brace) ||
	    s->tok[i - 1].length < 5 ||
	    (s->text[s->tok[i - 1].offset] != 's' &&
	     s->text[s->tok[i - 1].offset] != 'u'))
		return i;
	if (brace > i) {
		scan_ref(s, REF_STRUCT, i);
		g_array_index(s->scan->refs, struct ref,
			      s->scan->refs->len - 1).offset =
			s->tok[brace].offset;
	}
	scan_struct_body(s, brace);
	return behind(s, brace);
}

/* All uses between two tokens; macros that are defined there on their own. */
static void uses(struct scanner *s, uint32_t i, uint32_t end)
{
	while (i < end) {
		if (s->tok[i].kind == TOK_NAME) {
			use(s, i++);
		} else if (s->tok[i].kind == TOK_MACRO) {
			i = scan_macro(s, i);
		} else if (s->tok[i].kind == TOK_TYPE) {
			i = local_struct(s, i + 1, end);
		} else {
			i++;
		}
	}
}

uint32_t scan_macro(struct scanner *s, uint32_t i)
{
	uint32_t end = i + 1;
	uint32_t body = i + 1;
	struct region *region;

	while (end < s->count && s->tok[end].kind != TOK_MACRO_END)
		end++;
	region = add_region(s, REGION_MACRO, i, MIN(end, s->count - 1));
	name_region(s, region, i);
	if (s->tok[i].flags & TOK_HAS_PARAMETERS) {
		region->flags |= REGION_PARAMETERS;
		if (kind(s, body) == '(' && is_closed(s, body))
			body = MIN(behind(s, body), end);
	}
	scan_ref(s, REF_MACRO, i);
	uses(s, body, end);
	return MIN(end + 1, s->count);
}

/*
 * The name of the function whose body opens at @brace, in a declaration that
 * begins at @start: the name in front of the parameters.  Behind these may
 * stand attributes, with and without arguments.
 */
static uint32_t function_name(const struct scanner *s, uint32_t start,
			      uint32_t brace)
{
	uint32_t found = NO_MATCH;
	uint32_t i = brace;

	for (;;) {
		uint32_t open;

		while (i > start && (kind(s, i - 1) == TOK_NAME ||
				     kind(s, i - 1) >= TOK_IF))
			i--;
		if (i <= start || kind(s, i - 1) != ')' ||
		    !is_closed(s, i - 1))
			break;
		open = (uint32_t)s->tok[i - 1].match;
		if (open <= start)
			break;
		if (kind(s, open - 1) == TOK_NAME) {
			if (!scan_is_attribute(s->tok[open - 1].name) ||
			    found == NO_MATCH)
				found = open - 1;
			i = open - 1;
		} else if (kind(s, open - 1) == TOK_KEYWORD) {
			i = open - 1;
		} else if (kind(s, open - 1) == ')' &&
			   is_closed(s, open - 1)) {
			/* int (*name(parameters))(int) { */
			uint32_t j = (uint32_t)s->tok[open - 1].match + 1;

			while (kind(s, j) == '*')
				j++;
			if (is_name(s, j) && kind(s, j + 1) == '(')
				found = j;
			break;
		} else {
			break;
		}
		/* Only what follows another parenthesis was an attribute. */
		if (i <= start || (kind(s, i - 1) != ')' &&
				   kind(s, i - 1) != TOK_NAME))
			break;
		if (kind(s, i - 1) == TOK_NAME) {
			uint32_t j = i;

			while (j > start && kind(s, j - 1) == TOK_NAME)
				j--;
			/* "int f(void) noinline __attr(x) {" goes on at f */
			if (j <= start || kind(s, j - 1) != ')')
				break;
			if (found != NO_MATCH &&
			    !scan_is_attribute(s->tok[found].name) &&
			    strncmp(s->text + s->tok[found].offset, "__", 2))
				break;
		}
	}
	return found;
}

static bool is_capital(const struct scanner *s, uint32_t i)
{
	const char *text = s->text + s->tok[i].offset;

	for (uint16_t j = 0; j < s->tok[i].length; j++)
		if (g_ascii_islower(text[j]))
			return false;
	return true;
}

static name_t prefixed(const struct scanner *s, const char *prefix, uint32_t i)
{
	char buffer[320];

	g_snprintf(buffer, sizeof(buffer), "%s%.*s", prefix,
		   (int)MIN(s->tok[i].length, 256),
		   s->text + s->tok[i].offset);
	return name_of(buffer);
}

static bool is_basic_type(name_t name)
{
	return name == scan_known.int_ || name == scan_known.long_ ||
	       name == scan_known.short_ || name == scan_known.char_ ||
	       name == scan_known.void_ || name == scan_known.bool_ ||
	       name == scan_known.unsigned_ || name == scan_known.signed_;
}

/*
 * A definition of a function by a macro: "SYSCALL_DEFINE2(name, ...) {",
 * "BPF_CALL_1(name, ...) {".  The first argument that is a name is its name.
 */
static void macro_function(struct scanner *s, struct region *region,
			   uint32_t name)
{
	uint32_t i = name + 1;
	uint32_t end = behind(s, i);

	while (i < end && (!is_name(s, i) || is_basic_type(s->tok[i].name)))
		i++;
	if (i >= end)
		return;
	name_region(s, region, i);
	if (scan_begins_with(s, name, "SYSCALL_DEFINE")) {
		region->flags |= REGION_SYSCALL;
		region->name = prefixed(s, "sys_", i);
	} else if (scan_begins_with(s, name, "COMPAT_SYSCALL_DEFINE")) {
		region->flags |= REGION_COMPAT_SYSCALL;
		region->name = prefixed(s, "compat_sys_", i);
	}
}

/* The storage class and section of the declaration from @i to @end. */
static uint8_t declared_flags(const struct scanner *s, uint32_t i, uint32_t end)
{
	uint8_t flags = 0;

	for (; i < end; i++) {
		if (s->tok[i].kind == TOK_TYPE && s->tok[i].length == 6 &&
		    scan_begins_with(s, i, "static"))
			flags |= REGION_STATIC;
		else if (is_name(s, i) && s->tok[i].name == scan_known.init)
			flags |= REGION_INIT;
	}
	return flags;
}

/*
 * Does a type stand in front of the name?  Then it is a function with a name in
 * capitals, and no macro that defines one.
 */
static bool has_type(const struct scanner *s, uint32_t start, uint32_t name)
{
	static const char *const words[] = {
		"inline", "noinline", "asmlinkage", "notrace", "noinstr",
	};

	for (uint32_t i = start; i < name; i++) {
		bool is_word = s->tok[i].kind == TOK_TYPE ||
			       s->tok[i].kind >= TOK_IF ||
			       scan_begins_with(s, i, "__");

		if (s->tok[i].kind == TOK_TYPE &&
		    !scan_begins_with(s, i, "static") &&
		    !scan_begins_with(s, i, "extern"))
			return true;
		for (size_t w = 0; w < G_N_ELEMENTS(words) && !is_word; w++)
			is_word = scan_begins_with(s, i, words[w]);
		if (!is_word)
			return true;
	}
	return false;
}

static void function(struct scanner *s, uint32_t start, uint32_t name,
		     uint32_t brace)
{
	uint32_t end = is_closed(s, brace) ? (uint32_t)s->tok[brace].match :
		s->count - 1;
	struct region *region = add_region(s, REGION_FUNCTION, start, end);
	struct ref ref;

	region->flags = declared_flags(s, start, brace);
	name_region(s, region, name);
	if (is_capital(s, name) && !has_type(s, start, name))
		macro_function(s, region, name);
	ref = (struct ref){
		.name = region->name, .offset = region->name_offset,
		.kind = REF_FUNCTION,
	};
	g_array_append_val(s->scan->refs, ref);
	uses(s, brace + 1, end);
}

/*
 * The names that a file-scope declaration without a body declares: each name
 * at its top level in front of one of , ; = [ -- or of a (*name)(...).
 */
static void variables(struct scanner *s, uint32_t start, uint32_t end,
		      struct region *region)
{
	bool in_value = false;
	bool seen_type = false;

	for (uint32_t i = start; i < end;) {
		uint8_t k = s->tok[i].kind;
		uint32_t pointer = scan_pointer_name(s, i);

		if (pointer && !in_value) {
			scan_ref(s, REF_VARIABLE, pointer);
			if (region && !region->name)
				name_region(s, region, pointer);
		}
		if (k == '(' || k == '[' || k == '{') {
			i = behind(s, i);
			continue;
		}
		if (k == '=')
			in_value = true;
		else if (k == ',')
			in_value = false;
		else if (k == TOK_NAME && !in_value && seen_type) {
			uint8_t next = kind(s, i + 1);

			if (next == ',' || next == ';' || next == '=' ||
			    next == '[' || i + 1 == end) {
				scan_ref(s, REF_VARIABLE, i);
				if (region && !region->name)
					name_region(s, region, i);
			}
		}
		if (k == TOK_NAME || k == TOK_TYPE)
			seen_type = true;
		i++;
	}
}

/* "static __initdata DECLARE_WORK(x, f);" is a macro's as well. */
static uint32_t behind_annotations(const struct scanner *s, uint32_t first,
				   uint32_t end)
{
	uint32_t i = first;

	while (i + 1 < end && is_name(s, i) && scan_begins_with(s, i, "__") &&
	       is_name(s, i + 1))
		i++;
	return is_name(s, i) && is_capital(s, i) ? i : first;
}

/*
 * A declaration at file scope that ends at the semicolon @end; @value is the
 * token of its first =, or 0.
 */
static void declaration(struct scanner *s, uint32_t start, uint32_t end,
			uint32_t value)
{
	struct region *region;
	uint32_t count = s->scan->refs->len;
	uint32_t first = start;

	if (start >= end)
		return;
	if (kind(s, start) == TOK_TYPE && scan_begins_with(s, start, "typedef")) {
		scan_typedef(s, start + 1, end);
		return;
	}
	while (kind(s, first) == TOK_TYPE && first + 1 < end)
		first++;
	first = behind_annotations(s, first, end);
	if (value) {
		region = add_region(s, REGION_STATEMENT, start, end - 1);
		region->flags = declared_flags(s, start, value);
		variables(s, start, end, region);
		uses(s, value, end);
		return;
	}
	/* NAME(...): a macro that stands for a definition. */
	if (is_name(s, first) && kind(s, first + 1) == '(' &&
	    !scan_pointer_name(s, first + 1)) {
		region = add_region(s, REGION_STATEMENT, start, end - 1);
		name_region(s, region, first);
		/* DEFINE_MUTEX(name), LIST_HEAD(name): a variable. */
		if (is_capital(s, first) && is_name(s, first + 2) &&
		    (kind(s, first + 3) == ')' || kind(s, first + 3) == ','))
			scan_ref(s, REF_VARIABLE, first + 2);
		uses(s, first, end);
		if (count == s->scan->refs->len)
			g_array_set_size(s->scan->regions,
					 s->scan->regions->len - 1);
		return;
	}
	/* What is declared extern is defined elsewhere. */
	if (kind(s, start) != TOK_TYPE || !scan_begins_with(s, start, "extern"))
		variables(s, start, end, NULL);
}

/* Is what stands from @start to @i a macro with its arguments, and no more? */
static bool is_macro_call(const struct scanner *s, uint32_t start, uint32_t i)
{
	uint32_t first = start;

	if (kind(s, first) == TOK_TYPE)
		first++;
	return is_name(s, first) && kind(s, first + 1) == '(' &&
	       is_closed(s, first + 1) && behind(s, first + 1) == i;
}

/*
 * Does a macro invocation end here, without a semicolon?  What follows begins a
 * line of its own: a directive, a declaration at the margin, another macro.
 */
static bool ends_statement(const struct scanner *s, uint32_t start, uint32_t i)
{
	uint8_t next = kind(s, i);

	if (i >= s->count || !is_macro_call(s, start, i))
		return false;
	if (next == TOK_MACRO || next >= TOK_IF)
		return true;
	if (!(s->tok[i].flags & TOK_FIRST) ||
	    (next != TOK_TYPE && next != TOK_NAME) ||
	    scan_begins_with(s, i, "__"))
		return false;
	return s->text[s->tok[i].offset - 1] == '\n' ||
	       (next == TOK_NAME && is_capital(s, start) && is_capital(s, i));
}

/* Is this a declaration of a struct, union or enum, rather than a function? */
static bool is_type_body(const struct scanner *s, uint32_t start,
			 uint32_t brace, bool *is_enum)
{
	for (uint32_t i = brace; i-- > start;) {
		uint8_t k = s->tok[i].kind;

		if (k == TOK_TYPE && !scan_begins_with(s, i, "static") &&
		    !scan_begins_with(s, i, "extern") &&
		    !scan_begins_with(s, i, "typedef")) {
			*is_enum = scan_begins_with(s, i, "enum");
			return true;
		}
		if (k == ')' && i + 1 == brace && is_closed(s, i)) {
			/* struct __attribute__((packed)) { or a function */
			uint32_t open = (uint32_t)s->tok[i].match;

			if (open && kind(s, open - 1) == TOK_KEYWORD) {
				i = open;
				continue;
			}
			return false;
		}
		if (k != TOK_NAME && k != TOK_KEYWORD && k < TOK_IF)
			return false;
	}
	return false;
}

static void file_scope(struct scanner *s, uint32_t i, uint32_t end);

/*
 * The brace at @i in a declaration from @start.  Returns the token to go on
 * with; *@next_start is set where the declaration is over.
 */
static uint32_t file_scope_brace(struct scanner *s, uint32_t *start, uint32_t i,
				 bool *is_struct)
{
	bool is_enum = false;
	uint32_t name;

	if (i > *start && kind(s, i - 1) == TOK_STRING) {
		/* extern "C" { */
		if (is_closed(s, i))
			file_scope(s, i + 1, (uint32_t)s->tok[i].match);
		*start = behind(s, i);
		return *start;
	}
	if (is_type_body(s, *start, i, &is_enum)) {
		if (!is_enum)
			scan_struct(s, *start, i);
		*is_struct = true;
		return behind(s, i);
	}
	/* One of two heads, in an #if, of a body that the other one opens. */
	if (!is_closed(s, i)) {
		*start = i + 1;
		return *start;
	}
	name = function_name(s, *start, i);
	if (name != NO_MATCH)
		function(s, *start, name, i);
	else
		uses(s, i + 1, behind(s, i));
	*start = behind(s, i);
	return *start;
}

static void file_scope(struct scanner *s, uint32_t i, uint32_t end)
{
	uint32_t start = i;
	uint32_t value = 0;
	bool is_struct = false;

	while (i < end) {
		uint8_t k = s->tok[i].kind;

		if (i > start && !value && ends_statement(s, start, i)) {
			declaration(s, start, i, 0);
			start = i;
			is_struct = false;
		}
		if (k == ';') {
			declaration(s, start, i, value);
			start = ++i;
			value = 0;
			is_struct = false;
		} else if (k == '{' && !value) {
			i = file_scope_brace(s, &start, i, &is_struct);
			if (start == i)
				is_struct = false;
		} else if (k == '{' || k == '(' || k == '[') {
			i = behind(s, i);
		} else if (k == TOK_MACRO) {
			bool at_start = start == i;

			i = scan_macro(s, i);
			if (at_start)
				start = i;
		} else if (k >= TOK_IF) {
			if (start == i)
				start++;
			i++;
		} else {
			if (k == '=' && !value)
				value = i;
			i++;
		}
	}
	if (start < end)
		declaration(s, start, end, value);
}

struct scan *scan_new(void)
{
	struct scan *scan = g_new(struct scan, 1);

	scan->refs = g_array_new(FALSE, FALSE, sizeof(struct ref));
	scan->regions = g_array_new(FALSE, FALSE, sizeof(struct region));
	scan->function_members = g_array_new(FALSE, FALSE, sizeof(name_t));
	scan->function_types = g_array_new(FALSE, FALSE, sizeof(name_t));
	scan->typed_members = g_array_new(FALSE, FALSE,
					  sizeof(struct typed_member));
	return scan;
}

void scan_free(struct scan *scan)
{
	g_array_unref(scan->refs);
	g_array_unref(scan->regions);
	g_array_unref(scan->function_members);
	g_array_unref(scan->function_types);
	g_array_unref(scan->typed_members);
	g_free(scan);
}

static int compare_regions(gconstpointer a, gconstpointer b)
{
	const struct region *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end > y->end ? -1 : x->end < y->end;
}

/* A macro in the middle of a declaration comes before it in the list. */
static void sort_regions(GArray *regions)
{
	for (guint i = 1; i < regions->len; i++) {
		if (g_array_index(regions, struct region, i).start <
		    g_array_index(regions, struct region, i - 1).start) {
			g_array_sort(regions, compare_regions);
			return;
		}
	}
}

void scan_text(struct scan *scan, struct toks *toks, const char *text,
	       uint32_t length)
{
	struct scanner s = { .text = text, .scan = scan };

	fill_known();
	g_array_set_size(scan->refs, 0);
	g_array_set_size(scan->regions, 0);
	g_array_set_size(scan->function_members, 0);
	g_array_set_size(scan->function_types, 0);
	g_array_set_size(scan->typed_members, 0);
	toks_read(toks, text, length);
	s.tok = toks->tok;
	s.count = toks->count;
	file_scope(&s, 0, s.count);
	sort_regions(scan->regions);
}
