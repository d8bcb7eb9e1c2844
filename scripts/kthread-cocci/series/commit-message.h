/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Commit messages: what the step's header says, for lookups the chain that
 * leads to each, what is left for a human, and how to make the patch again.
 */
#ifndef SERIES_COMMIT_MESSAGE_H
#define SERIES_COMMIT_MESSAGE_H

#include "series/patch.h"

struct message_source {
	const GPtrArray *sites;		/* struct lookup_site, or NULL */
	struct git *git;		/* for the prefix; NULL: no history */
	const char *spatch;		/* its version */
	const char *folder;		/* of the semantic patches */
	const char *dialect;		/* that was asked for, or NULL */
	const char *sign_off;		/* "Name <mail>", or NULL: nobody's */
	struct subsystems *people;	/* who gets a Cc:, or NULL: nobody */
};

/* Fill the subject and the message of @patch. */
void commit_message(struct patch *patch, const struct message_source *source);

#endif
