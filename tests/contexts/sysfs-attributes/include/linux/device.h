/* SPDX-License-Identifier: GPL-2.0-only */
struct device_attribute {
	const char *name;
	long (*show)(void *dev, void *attr, char *buf);
	long (*store)(void *dev, void *attr, const char *buf, unsigned long n);
};

#define __ATTR(_name, _mode, _show, _store) {	\
	.name = #_name,				\
	.show = _show,				\
	.store = _store,			\
}
#define __ATTR_RO(_name) __ATTR(_name, 0444, _name##_show, NULL)
#define __ATTR_WO(_name) __ATTR(_name, 0200, NULL, _name##_store)
#define __ATTR_RW(_name) __ATTR(_name, 0644, _name##_show, _name##_store)

#define DEVICE_ATTR(_name, _mode, _show, _store) \
	struct device_attribute dev_attr_##_name = \
		__ATTR(_name, _mode, _show, _store)
#define DEVICE_ATTR_RW(_name) \
	struct device_attribute dev_attr_##_name = __ATTR_RW(_name)
#define DEVICE_ATTR_RO(_name) \
	struct device_attribute dev_attr_##_name = __ATTR_RO(_name)
#define DEVICE_ATTR_WO(_name) \
	struct device_attribute dev_attr_##_name = __ATTR_WO(_name)
