// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lexer of the index; see tokens.h.
 *
 * Brackets are matched as they come.  Branches of a conditional start from the
 * same open brackets: "#ifdef A  if (x) {  #else  if (y) {  #endif" opens one
 * block, not two.  A closing brace in the first column closes whatever is
 * open, so that one macro with a lone bracket cannot spoil the file.
 */
#include "scan/tokens.h"

#include <glib.h>

/* Open brackets that are kept; deeper ones stay without a partner. */
#define MAX_OPEN 256
#define MAX_CONDITIONALS 64

struct conditional {
	uint32_t depth;
	uint32_t open[MAX_OPEN];
	bool dead_before;
};

struct reader {
	const char *text;
	const char *at;
	const char *end;
	struct toks *toks;
	uint8_t flags;		/* of the next token */
	uint32_t depth;
	uint32_t open[MAX_OPEN];	/* opening brackets' tokens */
	uint32_t floor;		/* brackets below belong outside of the macro */
	bool in_macro;		/* in its replacement list: no directives */
	uint32_t conditionals;
	struct conditional *conditional;
};

enum byte_class {
	BYTE_OTHER, BYTE_SPACE, BYTE_NEWLINE, BYTE_START, BYTE_DIGIT,
	BYTE_QUOTE, BYTE_SLASH, BYTE_HASH, BYTE_OPEN, BYTE_CLOSE, BYTE_SIGN,
	BYTE_BACKSLASH, BYTE_DOT,
};

#define LETTERS(x) [x ... (x) + 25] = BYTE_START
#define SIGN(x) [x] = BYTE_SIGN

/* The ranges are gcc's and clang's; the result is what <ctype.h> says in C. */
__extension__ static const uint8_t class_of[256] = {
	LETTERS('a'), LETTERS('A'), ['_'] = BYTE_START, ['$'] = BYTE_START,
	['0' ... '9'] = BYTE_DIGIT,
	[' '] = BYTE_SPACE, ['\t'] = BYTE_SPACE, ['\r'] = BYTE_SPACE,
	['\f'] = BYTE_SPACE, ['\v'] = BYTE_SPACE, ['\n'] = BYTE_NEWLINE,
	['"'] = BYTE_QUOTE, ['\''] = BYTE_QUOTE, ['/'] = BYTE_SLASH,
	['#'] = BYTE_HASH, ['\\'] = BYTE_BACKSLASH, ['.'] = BYTE_DOT,
	['('] = BYTE_OPEN, ['['] = BYTE_OPEN, ['{'] = BYTE_OPEN,
	[')'] = BYTE_CLOSE, [']'] = BYTE_CLOSE, ['}'] = BYTE_CLOSE,
	SIGN('-'), SIGN('='), SIGN('!'), SIGN('<'), SIGN('>'), SIGN('+'),
	SIGN('*'), SIGN('%'), SIGN('&'), SIGN('|'), SIGN('^'),
};

static inline bool is_part(char c)
{
	uint8_t class = class_of[(uint8_t)c];

	return class == BYTE_START || class == BYTE_DIGIT;
}

/*
 * Words that are no names.  Looked up by the low byte of the hash, so that
 * nearly every name is told apart by one load.
 */
static const struct {
	const char *spelling;
	uint8_t kind;
} words[] = {
	{ "if", TOK_KEYWORD }, { "else", TOK_KEYWORD },
	{ "while", TOK_KEYWORD }, { "for", TOK_KEYWORD },
	{ "do", TOK_KEYWORD }, { "switch", TOK_KEYWORD },
	{ "case", TOK_KEYWORD }, { "default", TOK_KEYWORD },
	{ "return", TOK_KEYWORD }, { "goto", TOK_KEYWORD },
	{ "break", TOK_KEYWORD }, { "continue", TOK_KEYWORD },
	{ "sizeof", TOK_KEYWORD }, { "typeof", TOK_KEYWORD },
	{ "__typeof__", TOK_KEYWORD }, { "__typeof", TOK_KEYWORD },
	{ "_Alignof", TOK_KEYWORD }, { "__alignof__", TOK_KEYWORD },
	{ "_Generic", TOK_KEYWORD }, { "asm", TOK_KEYWORD },
	{ "__asm__", TOK_KEYWORD }, { "__attribute__", TOK_KEYWORD },
	{ "defined", TOK_KEYWORD }, { "offsetof", TOK_KEYWORD },
	{ "struct", TOK_TYPE }, { "union", TOK_TYPE }, { "enum", TOK_TYPE },
	{ "typedef", TOK_TYPE }, { "static", TOK_TYPE },
	{ "extern", TOK_TYPE },
};

