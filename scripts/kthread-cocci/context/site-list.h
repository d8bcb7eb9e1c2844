/* SPDX-License-Identifier: GPL-2.0-only */
/* The sites as the rewriting wants them. */
#ifndef CONTEXT_SITE_LIST_H
#define CONTEXT_SITE_LIST_H

#include "context/sites.h"
#include "lookup-site.h"

/* One site; the caller's to free. */
struct lookup_site *site_list_item(const struct sites *sites,
				   const struct site *site);

/* Every site that is not safe already: array of struct lookup_site. */
GPtrArray *site_list_new(const struct sites *sites);

#endif
