// SPDX-License-Identifier: GPL-2.0-only
typedef int (*handler_t)(int);
typedef int handler_fn(int);

static int first(int i)
{
	return kern_path("/first", 0, NULL);	/* kthread */
}

static int second(int i)
{
	return kern_path("/second", 0, NULL);	/* kthread */
}

static int by_number(int i)
{
	return kern_path("/number", 0, NULL);	/* user */
}

static int typed(int i)
{
	return kern_path("/typed", 0, NULL);	/* kthread */
}

static int function_typed(int i)
{
	return kern_path("/function_typed", 0, NULL);	/* user */
}

static int row(int i)
{
	return kern_path("/row", 0, NULL);	/* kthread */
}

static int other_row(int i)
{
	return kern_path("/other_row", 0, NULL);	/* user */
}

static int matrix(int i)
{
	return kern_path("/matrix", 0, NULL);	/* kthread */
}

static int late(int i)
{
	return kern_path("/late", 0, NULL);	/* user */
}

static int element(int i)
{
	return kern_path("/element", 0, NULL);	/* kthread */
}

static int member(int i)
{
	return kern_path("/member", 0, NULL);	/* kthread */
}

static int unused(int i)
{
	return kern_path("/unused", 0, NULL);	/* unreached */
}

static int (*const thread_table[])(int) = { first, second, };

static int (*call_table[4])(int) = {
	[0] = NULL,
	[2] = by_number,
};

static const handler_t typed_table[] = { typed };
static handler_fn *const function_typed_table[] = { NULL, function_typed };

static const struct command {
	const char *name;
	handler_t handler;
	int (*other)(int);
} commands[] = {
	{ "row", row, other_row },
};

static handler_t matrix_table[2][2] = { { NULL, matrix }, };
static const handler_t element_table[] = { element };

struct members {
	int (*run[2])(int);
};

static struct members members = {
	.run = { [1] = member },
};

static handler_t unused_table[] = { unused };

static int table_thread(void *data)
{
	int i = *(int *)data;
	handler_t handler = element_table[i];

	thread_table[i](i);
	(*typed_table[i])(i);
	commands[i].handler(i);
	matrix_table[i][1](i);
	members.run[i](i);
	if (handler)
		handler(i);
	return 0;
}

SYSCALL_DEFINE1(table, int, i)
{
	const struct command *command = &commands[i];

	call_table[1] = late;
	call_table[i](i);
	function_typed_table[i](i);
	command->other(i);
	kthread_run(table_thread, &i, "table");
	return ARRAY_SIZE(unused_table);
}
