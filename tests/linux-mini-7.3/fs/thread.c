// SPDX-License-Identifier: GPL-2.0-only
/* Only kernel threads get here: every form that is converted. */
#include <linux/namei.h>
#include <linux/workqueue.h>

struct volume {
	const char	*name;
	struct file	*file;
	struct path	path;
	int		error[2];
};

static int by_itself(struct volume *volume)
{
	kern_path(volume->name, LOOKUP_FOLLOW, &volume->path);
	return 0;
}

static int assigned(struct volume *volume)
{
	int err;

	/* The comment above it stays there. */
	err = kern_path(volume->name,
			LOOKUP_FOLLOW |	/* and those beside it */
			LOOKUP_DIRECTORY,
			&volume->path);
	if (err)
		return err;
	volume->error[0] = kern_path("/dev", LOOKUP_FOLLOW, &volume->path);
	volume->file = filp_open(volume->name, O_RDWR, 0);
	volume->error[1] = PTR_ERR_OR_ZERO(filp_open(volume->name, O_RDWR, 0));
	return 0;
}

static struct file *declared(struct volume *volume)
{
	struct file *file = filp_open(volume->name, O_RDWR, 0600);

	if (IS_ERR(file))
		printk("%s: no file\n", volume->name);
	return file;
}

static struct file *declared_first(struct volume *volume)
{
	struct file *file = bdev_file_open_by_path(volume->name, 3,
						   volume, NULL);
	struct path path;
	int err = -EINVAL, flags = LOOKUP_FOLLOW;

	/* This belongs to the if. */
	if (IS_ERR(file))
		return ERR_PTR(err);
	err = kern_path(volume->name, flags, &path);
	return file;
}

static int declared_in_block(struct volume *volume)
{
	if (volume->name) {
		int err = kern_path(volume->name, 0, &volume->path);
		return err;
	}
	return 0;
}

static struct file *returned(struct volume *volume)
{
	return filp_open(volume->name, O_RDONLY, 0);
}

static int returned_error(struct volume *volume, bool again)
{
	if (!again)
		return PTR_ERR_OR_ZERO(filp_open(volume->name, O_RDONLY, 0));
	return kern_path(volume->name, 0, &volume->path);
}

static int without_braces(struct volume *volume, int number)
{
	int err = 0;

	if (number > 3)
		err = kern_path("/dev", LOOKUP_FOLLOW, &volume->path);
	else
		printk("%d is too few\n", number);
	if (number > 4)
		printk("%d is too many\n", number);
	else
		err = kern_path("/dev", LOOKUP_FOLLOW, &volume->path);
	if (number > 5)
		err = kern_path("/dev", LOOKUP_FOLLOW, &volume->path);
	else
		kern_path("/sys", LOOKUP_FOLLOW, &volume->path);
	while (number--)
		err = kern_path(volume->name, number, &volume->path);
	if (number == 7) err = kern_path("/", 0, &volume->path);
	return err;
}

static int asked_for(struct volume *volume)
{
	struct file *file;
	int err;

	if ((err = kern_path(volume->name, LOOKUP_FOLLOW, &volume->path)))
		return err;
	if ((err = kern_path(volume->name, 0, &volume->path)) < 0 && !volume->name)
		return err;
	if (IS_ERR(volume->file = filp_open(volume->name, O_RDONLY, 0)))
		return PTR_ERR(volume->file);
	if (unlikely(IS_ERR(file = filp_open(volume->name, O_RDWR, 0)))) {
		printk("%s: no file\n", volume->name);
		return PTR_ERR(file);
	}
	return 0;
}

static bool is_there(struct volume *volume)
{
	struct path path;

	if (kern_path(volume->name, LOOKUP_DIRECTORY | LOOKUP_FOLLOW,
		      &path) == 0) {
		path_put(&path);
		return true;
	}
	return false;
}

static bool is_not_there(struct volume *volume)
{
	int err = -ENOENT;

	if (!kern_path(volume->name, LOOKUP_FOLLOW, &volume->path))
		return false;
	printk("%s: %d\n", volume->name, err);
	return true;
}

static int jumps(struct volume *volume, int number)
{
	int err;

retry:
	err = kern_path(volume->name, LOOKUP_FOLLOW, &volume->path);
	if (err == -ENOENT && number--)
		goto retry;
	switch (number) {
	case 0: err = kern_path("/zero", 0, &volume->path);
		break;
	case 1:
		err = kern_path("/one", 0, &volume->path);
		break;
	default:
		return kern_path("/more", 0, &volume->path);
	}
	for (;;) {
		volume->file = filp_open(volume->name, O_RDWR, 0);
		if (IS_ERR(volume->file))
			break;
		if (number++ < 3)
			continue;
		filp_close(volume->file, NULL);
	}
	return err;
}

static void all_forms(struct work_struct *work)
{
	struct volume volume = { .name = "/dev/volume" };

	by_itself(&volume);
	assigned(&volume);
	declared(&volume);
	declared_first(&volume);
	declared_in_block(&volume);
	returned(&volume);
	returned_error(&volume, true);
	without_braces(&volume, 4);
	asked_for(&volume);
	is_there(&volume);
	is_not_there(&volume);
	jumps(&volume, 2);
}

static DECLARE_WORK(all_work, all_forms);

bool start_all(void)
{
	return schedule_work(&all_work);
}
