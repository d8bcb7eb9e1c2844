/* SPDX-License-Identifier: GPL-2.0-only */
/* Whoever includes this may call it. */

static inline void inline_work(struct work_struct *work)
{
	kern_path("/inline", 0, &path);
}

static inline void init_inline(struct widget *widget)
{
	INIT_WORK(&widget->work, inline_work);
}
