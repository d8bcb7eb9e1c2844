/* SPDX-License-Identifier: GPL-2.0-only */
struct device_driver {
	const char *name;
	int (*probe)(void *dev);
	int (*suspend)(void *dev);
};

struct platform_driver {
	int (*probe)(void *pdev);
	void (*remove)(void *pdev);
	struct device_driver driver;
};

struct pci_driver {
	const char *name;
	int (*probe)(void *dev, const void *id);
};

/* Not a driver of the driver core. */
struct codec_driver {
	int (*probe)(void *codec);
};
