/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The style sheet and the script of the HTML report.  They are files of their own
 * in this folder, which the Makefile turns into C.
 */
#ifndef HTML_PAGE_H
#define HTML_PAGE_H

/* Lines, each with its end; NULL is behind the last one. */
extern const char *const page_css[];
extern const char *const page_js[];

#endif
