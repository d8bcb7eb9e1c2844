// SPDX-License-Identifier: GPL-2.0-only
/* Each branch opens the block, one brace closes it. */
static int unbalanced(void *data)
{
#ifdef CONFIG_A
	if (data) {
#else
	if (!data) {
#endif
		kern_path("/unbalanced", 0, NULL);	/* kthread */
	}
	return 0;
}

/* Two heads, one body. */
#ifdef CONFIG_B
static int two_heads(void *data, int more)
{
#else
static int two_heads(void *data)
{
#endif
	return kern_path("/two_heads", 0, NULL);	/* kthread */
}

/* The closing brace is in both branches. */
static int two_tails(void *data)
{
	if (data) {
		kern_path("/before", 0, NULL);		/* kthread */
#if IS_ENABLED(CONFIG_C)
		kern_path("/tail_c", 0, NULL);		/* kthread */
	}
#elif defined(CONFIG_D)
		kern_path("/tail_d", 0, NULL);		/* kthread */
	}
#else
	}
#endif
	return kern_path("/after_tails", 0, NULL);	/* kthread */
}

/* An else that only one configuration has. */
static int dangling_else(void *data)
{
#ifdef CONFIG_E
	if (data)
		kern_path("/then", 0, NULL);		/* kthread */
	else
#endif
		kern_path("/else", 0, NULL);		/* kthread */
	return 0;
}

/* Both definitions are looked at. */
#ifdef CONFIG_F
static int defined_twice(void)
{
	return kern_path("/twice_a", 0, NULL);		/* kthread */
}
#else
static int defined_twice(void)
{
	return filp_open("/twice_b", 0, 0);		/* kthread */
}
#endif

#if 0
static int dead(void *data)
{
	return kern_path("/dead", 0, NULL);		/* no site */
}
#else
static int alive(void *data)
{
	return kern_path("/alive", 0, NULL);		/* kthread */
}
#endif

/* Of all other conditions every branch is seen. */
#if 1
static int kept(void *data)
{
	return kern_path("/kept", 0, NULL);		/* kthread */
}
#else
static int kept(void *data)
{
	return filp_open("/dropped", 0, 0);		/* kthread */
}
#endif

static int dead_inside(void *data)
{
#if 0
	if (data) {
		kern_path("/dead_inside", 0, NULL);	/* no site */
#endif
	/* kern_path("/comment", 0, NULL); */
	return kern_path("/inside", 0, NULL);		/* kthread */
#if 0
	}
#endif
}

static int behind(void *data)
{
	return kern_path("/behind", 0, NULL);		/* kthread */
}

/* Its only caller is dead code. */
static int called_by_dead(void *data)
{
	return kern_path("/called_by_dead", 0, NULL);	/* unreached */
}

#if 0
int dead_start(void)
{
	kthread_run(called_by_dead, NULL, "dead");
	return 0;
}
#endif

static int all(void *data)
{
	unbalanced(data);
	two_heads(data);
	two_tails(data);
	dangling_else(data);
	defined_twice();
	alive(data);
	kept(data);
	dead_inside(data);
	return behind(data);
}

int start_all(void)
{
#ifdef CONFIG_G
	return IS_ERR(kthread_run(all, NULL,
#else
	return IS_ERR(kthread_create(all, NULL,
#endif
				     "all"));
}
