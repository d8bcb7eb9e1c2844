/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The scratch folder of one run, below $TMPDIR, else in memory (/dev/shm)
 * where there is room, else below /tmp.
 *
 * It is removed when the program ends, also by a signal.  If the program is
 * killed in a way that it cannot see, the next run removes what it finds: a
 * folder's name tells the process that made it, and a lock on the folder tells
 * whether that process still lives (also where pid namespaces hide it).
 */
#ifndef SCRATCH_H
#define SCRATCH_H

#include <stdbool.h>

/* A path below the scratch folder, which is made by the first call. */
char *scratch_path(const char *name);

/* Make a folder below the scratch folder; returns its path. */
char *scratch_folder(const char *name);

/* Remove a folder with all that is in it; does not follow links. */
void remove_folder(const char *path);

/* Remove the scratch folder now.  Called at exit by itself. */
void scratch_remove(void);

/*
 * From here on SIGINT, SIGTERM and SIGHUP kill the child processes and remove
 * the scratch folder before they end the program.  Call it before any thread
 * is started.
 */
void scratch_handle_signals(void);

#endif
