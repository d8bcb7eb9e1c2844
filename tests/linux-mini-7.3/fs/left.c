// SPDX-License-Identifier: GPL-2.0-only
/* Lookups of a kernel thread for which a human has to find a form. */
#include <linux/namei.h>
#include <linux/workqueue.h>

static struct path left_path;

#define LOOK(name) kern_path(name, LOOKUP_FOLLOW, &left_path)

static int report(int err, struct file *file)
{
	return err ? err : PTR_ERR_OR_ZERO(file);
}

static void loops(const char *name)
{
	while (kern_path(name, LOOKUP_FOLLOW, &left_path))
		name++;
	do {
		name++;
	} while (kern_path(name, LOOKUP_FOLLOW, &left_path));
	for (int err = kern_path(name, 0, &left_path); err; err--)
		name++;
	switch (kern_path(name, LOOKUP_DIRECTORY, &left_path)) {
	case 0:
		return;
	}
}

static int behind_others(const char *name)
{
	int err = 0;

	if (name && !kern_path(name, LOOKUP_FOLLOW, &left_path))
		return 0;
	if (!name)
		return 1;
	else if ((err = kern_path(name, LOOKUP_FOLLOW, &left_path)))
		return err;
	err = name ? kern_path(name, LOOKUP_FOLLOW, &left_path) : 0;
	return err;
}

static int nested(const char *name)
{
	int err = report(0, filp_open(name, O_RDONLY, 0));

	err |= kern_path(name, LOOKUP_FOLLOW, &left_path);
	report(kern_path(name, LOOKUP_FOLLOW, &left_path), NULL);
	return err;
}

static int initialisers(const char *name)
{
	static struct path path;
	const int first = kern_path(name, LOOKUP_FOLLOW, &path);
	int second = kern_path(name, LOOKUP_FOLLOW, &path);
	struct dentry *dentry = path.dentry;
	int third = kern_path(name, LOOKUP_DIRECTORY, &left_path);
	int fourth = report(0, NULL);
	struct file *file __free(fput) = filp_open(name, O_RDONLY, 0);

	return first + second + third + fourth + !dentry;
}

static int in_macro(const char *name)
{
	return LOOK(name);
}

static void left_forms(struct work_struct *work)
{
	loops("a");
	behind_others("b");
	nested("c");
	initialisers("d");
	in_macro("e");
}

static DECLARE_WORK(left_work, left_forms);

bool start_left(void)
{
	return schedule_work(&left_work);
}
