// SPDX-License-Identifier: GPL-2.0-only
struct context;

/* Only without a context is anything looked up. */
int open_unless_given(struct context *ctx)
{
	if (!ctx)
		return kern_path("/unless", 0, NULL);	/* user */
	return 0;
}

int open_if_given(const char *name, struct context *ctx)
{
	if (ctx) {
		kern_path(name, 0, NULL);	/* kthread */
		return 1;
	}
	return 0;
}

int open_early_return(struct context *ctx)
{
	if (ctx)
		return 0;
	return kern_path("/early", 0, NULL);	/* user */
}

int open_early_braces(struct context *ctx)
{
	if (ctx != NULL) {
		use(ctx);
		return 0;
	}
	return kern_path("/braces", 0, NULL);	/* user */
}

int open_else(struct context *ctx)
{
	if (ctx == NULL) {
		kern_path("/then", 0, NULL);	/* user */
	} else {
		kern_path("/else", 0, NULL);	/* kthread */
	}
	return 0;
}

int open_else_plain(struct context *ctx)
{
	if (!ctx)
		kern_path("/then_plain", 0, NULL);	/* user */
	else
		kern_path("/else_plain", 0, NULL);	/* kthread */
	return 0;
}

/* A term of && is a guard, one of || is none. */
int open_and(struct context *ctx, int how)
{
	if (how && !ctx)
		kern_path("/and", 0, NULL);	/* user */
	if (how || !ctx)
		kern_path("/or", 0, NULL);	/* mixed */
	return 0;
}

/* No constant is passed: who knows. */
int open_unknown(struct context *ctx)
{
	if (!ctx)
		return kern_path("/unknown", 0, NULL);	/* mixed */
	return 0;
}

/* The parameter is not what it was any more. */
int open_changed(struct context *ctx)
{
	ctx = NULL;
	if (!ctx)
		return kern_path("/changed", 0, NULL);	/* mixed */
	return 0;
}

/* The condition is over when the lookup comes. */
int open_after(struct context *ctx)
{
	if (!ctx)
		use(ctx);
	return kern_path("/after", 0, NULL);	/* mixed */
}

/* The early return is one of an inner block. */
int open_inner_return(struct context *ctx, int how)
{
	if (how) {
		if (ctx)
			return 0;
	}
	return kern_path("/inner", 0, NULL);	/* mixed */
}

static inline int open_default(void)
{
	return open_unless_given(NULL);
}

/* A jump leads past the early return. */
int open_label(struct context *ctx)
{
	if (!get_ready())
		goto out;
	if (ctx)
		return 0;
out:
	return kern_path("/label", 0, NULL);	/* mixed */
}

/* The early return is one of another case. */
int open_case(struct context *ctx, int how)
{
	switch (how) {
	case 1:
		if (ctx)
			return 0;
		break;
	case 2:
		return kern_path("/case", 0, NULL);	/* mixed */
	}
	return 0;
}

/* Somebody else may change the parameter. */
int open_address(struct context *ctx)
{
	drop_context(&ctx);
	if (!ctx)
		return kern_path("/address", 0, NULL);	/* mixed */
	return 0;
}

/* That is not the parameter. */
int open_shadow(struct context *ctx)
{
	for (;;) {
		struct context *ctx = next_context();

		if (!ctx)
			return kern_path("/shadow", 0, NULL);	/* mixed */
	}
	return 0;
}
