// SPDX-License-Identifier: GPL-2.0-only
#define DEFINE_HANDLER(name)	int name(void *data)
#define DECLARE_ENTRY(type, name, args)	type name args

/* The head is a macro. */
static DEFINE_HANDLER(macro_head)
{
	return kern_path("/macro_head", 0, NULL);	/* kthread */
}

static __always_inline __attribute__((__cold__)) int
before_name(void *data)
{
	return kern_path("/before_name", 0, NULL);	/* kthread */
}

static int __printf(1, 2) __cold between(const char *format, ...)
{
	return kern_path("/between", 0, NULL);		/* kthread */
}

static int after_name(void *data) __must_hold(&lock) __releases(lock)
{
	return kern_path("/after_name", 0, NULL);	/* kthread */
}

static int attribute_after(void *data) __attribute__((noinline));
static int attribute_after(void *data)
	__acquires(RCU)
{
	return kern_path("/attribute_after", 0, NULL);	/* kthread */
}

static int statement_expression(void *data)
{
	int result = ({
		int inner = kern_path("/expression", 0, NULL);	/* kthread */

		if (inner < 0)
			inner = filp_open("/fallback", 0, 0);	/* kthread */
		inner;
	});

	return result;
}

static int freeing(void *data)
{
	char *name __free(kfree) = kstrdup("/free", 0);
	struct file *file __free(fput) = filp_open(name, 0, 0);	/* kthread */

	return !file;
}

static int guarded(void *data)
{
	guard(mutex)(&lock);
	scoped_guard(spinlock, &other) {
		kern_path("/scoped", 0, NULL);		/* kthread */
	}
	CLASS(fd, f)(filp_open("/class", 0, 0));	/* kthread */
	return kern_path("/guarded", 0, NULL);		/* kthread */
}

static int labels(void *data)
{
	switch (*(int *)data) {
	case 1 ... 3:
		goto out;
	default:
out:
		return kern_path("/label", 0, NULL);	/* kthread */
	}
}

static int nested_initialiser(void *data)
{
	struct { struct { int a[2]; } b; int c; } x = {
		.b = { .a = { [0] = kern_path("/nested", 0, NULL), }, },	/* kthread */
		.c = sizeof(struct { int d; }),
	};

	return x.c;
}

static int loops(void *data)
{
	list_for_each_entry(x, data, list)
		kern_path("/each", 0, NULL);		/* kthread */
	do {
		if (!kern_path("/while", 0, NULL))	/* kthread */
			break;
	} while (kern_path("/condition", 0, NULL));	/* kthread */
	for (int i = kern_path("/for", 0, NULL); i; i--)	/* kthread */
		;
	return 0;
}

static struct file *(*returns_pointer(void *data))(int)
{
	kern_path("/returns_pointer", 0, NULL);		/* kthread */
	return NULL;
}

static const char *const *strange_type(void *data)
{
	static const char brace[] = "}{\"", quote = '{', other = '"';

	kern_path("/str" "ange", 0, NULL);		/* kthread */
	return NULL;
}

EXPORT_SYMBOL_GPL(strange_type);
MODULE_LICENSE("GPL");

static DECLARE_ENTRY(int, with_arguments, (void *data))
{
	return kern_path("/with_arguments", 0, NULL);	/* kthread */
}

/* A name over two lines; a call over many. */
static int
long_name
(
	void *data
)
{
	return kern_path		/* kthread */
		(
			"/long",
			0, NULL
		);
}

/* Neither a declaration nor a local variable of that name is a lookup. */
int kern_path(const char *name, unsigned int flags, struct path *path);

static int shadowed(int (*filp_open)(const char *name))
{
	return filp_open("/shadow");			/* no site */
}

/* What stands behind all of that is still seen, and is not called. */
static int last(void *data)
{
	return kern_path("/last", 0, NULL);		/* unreached */
}

static int all(void *data)
{
	macro_head(data);
	before_name(data);
	between("%p", data);
	after_name(data);
	attribute_after(data);
	statement_expression(data);
	freeing(data);
	guarded(data);
	labels(data);
	nested_initialiser(data);
	loops(data);
	returns_pointer(data);
	strange_type(data);
	with_arguments(data);
	long_name(data);
	return shadowed(data);
}

int start_all(void)
{
	return IS_ERR(kthread_run(all, NULL, "all"));
}
