// SPDX-License-Identifier: GPL-2.0-only
#include <linux/device.h>

static long image_show(void *dev, void *attr, char *buf)
{
	return kern_path("/image_show", 0, NULL);	/* user */
}

static long image_store(void *dev, void *attr, const char *buf,
			unsigned long n)
{
	return kern_path("/image_store", 0, NULL);	/* user */
}
static DEVICE_ATTR_RW(image);

static long state_show(void *dev, void *attr, char *buf)
{
	return kern_path("/state_show", 0, NULL);	/* user */
}
static DEVICE_ATTR_RO(state);

/* RO takes no store function. */
static long state_store(void *dev, void *attr, const char *buf,
			unsigned long n)
{
	return kern_path("/state_store", 0, NULL);	/* unreached */
}

static long reset_store(void *dev, void *attr, const char *buf,
			unsigned long n)
{
	return kern_path("/reset_store", 0, NULL);	/* user */
}
static DEVICE_ATTR_WO(reset);

static long read_it(void *dev, void *attr, char *buf)
{
	return kern_path("/read_it", 0, NULL);		/* user */
}

static long write_it(void *dev, void *attr, const char *buf, unsigned long n)
{
	return kern_path("/write_it", 0, NULL);		/* user */
}
static DEVICE_ATTR(plain, 0644, read_it, write_it);

static long listed_show(void *dev, void *attr, char *buf)
{
	return kern_path("/listed_show", 0, NULL);	/* user */
}

static long listed_store(void *dev, void *attr, const char *buf,
			 unsigned long n)
{
	return kern_path("/listed_store", 0, NULL);	/* user */
}

static struct device_attribute attributes[] = {
	__ATTR_RO(listed),
	__ATTR(other, 0200, NULL, listed_store),
};

static long prefix_name_show(void *item, char *page)
{
	return kern_path("/prefix_name_show", 0, NULL);	/* user */
}

static long prefix_name_store(void *item, const char *page, unsigned long n)
{
	return kern_path("/prefix_name_store", 0, NULL);	/* user */
}
CONFIGFS_ATTR(prefix_, name);
