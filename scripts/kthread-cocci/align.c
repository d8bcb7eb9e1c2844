// SPDX-License-Identifier: GPL-2.0-only
/* Token alignment by Myers' greedy algorithm; see align.h. */
#include "align.h"

#include <string.h>

#include "source.h"

#define MAX_EDITS 4000

struct pair {
	align_same *same;
	const void *context;
	uint32_t skip;			/* equal elements at the start */
	uint32_t old_count, new_count;	/* without equal start and end */
};

/* Elements behind the equal start. */
static bool same(const struct pair *pair, int32_t x, int32_t y)
{
	return pair->same(pair->context, pair->skip + (uint32_t)x,
			  pair->skip + (uint32_t)y);
}

static void join(struct alignment *alignment, uint32_t x, uint32_t y)
{
	alignment->to_new[x] = y;
	alignment->to_old[y] = x;
}

/* Does round @d reach diagonal @k by an insertion (from the one above)? */
static bool comes_down(const int32_t *v, int32_t d, int32_t k)
{
	return k == -d || (k != d && v[k - 1] < v[k + 1]);
}

/* Walk the recorded fronts back and join the tokens on the diagonals. */
static void backtrack(struct alignment *alignment, const struct pair *pair,
		      GPtrArray *fronts, int32_t d)
{
	int32_t x = (int32_t)pair->old_count, y = (int32_t)pair->new_count;

	for (; d >= 0; d--) {
		const int32_t *v = (int32_t *)fronts->pdata[d] + d + 1;
		int32_t k = x - y;
		int32_t before_k = comes_down(v, d, k) ? k + 1 : k - 1;
		int32_t before_x = v[before_k];
		int32_t before_y = before_x - before_k;

		while (x > before_x && y > before_y) {
			x--;
			y--;
			join(alignment, pair->skip + (uint32_t)x,
			     pair->skip + (uint32_t)y);
		}
		x = before_x;
		y = before_y;
	}
}

/*
 * v[k] is the furthest x on diagonal k so far.  Each round keeps a copy of the
 * part that it starts from, for the way back.
 */
static bool search(struct alignment *alignment, const struct pair *pair)
{
	int32_t n = (int32_t)pair->old_count, m = (int32_t)pair->new_count;
	GPtrArray *fronts = g_ptr_array_new_with_free_func(g_free);
	int32_t *all = g_new0(int32_t, 2 * MAX_EDITS + 5);
	int32_t *v = all + MAX_EDITS + 2;
	bool found = false;

	for (int32_t d = 0; d <= MAX_EDITS && !found; d++) {
		g_ptr_array_add(fronts, g_memdup2(v - d - 1,
				sizeof(*v) * (size_t)(2 * d + 3)));
		for (int32_t k = -d; k <= d && !found; k += 2) {
			int32_t x = comes_down(v, d, k) ? v[k + 1] :
							  v[k - 1] + 1;
			int32_t y = x - k;

			while (x < n && y < m &&
			       same(pair, x, y)) {
				x++;
				y++;
			}
			v[k] = x;
			found = x >= n && y >= m;
		}
		if (found)
			backtrack(alignment, pair, fronts, d);
	}
	g_free(all);
	g_ptr_array_unref(fronts);
	return found;
}

bool align_sequences(struct alignment *alignment, uint32_t old_count,
		     uint32_t new_count, align_same *same_element,
		     const void *context)
{
	struct pair pair = { .same = same_element, .context = context };
	uint32_t n = old_count, m = new_count;

	alignment->to_new = g_new(uint32_t, n + 1);
	alignment->to_old = g_new(uint32_t, m + 1);
	memset(alignment->to_new, 0xff, sizeof(uint32_t) * (n + 1));
	memset(alignment->to_old, 0xff, sizeof(uint32_t) * (m + 1));

	while (pair.skip < n && pair.skip < m && same(&pair, 0, 0)) {
		join(alignment, pair.skip, pair.skip);
		pair.skip++;
	}
	while (n > pair.skip && m > pair.skip &&
	       same_element(context, n - 1, m - 1)) {
		n--;
		m--;
		join(alignment, n, m);
	}
	pair.old_count = n - pair.skip;
	pair.new_count = m - pair.skip;
	if (search(alignment, &pair))
		return true;
	alignment_clear(alignment);
	return false;
}

struct files {
	const struct lexed *old_file, *new_file;
};

static bool same_token(const void *context, uint32_t x, uint32_t y)
{
	const struct files *files = context;
	const struct token *a = &files->old_file->tokens[x];
	const struct token *b = &files->new_file->tokens[y];

	return a->length == b->length &&
	       !memcmp(files->old_file->text + a->offset,
		       files->new_file->text + b->offset, a->length);
}

bool align(struct alignment *alignment, const struct lexed *old_file,
	   const struct lexed *new_file)
{
	struct files files = { old_file, new_file };

	return align_sequences(alignment, (uint32_t)old_file->count,
			       (uint32_t)new_file->count, same_token, &files);
}

void alignment_clear(struct alignment *alignment)
{
	g_clear_pointer(&alignment->to_new, g_free);
	g_clear_pointer(&alignment->to_old, g_free);
}