#define WORD_SLOTS 1024

static struct {
	name_t name;
	uint8_t kind;
} word_table[WORD_SLOTS];

static void fill_words(void)
{
	static gsize done;

	if (!g_once_init_enter(&done))
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		name_t name = name_of(words[i].spelling);
		size_t slot = (name >> 1) % WORD_SLOTS;

		while (word_table[slot].name)
			slot = (slot + 1) % WORD_SLOTS;
		word_table[slot].name = name;
		word_table[slot].kind = words[i].kind;
	}
	g_once_init_leave(&done, 1);
}

static inline uint8_t kind_of_word(name_t name)
{
	size_t slot = (name >> 1) % WORD_SLOTS;

	for (; word_table[slot].name; slot = (slot + 1) % WORD_SLOTS)
		if (word_table[slot].name == name)
			return word_table[slot].kind;
	return TOK_NAME;
}

name_t name_of(const char *spelling)
{
	size_t length = strlen(spelling);
	char buffer[64 + NAME_PADDING];
	char *copy;
	name_t name;

	if (!length)
		return 1;	/* what no identifier is */
	if (length <= 64) {
		memset(buffer, 0, sizeof(buffer));
		memcpy(buffer, spelling, length);
		return name_hash(buffer, length);
	}
	copy = g_malloc0(length + NAME_PADDING);
	memcpy(copy, spelling, length);
	name = name_hash(copy, length);
	g_free(copy);
	return name;
}

static G_GNUC_NO_INLINE void grow(struct toks *toks)
{
	toks->allocated = toks->allocated ? toks->allocated * 2 : 16384;
	toks->tok = g_renew(struct tok, toks->tok, toks->allocated);
}

static inline struct tok *add(struct reader *reader, uint8_t kind,
			      const char *start, const char *end)
{
	struct toks *toks = reader->toks;
	size_t length = (size_t)(end - start);
	struct tok *tok;

	if (G_UNLIKELY(toks->count + 2 > toks->allocated))
		grow(toks);
	tok = &toks->tok[toks->count++];
	tok->match = NO_MATCH;
	tok->offset = (uint32_t)(start - reader->text);
	tok->length = (uint16_t)MIN(length, UINT16_MAX);
	tok->kind = kind;
	tok->flags = reader->flags;
	reader->flags = 0;
	return tok;
}

/* The end of the line at @at, behind its continuation lines. */
static const char *line_end(const struct reader *reader, const char *at)
{
	while (at < reader->end) {
		const char *newline = memchr(at, '\n',
					     (size_t)(reader->end - at));

		if (!newline)
			return reader->end;
		if (newline > at && newline[-1] == '\\') {
			at = newline + 1;
			continue;
		}
		if (newline > at + 1 && newline[-1] == '\r' &&
		    newline[-2] == '\\') {
			at = newline + 1;
			continue;
		}
		return newline;
	}
	return reader->end;
}

static const char *comment_end(const struct reader *reader, const char *at)
{
	at += 2;
	while (at < reader->end) {
		const char *star = memchr(at, '*', (size_t)(reader->end - at));

		if (!star)
			return reader->end;
		if (star[1] == '/')
			return star + 2;
		at = star + 1;
	}
	return reader->end;
}

/* Past a string that does not go beyond its line. */
static const char *quoted_end(const struct reader *reader, const char *at)
{
	char quote = *at++;

	while (at < reader->end && *at != quote) {
		if (*at == '\n')
			return at;
		if (*at == '\\' && at + 1 < reader->end)
			at++;
		at++;
	}
	return at < reader->end ? at + 1 : reader->end;
}

static void open_bracket(struct reader *reader)
{
	uint32_t index = reader->toks->count;

	add(reader, (uint8_t)*reader->at, reader->at, reader->at + 1);
	if (reader->depth < MAX_OPEN)
		reader->open[reader->depth] = index;
	reader->depth++;
	reader->at++;
}

