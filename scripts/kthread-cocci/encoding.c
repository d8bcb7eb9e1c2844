// SPDX-License-Identifier: GPL-2.0-only
/* Byte order marks, line ends and NUL bytes; see encoding.h. */
#include "encoding.h"

#include <string.h>

#include "edit.h"

static const char mark[] = "\xef\xbb\xbf";
#define MARK_LENGTH (sizeof(mark) - 1)

static gsize count_crlf(const char *data, gsize len, gsize *lf)
{
	gsize crlf = 0;

	*lf = 0;
	for (gsize i = 0; i < len; i++) {
		if (data[i] != '\n')
			continue;
		++*lf;
		crlf += i && data[i - 1] == '\r';
	}
	return crlf;
}

GBytes *encoding_decode(GBytes *file, struct encoding *encoding,
			const char **reason)
{
	gsize len, lf, crlf;
	const char *data = g_bytes_get_data(file, &len);
	GString *text;

	memset(encoding, 0, sizeof(*encoding));
	if (memchr(data, '\0', len)) {
		*reason = "holds a NUL byte, is it text?";
		return NULL;
	}
	if (len >= MARK_LENGTH && !memcmp(data, mark, MARK_LENGTH)) {
		encoding->byte_order_mark = true;
		data += MARK_LENGTH;
		len -= MARK_LENGTH;
	}
	crlf = count_crlf(data, len, &lf);
	if (crlf && crlf != lf) {
		*reason = "mixes LF and CRLF line ends";
		return NULL;
	}
	encoding->crlf = crlf != 0;
	if (!encoding->crlf && !encoding->byte_order_mark)
		return g_bytes_ref(file);

	text = g_string_sized_new(len);
	for (gsize i = 0; i < len; i++)
		if (!encoding->crlf || data[i] != '\r' || i + 1 == len ||
		    data[i + 1] != '\n')
			g_string_append_c(text, data[i]);
	return bytes_from_string(text);
}

GBytes *encoding_encode(GBytes *bytes, const struct encoding *encoding)
{
	gsize len;
	const char *data = g_bytes_get_data(bytes, &len);
	GString *text;

	if (!encoding->crlf && !encoding->byte_order_mark)
		return g_bytes_ref(bytes);
	text = g_string_sized_new(len + len / 16);
	if (encoding->byte_order_mark)
		g_string_append_len(text, mark, MARK_LENGTH);
	for (gsize i = 0; i < len; i++) {
		if (encoding->crlf && data[i] == '\n')
			g_string_append_c(text, '\r');
		g_string_append_c(text, data[i]);
	}
	return bytes_from_string(text);
}
