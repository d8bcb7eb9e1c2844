/* SPDX-License-Identifier: GPL-2.0-only */
/* The version of the program; the Makefile sets it. */
#ifndef VERSION_H
#define VERSION_H

#ifndef VERSION
#define VERSION "unknown"
#endif

#endif
