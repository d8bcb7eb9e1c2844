/* SPDX-License-Identifier: GPL-2.0-only */
/* Run the same function over many items on several threads. */
#ifndef PARALLEL_H
#define PARALLEL_H

#include <stddef.h>

/*
 * Call @work(@context, i) once for every i below @count, on up to @jobs
 * threads.  Items are handed out in order; @work writes its result to a place
 * of item i only, so that the outcome does not depend on @jobs.
 */
void parallel_for(size_t count, unsigned int jobs,
		  void (*work)(void *context, size_t i), void *context);

#endif
