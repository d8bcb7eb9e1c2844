/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a module writes its headers: the licence line, the guard, the indentation
 * behind the #, the line ends, and what joins the words of their names.
 */
#ifndef HEADERSTYLE_H
#define HEADERSTYLE_H

#include "tree.h"

struct header_style;

/* The style of the header at @path; NULL: the kernel's. */
struct header_style *header_style_new(const struct tree *tree,
				      const char *path);
void header_style_free(struct header_style *style);

/* A file name of words, as the style joins them; the caller frees it. */
char *header_style_join(const struct header_style *style,
			const char *const *words);

/* The header @name with the lines @text, in the style. */
GBytes *header_style_apply(const struct header_style *style, const char *name,
			   const char *text);

#endif