static char partner(char close)
{
	return close == ')' ? '(' : close == ']' ? '[' : '{';
}

/*
 * Close the innermost bracket of the right kind.  A brace closes through
 * parentheses that were left open, a parenthesis never through a brace.
 */
static void close_bracket(struct reader *reader)
{
	char close = *reader->at;
	char wanted = partner(close);
	uint32_t index = reader->toks->count;
	struct tok *tok;
	uint32_t depth;

	if (reader->at == reader->text || reader->at[-1] == '\n')
		reader->flags |= TOK_MARGIN;
	tok = add(reader, (uint8_t)close, reader->at, reader->at + 1);
	reader->at++;
	if (reader->depth > MAX_OPEN) {
		reader->depth--;
		return;
	}
	depth = reader->depth;
	if (close == '}' && tok->flags & TOK_MARGIN && !reader->floor) {
		/* Outermost brace: whatever is open inside was misread. */
		for (uint32_t i = 0; i < depth; i++) {
			if (reader->toks->tok[reader->open[i]].kind == '{') {
				depth = i + 1;
				break;
			}
		}
	} else {
		while (depth > reader->floor) {
			uint8_t kind = reader->toks->tok[
				reader->open[depth - 1]].kind;

			if (kind == wanted)
				break;
			if (close != '}' && kind == '{')
				return;
			depth--;
		}
	}
	if (depth <= reader->floor)
		return;
	reader->depth = depth - 1;
	if (reader->toks->tok[reader->open[depth - 1]].kind != wanted)
		return;
	tok->match = reader->open[depth - 1];
	reader->toks->tok[reader->open[depth - 1]].match = index;
}

static void begin_conditional(struct reader *reader)
{
	struct conditional *save;
	uint32_t depth = MIN(reader->depth, MAX_OPEN);

	if (reader->conditionals++ >= MAX_CONDITIONALS)
		return;
	save = &reader->conditional[reader->conditionals - 1];
	save->depth = depth;
	memcpy(save->open, reader->open, depth * sizeof(*save->open));
}

static void other_branch(struct reader *reader)
{
	struct conditional *save;

	if (!reader->conditionals || reader->conditionals > MAX_CONDITIONALS)
		return;
	save = &reader->conditional[reader->conditionals - 1];
	reader->depth = save->depth;
	memcpy(reader->open, save->open, save->depth * sizeof(*save->open));
}

/* The end of a directive's line, which goes on where a comment does. */
static const char *directive_end(const struct reader *reader, const char *at)
{
	const char *end = line_end(reader, at);

	if (at >= end || !memchr(at, '/', (size_t)(end - at)))
		return end;
	while (at < end) {
		if (*at == '"' || *at == '\'') {
			at = quoted_end(reader, at);
		} else if (at[0] == '/' && at[1] == '/') {
			break;
		} else if (at[0] == '/' && at[1] == '*') {
			at = comment_end(reader, at);
			if (at > end)
				end = line_end(reader, at);
		} else {
			at++;
		}
	}
	return end;
}

static const char *skip_blanks(const struct reader *reader, const char *at)
{
	for (;;) {
		while (at < reader->end && (*at == ' ' || *at == '\t'))
			at++;
		if (*at == '\\' && at[1] == '\n')
			at += 2;
		else if (*at == '/' && at[1] == '*')
			at = comment_end(reader, at);
		else
			return at;
	}
}

static bool word_is(const char *start, const char *end, const char *word)
{
	size_t length = strlen(word);

	return (size_t)(end - start) == length && !memcmp(start, word, length);
}

/* Past the lines of an "#if 0", up to the line of its #else or #endif. */
static const char *skip_dead(const struct reader *reader, const char *at)
{
	unsigned int depth = 0;

	while (at < reader->end) {
		const char *line = at;
		const char *word, *end;

		while (at < reader->end && (*at == ' ' || *at == '\t'))
			at++;
		if (*at != '#') {
			const char *newline = memchr(at, '\n',
						     (size_t)(reader->end - at));

			if (!newline)
				return reader->end;
			at = newline + 1;
			continue;
		}
		word = skip_blanks(reader, at + 1);
		for (end = word; is_part(*end); end++)
			;
		if (end - word >= 2 && !memcmp(word, "if", 2))
			depth++;
		else if (!depth && (word_is(word, end, "endif") ||
				    word_is(word, end, "else") ||
				    word_is(word, end, "elif")))
			return line;
		else if (word_is(word, end, "endif"))
			depth--;
		at = line_end(reader, end);
		if (at < reader->end)
			at++;
	}
	return reader->end;
}

