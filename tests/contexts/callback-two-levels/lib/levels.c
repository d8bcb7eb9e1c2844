// SPDX-License-Identifier: GPL-2.0-only
typedef int (*level_fn)(void *data);

static int inner(level_fn fn, void *data)
{
	return fn(data);
}

int outer(void *data, level_fn fn)
{
	return inner(fn, data);
}

int outermost(int (*fn)(void *), void *data)
{
	level_fn own = fn;

	return outer(data, own);
}
