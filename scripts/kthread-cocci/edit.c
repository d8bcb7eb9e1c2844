// SPDX-License-Identifier: GPL-2.0-only
/* Collected replacements in a text; see edit.h. */
#include "edit.h"

struct edit {
	size_t offset;
	size_t length;
	char *text;
};

struct edits {
	GArray *list;
};

static void edit_clear(gpointer data)
{
	g_free(((struct edit *)data)->text);
}

struct edits *edits_new(void)
{
	struct edits *edits = g_new0(struct edits, 1);

	edits->list = g_array_new(FALSE, FALSE, sizeof(struct edit));
	g_array_set_clear_func(edits->list, edit_clear);
	return edits;
}

void edits_replace(struct edits *edits, size_t offset, size_t length,
		   const char *text)
{
	struct edit edit = { offset, length, g_strdup(text) };

	g_array_append_val(edits->list, edit);
}

static int compare(gconstpointer a, gconstpointer b)
{
	const struct edit *x = a, *y = b;

	return (x->offset > y->offset) - (x->offset < y->offset);
}

GBytes *bytes_from_string(GString *text)
{
	gsize len = text->len;

	return g_bytes_new_take(g_string_free(text, FALSE), len);
}

GBytes *edits_apply(struct edits *edits, GBytes *bytes)
{
	gsize len;
	const char *data = g_bytes_get_data(bytes, &len);
	GBytes *result = NULL;

	if (!edits->list->len) {
		result = g_bytes_ref(bytes);
	} else {
		GString *text = g_string_sized_new(len + 256);
		size_t at = 0;

		g_array_sort(edits->list, compare);
		for (guint i = 0; i < edits->list->len; i++) {
			const struct edit *edit =
				&g_array_index(edits->list, struct edit, i);

			g_assert(edit->offset >= at);
			g_string_append_len(text, data + at,
					    (gssize)(edit->offset - at));
			g_string_append(text, edit->text);
			at = edit->offset + edit->length;
		}
		g_string_append_len(text, data + at, (gssize)(len - at));
		result = bytes_from_string(text);
	}
	g_array_unref(edits->list);
	g_free(edits);
	return result;
}