/* Is the condition that begins at @at the word alone? */
static bool condition_is(const struct reader *reader, const char *at,
			 char digit)
{
	const char *end = line_end(reader, at);

	at = skip_blanks(reader, at);
	if (*at != digit)
		return false;
	at = skip_blanks(reader, at + 1);
	return at >= end || *at == '\n' || *at == '\r' ||
	       (*at == '/' && at[1] == '/');
}

static void read_tokens(struct reader *reader, const char *end);

/*
 * A replacement list that is no more than a constant says nothing about who
 * calls whom.
 */
static bool is_plain(const char *at, const char *end)
{
	while (at < end && (*at == '(' || *at == '-' || *at == '~'))
		at++;
	return at >= end || class_of[(uint8_t)*at] == BYTE_DIGIT ||
	       *at == '"' || *at == '\n' || *at == '\r';
}

static void define(struct reader *reader, const char *at)
{
	const char *end = directive_end(reader, at);
	const char *start = skip_blanks(reader, at);
	const char *stop = start;
	uint32_t floor = reader->floor;
	uint32_t depth = reader->depth;
	const char *body;
	struct tok *tok;

	while (is_part(*stop))
		stop++;
	if (stop > end) {	/* its name stands behind a comment's lines */
		reader->at = stop;
		return;
	}
	body = stop;
	if (*body != '(') {
		body = skip_blanks(reader, body);
		if (body >= end || is_plain(body, end)) {
			reader->at = end;
			return;
		}
	}
	if (stop == start || depth > MAX_OPEN) {
		reader->at = end;
		return;
	}
	tok = add(reader, TOK_MACRO, start, stop);
	tok->name = name_hash(start, (size_t)(stop - start));
	if (*stop == '(')
		tok->flags |= TOK_HAS_PARAMETERS;
	reader->floor = depth;
	reader->in_macro = true;
	reader->at = stop;
	read_tokens(reader, end);
	reader->in_macro = false;
	reader->floor = floor;
	reader->depth = depth;
	add(reader, TOK_MACRO_END, end, end);
	reader->at = MAX(reader->at, end);
}

static void directive(struct reader *reader)
{
	const char *word = skip_blanks(reader, reader->at + 1);
	const char *end = word;

	while (is_part(*end))
		end++;
	if (word_is(word, end, "define")) {
		define(reader, end);
		return;
	}
	reader->at = directive_end(reader, end);
	if (end - word >= 2 && !memcmp(word, "if", 2)) {
		add(reader, TOK_IF, word, end);
		begin_conditional(reader);
		if (word_is(word, end, "if") && condition_is(reader, end, '0'))
			reader->at = skip_dead(reader, reader->at);
		/* What follows begins a line, after dead code as well. */
		reader->flags |= TOK_FIRST;
	} else if (word_is(word, end, "else") || word_is(word, end, "elif")) {
		add(reader, TOK_ELSE, word, end);
		other_branch(reader);
	} else if (word_is(word, end, "endif")) {
		add(reader, TOK_ENDIF, word, end);
		if (reader->conditionals)
			reader->conditionals--;
	}
}

static void sign(struct reader *reader)
{
	const char *at = reader->at;
	uint8_t kind = (uint8_t)*at;
	size_t length = 1;

	if (at[0] == '-' && at[1] == '>') {
		kind = TOK_ARROW;
		length = 2;
	} else if (at[1] == '=') {
		kind = strchr("=!<>", at[0]) ? TOK_EQUAL : TOK_CHANGE;
		length = 2;
	} else if (at[1] == at[0] && strchr("+-&|", at[0])) {
		kind = TOK_CHANGE;
		length = 2;
	} else if (at[1] == at[0] && strchr("<>", at[0])) {
		kind = TOK_CHANGE;
		length = at[2] == '=' ? 3 : 2;
	}
	add(reader, kind, at, at + length);
	reader->at += length;
}

