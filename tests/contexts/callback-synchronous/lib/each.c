// SPDX-License-Identifier: GPL-2.0-only
int each_item(int (*fn)(int item, void *data), void *data)
{
	kern_path("/each", 0, NULL);	/* mixed */
	for (int i = 0; i < 3; i++)
		fn(i, data);
	return 0;
}

int each_pointer(int (*fn)(int item, void *data), void *data)
{
	return (*fn)(0, data);
}
