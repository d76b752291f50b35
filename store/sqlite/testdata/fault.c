/*
 * Loaded before the C library, this fails one call of those that reach the
 * files of a folder: the n-th, or all from the n-th on. What it lets pass, it
 * passes to the library. It is C because SQLite is: the calls of Go's own
 * packages do not come by here.
 *
 *   FAULT_FOLDER  only files below it count
 *   FAULT_KIND    eio: every call fails with an input/output error
 *                 full: calls that need room fail as on a full disk
 *                 short: a write writes half of what it should, the next nothing
 *   FAULT_AT      n
 *   FAULT_LASTS   set: all from the n-th on
 *   FAULT_TOLD    a file that is made when a call has failed
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { OTHER = 0, ROOM = 1, WRITE = 2 };

static long calls; /* SQLite's calls come one at a time: the mirror has one writer */
static int halved;

static int ours(const char *path) {
	const char *folder = getenv("FAULT_FOLDER");
	return folder && strncmp(path, folder, strlen(folder)) == 0;
}

static int ours_fd(int fd) {
	char link[64], path[4096];
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t n = readlink(link, path, sizeof path - 1);
	if (n < 0) return 0;
	path[n] = 0;
	return ours(path);
}

static void tell(void) {
	int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, "open64");
	int fd = real(getenv("FAULT_TOLD"), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	if (fd >= 0) close(fd);
}

/* fails returns the error of this call, 0 for none, -1 for half a write. */
static int fails(int what) {
	const char *kind = getenv("FAULT_KIND");
	if (!kind) return 0;
	int shorted = strcmp(kind, "short") == 0, full = strcmp(kind, "full") == 0;
	if (shorted && what != WRITE) return 0;
	if (full && what == OTHER) return 0;
	if (shorted && halved) {
		halved = getenv("FAULT_LASTS") != NULL;
		return ENOSPC;
	}
	long n = __sync_add_and_fetch(&calls, 1), at = atol(getenv("FAULT_AT"));
	if (n != at && !(n > at && getenv("FAULT_LASTS"))) return 0;
	tell();
	if (shorted) {
		halved = 1;
		return -1;
	}
	return full ? ENOSPC : EIO;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = dlsym(RTLD_NEXT, #name)
#define FAIL(e) do { errno = (e); return -1; } while (0)

int open64(const char *path, int flags, ...) {
	REAL(open64);
	va_list args;
	va_start(args, flags);
	mode_t mode = (flags & O_CREAT) ? va_arg(args, mode_t) : 0;
	va_end(args);
	if (ours(path)) {
		int makes = (flags & O_CREAT) && access(path, F_OK) != 0; /* what is there needs no room */
		int e = fails(makes ? ROOM : OTHER);
		if (e) FAIL(e);
	}
	return real(path, flags, mode);
}

ssize_t pread64(int fd, void *to, size_t n, off64_t at) {
	REAL(pread64);
	if (ours_fd(fd)) {
		int e = fails(OTHER);
		if (e) FAIL(e);
	}
	return real(fd, to, n, at);
}

ssize_t pwrite64(int fd, const void *from, size_t n, off64_t at) {
	REAL(pwrite64);
	if (ours_fd(fd)) {
		int e = fails(WRITE);
		if (e > 0) FAIL(e);
		if (e < 0) n = n > 1 ? n / 2 : n;
	}
	return real(fd, from, n, at);
}

int ftruncate64(int fd, off64_t size) {
	REAL(ftruncate64);
	if (ours_fd(fd)) {
		int e = fails(ROOM);
		if (e) FAIL(e);
	}
	return real(fd, size);
}

int fsync(int fd) {
	REAL(fsync);
	if (ours_fd(fd)) {
		int e = fails(ROOM); /* where room is given late, it runs out here */
		if (e) FAIL(e);
	}
	return real(fd);
}

int unlink(const char *path) {
	REAL(unlink);
	if (ours(path)) {
		int e = fails(OTHER);
		if (e) FAIL(e);
	}
	return real(path);
}