static inline void word(struct reader *reader)
{
	const char *start = reader->at;
	const char *at = start + 1;
	struct tok *tok;
	name_t name;

	while (is_part(*at))
		at++;
	reader->at = at;
	name = name_hash(start, (size_t)(at - start));
	tok = add(reader, kind_of_word(name), start, at);
	tok->name = name;
}

static void number(struct reader *reader)
{
	const char *start = reader->at;
	const char *at = start + 1;

	while (is_part(*at) || *at == '.')
		at++;
	reader->at = at;
	add(reader, TOK_NUMBER, start, at);
}

static void slash(struct reader *reader)
{
	const char *at = reader->at;

	if (at[1] == '*') {
		reader->at = comment_end(reader, at);
	} else if (at[1] == '/') {
		reader->at = line_end(reader, at);
	} else {
		add(reader, at[1] == '=' ? TOK_CHANGE : '/', at, at + 1);
		reader->at += at[1] == '=' ? 2 : 1;
	}
}

static void hash(struct reader *reader)
{
	const char *at = reader->at;

	if (reader->flags & TOK_FIRST && !reader->in_macro) {
		reader->flags = 0;
		directive(reader);
	} else if (at[1] == '#') {
		add(reader, TOK_PASTE, at, at + 2);
		reader->at += 2;
	} else {
		add(reader, '#', at, at + 1);
		reader->at++;
	}
}

/* One token, or what stands between tokens. */
static void read_one(struct reader *reader)
{
	const char *at = reader->at;

	switch (class_of[(uint8_t)*at]) {
	case BYTE_SPACE:
		reader->at++;
		break;
	case BYTE_NEWLINE:
		reader->flags |= TOK_FIRST;
		reader->at++;
		break;
	case BYTE_BACKSLASH:
		if (at[1] != '\n' && at[1] != '\r')
			add(reader, '\\', at, at + 1);
		reader->at += at[1] == '\n' ? 2 : 1;
		break;
	case BYTE_START:
		word(reader);
		break;
	case BYTE_DIGIT:
		number(reader);
		break;
	case BYTE_QUOTE:
		reader->at = quoted_end(reader, at);
		add(reader, *at == '"' ? TOK_STRING : TOK_CHARACTER, at,
		    reader->at);
		break;
	case BYTE_SLASH:
		slash(reader);
		break;
	case BYTE_HASH:
		hash(reader);
		break;
	case BYTE_OPEN:
		open_bracket(reader);
		break;
	case BYTE_CLOSE:
		close_bracket(reader);
		break;
	case BYTE_SIGN:
		sign(reader);
		break;
	case BYTE_DOT:
		if (at[1] == '.' && at[2] == '.') {
			add(reader, TOK_ELLIPSIS, at, at + 3);
			reader->at += 3;
			break;
		}
		/* fall through */
	default:
		add(reader, *at && (uint8_t)*at < 128 ? (uint8_t)*at : '?', at,
		    at + 1);
		reader->at++;
		break;
	}
}

/*
 * Up to @end, which is the end of the text or of a line.  Two bytes of three
 * are blanks and words: these do not go through the switch.
 */
static void read_tokens(struct reader *reader, const char *end)
{
	for (;;) {
		const char *at = reader->at;

		while (class_of[(uint8_t)*at] == BYTE_SPACE)
			at++;
		reader->at = at;
		if (at >= end)
			break;
		if (class_of[(uint8_t)*at] == BYTE_START)
			word(reader);
		else
			read_one(reader);
	}
}

void toks_read(struct toks *toks, const char *text, uint32_t length)
{
	static _Thread_local struct conditional saved[MAX_CONDITIONALS];
	struct reader reader = {
		.text = text, .at = text, .end = text + length, .toks = toks,
		.flags = TOK_FIRST, .conditional = saved,
	};

	fill_words();
	toks->count = 0;
	read_tokens(&reader, reader.end);
	add(&reader, TOK_END, reader.end, reader.end);
	toks->count--;
}

void toks_clear(struct toks *toks)
{
	g_clear_pointer(&toks->tok, g_free);
	toks->count = 0;
	toks->allocated = 0;
}
