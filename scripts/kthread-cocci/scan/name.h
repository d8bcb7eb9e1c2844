/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Identifiers as 64-bit numbers.
 *
 * The index knows identifiers by a hash of their spelling only: two names that
 * share one would be taken for the same.  The four million names of a kernel
 * tree make that a chance of one in two million.  The spelling itself, where
 * it is printed, is read back from the source file.
 */
#ifndef SCAN_NAME_H
#define SCAN_NAME_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Never 0 for an identifier. */
typedef uint64_t name_t;

/* name_hash() reads up to this many bytes behind the name. */
#define NAME_PADDING 8

static inline uint64_t name_load(const char *text)
{
	uint64_t word;

	memcpy(&word, text, sizeof(word));
	return word;
}

__extension__ typedef unsigned __int128 wide_t;

static inline uint64_t name_mix(uint64_t hash, uint64_t word)
{
	wide_t product = (wide_t)(hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* The name of @length bytes at @text; NAME_PADDING more must be readable. */
static inline name_t name_hash(const char *text, size_t length)
{
	uint64_t hash = UINT64_C(0x2545f4914f6cdd1d) + length;

	for (; length > 8; length -= 8, text += 8)
		hash = name_mix(hash, name_load(text));
	return name_mix(hash, name_load(text) << (64 - 8 * length)) | 1;
}

/* The name that a NUL-terminated string spells; of "" one that nothing has. */
name_t name_of(const char *spelling);

#endif
