// SPDX-License-Identifier: GPL-2.0-only
static struct context *get_context(void *data);

static int guard_thread(void *data)
{
	struct context own, *ctx = get_context(data);

	open_unless_given(&own);
	open_if_given("/given", &own);
	open_early_return(&own);
	open_early_braces(&own);
	open_else(&own);
	open_else_plain(&own);
	open_and(&own, 1);
	open_unknown(ctx);
	open_changed(&own);
	open_after(&own);
	open_case(&own, 2);
	open_shadow(&own);
	open_address(&own);
	open_label(&own);
	return open_inner_return(&own, 0);
}

SYSCALL_DEFINE0(guard)
{
	struct context *none = get_context(NULL);

	kthread_run(guard_thread, NULL, "guard");
	open_unless_given(NULL);
	open_if_given("/given", NULL);
	open_early_return(NULL);
	open_early_braces(NULL);
	open_else(NULL);
	open_else_plain(NULL);
	open_and(NULL, 1);
	open_unknown(none);
	open_changed(NULL);
	open_after(NULL);
	open_case(NULL, 2);
	open_shadow(NULL);
	open_address(NULL);
	open_label(NULL);
	return open_inner_return(NULL, 0);
}
