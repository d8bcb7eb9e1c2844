// SPDX-License-Identifier: GPL-2.0-only
/* What is left and what failed, collected by all modules; see findings.h. */
#include "findings.h"

#include <string.h>

#include "message.h"

static void finding_free(gpointer data)
{
	struct finding *finding = data;

	g_free(finding->path);
	g_free(finding->message);
	g_free(finding);
}

struct findings *findings_new(void)
{
	struct findings *findings = g_new0(struct findings, 1);

	findings->list = g_ptr_array_new_with_free_func(finding_free);
	g_mutex_init(&findings->lock);
	return findings;
}

void findings_free(struct findings *findings)
{
	if (!findings)
		return;
	g_ptr_array_unref(findings->list);
	g_mutex_clear(&findings->lock);
	g_free(findings);
}

void findings_add(struct findings *findings, enum finding_kind kind,
		  const char *path, unsigned int line, const char *fmt, ...)
{
	struct finding *finding = g_new0(struct finding, 1);
	va_list args;

	finding->kind = kind;
	finding->path = g_strdup(path);
	finding->line = line;
	va_start(args, fmt);
	finding->message = g_strdup_vprintf(fmt, args);
	va_end(args);

	g_mutex_lock(&findings->lock);
	g_ptr_array_add(findings->list, finding);
	g_mutex_unlock(&findings->lock);
}

void findings_move(struct findings *to, struct findings *from)
{
	g_ptr_array_extend_and_steal(to->list, from->list);
	from->list = g_ptr_array_new_with_free_func(finding_free);
}

static int compare(gconstpointer a, gconstpointer b)
{
	const struct finding *x = *(struct finding *const *)a;
	const struct finding *y = *(struct finding *const *)b;
	int order = strcmp(x->path, y->path);

	if (order)
		return order;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return strcmp(x->message, y->message);
}

static void print_finding(const struct finding *finding, FILE *out)
{
	char *path = printable(finding->path);
	char *message = printable(finding->message);

	if (finding->line)
		fprintf(out, "%s:%u: %s\n", path, finding->line, message);
	else
		fprintf(out, "%s: %s\n", path, message);
	g_free(message);
	g_free(path);
}

void findings_sort(struct findings *findings)
{
	g_ptr_array_sort(findings->list, compare);
}

void findings_print(struct findings *findings, enum finding_kind kind,
		    FILE *out)
{
	const struct finding *last = NULL;

	wipe_status();
	findings_sort(findings);
	for (guint i = 0; i < findings->list->len; i++) {
		const struct finding *finding = findings->list->pdata[i];

		if (finding->kind != kind ||
		    (last && !compare(&last, &finding)))
			continue;
		last = finding;
		print_finding(finding, out);
	}
}

enum exit_status findings_status(const struct findings *findings)
{
	enum exit_status status = STATUS_DONE;

	for (guint i = 0; i < findings->list->len; i++) {
		const struct finding *finding = findings->list->pdata[i];

		if (finding->kind == FINDING_FAILED)
			return STATUS_FAILED;
		status = STATUS_LEFT;
	}
	return status;
}
