// SPDX-License-Identifier: GPL-2.0-only
/* Structs and typedefs as the scanner reads them; see scan.h. */
#include "scan/scanner.h"

#include <string.h>

bool scan_begins_with(const struct scanner *s, uint32_t i, const char *prefix)
{
	return !strncmp(s->text + s->tok[i].offset, prefix, strlen(prefix));
}

static void add_name(GArray *names, name_t name)
{
	g_array_append_val(names, name);
}

uint32_t scan_pointer_name(const struct scanner *s, uint32_t i)
{
	uint32_t name = i + 1;

	if (kind(s, i) != '(')
		return 0;
	/* An attribute of the calling convention may come first. */
	if (is_name(s, name) && kind(s, name + 1) == '*')
		name++;
	if (kind(s, name) != '*')
		return 0;
	while (kind(s, name) == '*' || (is_name(s, name) && is_name(s, name + 1)))
		name++;
	if (!is_name(s, name))
		return 0;
	for (i = name + 1; kind(s, i) == '[' && is_closed(s, i);)
		i = behind(s, i);
	return kind(s, i) == ')' && kind(s, i + 1) == '(' ? name : 0;
}

/* One member declaration of a struct, from @i up to its semicolon. */
static uint32_t member(struct scanner *s, uint32_t i, uint32_t end)
{
	struct typed_member typed;
	uint32_t start = i;

	while (i < end && s->tok[i].kind != ';') {
		uint32_t name;

		switch (s->tok[i].kind) {
		case '(':
			name = scan_pointer_name(s, i);
			if (name)
				add_name(s->scan->function_members,
					 s->tok[name].name);
			i = behind(s, i);
			break;
		case '{':
			if (is_name(s, i - 1) && kind(s, i - 2) == TOK_TYPE) {
				scan_ref(s, REF_STRUCT, i - 1);
				g_array_index(s->scan->refs, struct ref,
					      s->scan->refs->len - 1).offset =
					s->tok[i].offset;
			}
			scan_struct_body(s, i);
			i = behind(s, i);
			break;
		case '[':
			i = behind(s, i);
			break;
		case TOK_MACRO:
			i = scan_macro(s, i);
			break;
		default:
			i++;
		}
	}
	/* typedef_name [*] member; */
	if (i >= start + 2 && is_name(s, start)) {
		uint32_t name = start + 1;

		if (s->tok[start].name == scan_known.const_)
			name++;
		while (kind(s, name) == '*')
			name++;
		if (is_name(s, name) && is_name(s, start) && name < i) {
			typed.type = s->tok[start].name == scan_known.const_ ?
				s->tok[start + 1].name : s->tok[start].name;
			typed.member = s->tok[name].name;
			g_array_append_val(s->scan->typed_members, typed);
		}
	}
	return MIN(i + 1, end);
}

void scan_struct_body(struct scanner *s, uint32_t open)
{
	uint32_t end = is_closed(s, open) ? (uint32_t)s->tok[open].match :
		open + 1;
	uint32_t i = open + 1;

	while (i < end) {
		if (s->tok[i].kind >= TOK_IF)
			i++;
		else
			i = member(s, i, end);
	}
}

bool scan_is_attribute(name_t name)
{
	for (size_t i = 0; scan_known.attribute_like[i]; i++)
		if (scan_known.attribute_like[i] == name)
			return true;
	return false;
}

void scan_typedef(struct scanner *s, uint32_t start, uint32_t end)
{
	uint32_t last = 0;
	bool is_function = false;

	for (uint32_t i = start; i < end;) {
		uint32_t name = scan_pointer_name(s, i);

		if (name) {
			last = name;
			is_function = true;
			break;
		}
		if (kind(s, i) == '(' && is_name(s, i + 1) &&
		    kind(s, i + 2) == ')' && kind(s, i + 3) == '(') {
			last = i + 1;	/* typedef int (name)(int); */
			is_function = true;
			break;
		}
		if (kind(s, i) == '(' && is_name(s, i - 1) && i > start + 1 &&
		    is_closed(s, i) && behind(s, i) == end &&
		    !scan_is_attribute(s->tok[i - 1].name)) {
			last = i - 1;	/* typedef int name(int); */
			is_function = true;
			break;
		}
		if (kind(s, i) == '(' || kind(s, i) == '[' ||
		    kind(s, i) == '{') {
			i = behind(s, i);
			continue;
		}
		if (is_name(s, i))
			last = i;
		i++;
	}
	if (!last)
		return;
	scan_ref(s, REF_TYPEDEF, last);
	if (is_function)
		scan_ref(s, REF_FUNCTION_TYPE, last);
	if (is_function)
		add_name(s->scan->function_types, s->tok[last].name);
}

void scan_struct(struct scanner *s, uint32_t start, uint32_t brace)
{
	uint32_t tag = brace - 1;
	struct ref ref = { .kind = REF_STRUCT, .offset = s->tok[brace].offset };

	/* Attributes stand between the word struct and the tag. */
	if (kind(s, tag) == TOK_NAME) {
		ref.name = s->tok[tag].name;
		g_array_append_val(s->scan->refs, ref);
	} else if (scan_begins_with(s, start, "typedef") && is_closed(s, brace)) {
		/* typedef struct { } name; */
		uint32_t i = behind(s, brace);

		while (i < s->count && s->tok[i].kind != ';' &&
		       s->tok[i].kind != '{' && s->tok[i].kind != TOK_TYPE &&
		       !(is_name(s, i) && (kind(s, i + 1) == ';' ||
					   kind(s, i + 1) == ',')))
			i++;
		if (is_name(s, i)) {
			ref.name = s->tok[i].name;
			g_array_append_val(s->scan->refs, ref);
		}
	}
	scan_struct_body(s, brace);
}
