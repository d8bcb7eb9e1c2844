// SPDX-License-Identifier: GPL-2.0-only
int exported(const char *name)
{
	return kern_path(name, 0, NULL);	/* unreached */
}
EXPORT_SYMBOL_GPL(exported);

static inline int unused(void)
{
	return exported("/unused");
}

/* The address is taken, and nobody calls through it. */
static int kept(void)
{
	return kern_path("/kept", 0, NULL);	/* unreached */
}

int (*keep(void))(void)
{
	return kept;
}

/* A declaration and a name in a string are no calls. */
int declared(const char *name);
static const char text[] = "declared(name)";

int declared(const char *name)
{
	return kern_path(name, 0, NULL);	/* unreached */
}

/* A member of that name is another thing. */
struct box {
	int (*boxed)(void);
	int exported;
};

static int boxed(void)
{
	return kern_path("/boxed", 0, NULL);	/* unreached */
}

SYSCALL_DEFINE1(box, struct box *, box)
{
	box->exported = 1;
	return box->boxed();
}
