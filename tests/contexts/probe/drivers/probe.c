// SPDX-License-Identifier: GPL-2.0-only
#include <linux/device.h>

static int read_calibration(void)
{
	return filp_open("/calibration", 0, 0);	/* mixed */
}

static int platform_probe(void *pdev)
{
	return read_calibration();
}

static void platform_remove(void *pdev)
{
	filp_open("/remove", 0, 0);		/* mixed */
}

static int driver_suspend(void *dev)
{
	return filp_open("/suspend", 0, 0);	/* unreached */
}

static int pci_probe(void *dev, const void *id)
{
	return filp_open("/pci", 0, 0);		/* mixed */
}

static int codec_probe(void *codec)
{
	return filp_open("/codec", 0, 0);	/* unreached */
}

static struct platform_driver platform_driver = {
	.probe = platform_probe,
	.remove = platform_remove,
	.driver = {
		.name = "calibrated",
		.suspend = driver_suspend,
	},
};
module_platform_driver(platform_driver);

static struct pci_driver pci_driver = {
	.name = "calibrated",
	.probe = pci_probe,
};

static struct codec_driver codec_driver = { .probe = codec_probe };
