/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What spatch cannot read as it is: byte order marks, CRLF, NUL bytes.
 *
 * spatch leaves a file with a byte order mark unchanged without a word, adds
 * LF lines to CRLF files and aborts on NUL bytes.  So it gets a plain copy,
 * and the result goes back to the form of the file.
 */
#ifndef ENCODING_H
#define ENCODING_H

#include <stdbool.h>

#include <glib.h>

struct encoding {
	bool byte_order_mark;
	bool crlf;
};

/*
 * Turn the bytes of a file into what spatch and the scanner work on.  Returns
 * NULL with @reason set (static) where that cannot be done without loss.
 */
GBytes *encoding_decode(GBytes *file, struct encoding *encoding,
			const char **reason);

/* The inverse. */
GBytes *encoding_encode(GBytes *text, const struct encoding *encoding);

#endif
