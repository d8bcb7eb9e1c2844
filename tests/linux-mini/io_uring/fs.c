// SPDX-License-Identifier: GPL-2.0-only
/* Names made and removed through a ring; workers of the calling task do it. */
#include <linux/fs.h>
#include "../fs/internal.h"

struct io_names {
	int old_dfd;
	int new_dfd;
	int flags;
	umode_t mode;
	struct delayed_filename oldpath;
	struct delayed_filename newpath;
};

struct io_kiocb {
	struct io_names cmd;
	int res;
};

void io_req_done(struct io_kiocb *req);

int io_unlinkat(struct io_kiocb *req)
{
	struct io_names *un = &req->cmd;

	CLASS(filename_complete_delayed, name)(&un->oldpath);
	if (un->flags & AT_REMOVEDIR)
		req->res = filename_rmdir(un->old_dfd, name);
	else
		req->res = filename_unlinkat(un->old_dfd, name);
	io_req_done(req);
	return req->res;
}

int io_mkdirat(struct io_kiocb *req)
{
	struct io_names *mkd = &req->cmd;

	CLASS(filename_complete_delayed, name)(&mkd->newpath);
	req->res = filename_mkdirat(mkd->new_dfd, name, mkd->mode);
	io_req_done(req);
	return req->res;
}

int io_symlinkat(struct io_kiocb *req)
{
	struct io_names *sl = &req->cmd;

	CLASS(filename_complete_delayed, old)(&sl->oldpath);
	CLASS(filename_complete_delayed, new)(&sl->newpath);
	req->res = filename_symlinkat(old, sl->new_dfd, new);
	io_req_done(req);
	return req->res;
}

int io_linkat(struct io_kiocb *req)
{
	struct io_names *lnk = &req->cmd;

	CLASS(filename_complete_delayed, old)(&lnk->oldpath);
	CLASS(filename_complete_delayed, new)(&lnk->newpath);
	req->res = filename_linkat(lnk->old_dfd, old, lnk->new_dfd, new,
				   lnk->flags);
	io_req_done(req);
	return req->res;
}
