/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The audit of a step that converts lookup sites: which calls of a file the
 * context engine has named, and which of them are converted.
 */
#ifndef SITEUSE_H
#define SITEUSE_H

#include "align.h"
#include "auditor.h"
#include "lookup-site.h"

/*
 * Add a use for each of @sites that lies in the file @path and that @step is
 * to convert; its token is the lookup's name.  A lookup that the step's
 * semantic patch does not know is USE_BY_HAND.
 */
void siteuse_find(const struct step *step, const GPtrArray *sites,
		  const char *path, const struct source *source,
		  GPtrArray *uses);

/*
 * What is said of a site: "f(): kern_path() in kernel-thread context (kthread):
 * chain".  With @step also that the step has no form of the lookup, where that
 * is so.  The caller frees it.
 */
char *siteuse_message(const struct step *step, const struct lookup_site *site);

/* Is @step to convert the site? */
bool siteuse_wants(const struct step *step, const struct lookup_site *site);

/*
 * Is the use, found in the text before, converted in @result?  @map maps the
 * tokens of both.
 */
bool siteuse_is_converted(const struct step *step, const struct use *use,
			  const struct source *result,
			  const struct alignment *map);

/*
 * The token in @result of a use that is not converted, or NO_TOKEN.  @old is the
 * text before.
 */
uint32_t siteuse_left(const struct step *step, const struct use *use,
		      const struct source *old, const struct source *result,
		      const struct alignment *map);

/* Add a use that is not converted to @uses; @token is where it is in @result. */
void siteuse_keep(const struct use *use, const struct source *result,
		  uint32_t token, GPtrArray *uses);

/*
 * What the semantic patch has to be told: one line "LINE LOOKUP VERDICT" for
 * each use that is a site, with the verdict kthread, mixed or any.
 */
char *siteuse_positions(const struct source *source, const GPtrArray *uses);

#endif
