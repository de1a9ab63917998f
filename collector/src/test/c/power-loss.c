/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stands between a process and its files (LD_PRELOAD), and takes the power away: at the Nth operation on files below a directory all that was not forced is
 * undone, and the process ends. What a disk keeps is what POSIX promises, no more: bytes of a file once it was forced; names in a directory once the
 * directory was. (Writes to the page cache survive a kill -9, so that proves nothing about forcing.)
 *
 *   POWER_LOSS_BELOW  the directory, absolute
 *   POWER_LOSS_AT     the operation at which power is lost; 0 or not set: never
 *   POWER_LOSS_TORN   a seed: a random part of what was not forced reaches the disk all the same, in blocks of 4 KiB, names in their order; not set: nothing
 *
 * Nothing is forced really. One lock is held over each operation, so operations have an order and all stand still when power is lost. Ways to write that it
 * does not follow (shared writable mappings, sendfile, copies within the kernel) end the process with a message; only what is written by fdopen goes by, as
 * RocksDB's own log does, which nobody needs.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define EXIT_CODE 137
#define BLOCK 4096

/* Old bytes of a range that was written over, or a range behind the durable end. */
struct write_record {
    struct write_record *next; /* older */
    off_t at;
    size_t length;
    size_t old_length; /* how many of them had been there durably */
    char old[];
};

/* A file below the directory, by inode; never forgotten. */
struct file {
    struct file *next;
    dev_t device;
    ino_t inode;
    off_t durable_size;
    struct write_record *writes; /* since it was forced, newest first */
    int spare; /* a descriptor of its own, to read and to undo with */
};

/* A change of names. */
struct name_record {
    struct name_record *next; /* older */
    enum { CREATED, RENAMED, REMOVED } what;
    char name[PATH_MAX];
    char from[PATH_MAX]; /* RENAMED */
    char kept[PATH_MAX]; /* where what was replaced or removed is kept; or empty */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct file *files;
static struct name_record *names;
static char below[PATH_MAX];
static size_t below_length;
static long loss_at;
static long operations;
static int torn;
static unsigned long long torn_state;
static long kept_count;

__attribute__((constructor)) static void begin(void) {
    const char *where = getenv("POWER_LOSS_BELOW"), *at = getenv("POWER_LOSS_AT"), *seed = getenv("POWER_LOSS_TORN");
    if (where != NULL) {
        snprintf(below, sizeof below, "%s", where);
        below_length = strlen(below);
    }
    loss_at = at == NULL ? 0 : atol(at);
    torn = seed != NULL;
    torn_state = seed == NULL ? 0 : strtoull(seed, NULL, 10);
}

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

#define REAL(name) ((__typeof__(&name))real(#name))

static void give_up(const char *why) {
    dprintf(2, "power-loss: %s\n", why);
    _exit(99);
}

static int coin(void) { /* xorshift, good enough for torn writes */
    torn_state += 0x9E3779B97F4A7C15ull;
    unsigned long long z = torn_state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return (int)((z ^ (z >> 31)) & 1);
}

/* Absolute, in its plain form; whether it lies below the directory. */
static int watched(int dir, const char *path, char *into) {
    if (below_length == 0 || path == NULL) return 0;
    if (path[0] == '/') {
        snprintf(into, PATH_MAX, "%s", path);
    } else {
        char from[PATH_MAX];
        if (dir == AT_FDCWD) {
            if (getcwd(from, sizeof from) == NULL) return 0;
        } else {
            char link[64];
            snprintf(link, sizeof link, "/proc/self/fd/%d", dir);
            ssize_t n = readlink(link, from, sizeof from - 1);
            if (n < 0) return 0;
            from[n] = 0;
        }
        if (snprintf(into, PATH_MAX, "%s/%s", from, path) >= PATH_MAX) give_up("a path is too long");
    }
    char *slashes; /* RocksDB writes // */
    while ((slashes = strstr(into, "//")) != NULL) memmove(slashes, slashes + 1, strlen(slashes));
    return strncmp(into, below, below_length) == 0 && (into[below_length] == '/' || into[below_length] == 0);
}

static int watched_fd(int fd, char *into) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, into, PATH_MAX - 1);
    if (n < 0 || below_length == 0) return 0;
    into[n] = 0;
    return strncmp(into, below, below_length) == 0 && (into[below_length] == '/' || into[below_length] == 0);
}

static void parent(const char *path, char *into) {
    snprintf(into, PATH_MAX, "%s", path);
    char *slash = strrchr(into, '/');
    if (slash != NULL) *slash = 0;
}

/* --- what is remembered; under the lock --- */

static struct file *file_of(int fd) {
    struct stat s;
    if (fstat(fd, &s) != 0 || !S_ISREG(s.st_mode)) return NULL;
    for (struct file *f = files; f != NULL; f = f->next)
        if (f->device == s.st_dev && f->inode == s.st_ino) return f;
    struct file *f = calloc(1, sizeof *f);
    f->device = s.st_dev;
    f->inode = s.st_ino;
    f->durable_size = s.st_size; /* what was there before this process is durable */
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    f->spare = (int)syscall(SYS_openat, AT_FDCWD, link, O_RDWR | O_CLOEXEC, 0);
    if (f->spare < 0) give_up("a file cannot be opened a second time");
    f->next = files;
    files = f;
    return f;
}

static void remember(struct file *f, off_t at, size_t length) {
    size_t durable = at >= f->durable_size ? 0 : (size_t)(f->durable_size - at);
    if (durable > length) durable = length;
    struct write_record *w = malloc(sizeof *w + durable);
    w->at = at;
    w->length = length;
    w->old_length = durable;
    for (size_t done = 0; done < durable;) {
        ssize_t n = syscall(SYS_pread64, f->spare, w->old + done, durable - done, at + (off_t)done);
        if (n <= 0) { memset(w->old + done, 0, durable - done); break; } /* it was made shorter since: undone in order */
        done += (size_t)n;
    }
    w->next = f->writes;
    f->writes = w;
}

static void forced(struct file *f) {
    while (f->writes != NULL) {
        struct write_record *w = f->writes;
        f->writes = w->next;
        free(w);
    }
    struct stat s;
    if (fstat(f->spare, &s) == 0) f->durable_size = s.st_size;
}

static struct name_record *renamed(int what, const char *name) {
    struct name_record *n = calloc(1, sizeof *n);
    n->what = what;
    snprintf(n->name, PATH_MAX, "%s", name);
    n->next = names;
    names = n;
    return n;
}

/* A second name for what a rename or removal takes away, outside of the directory. */
static void keep(struct name_record *n, const char *path) {
    struct stat s;
    if (lstat(path, &s) != 0 || !S_ISREG(s.st_mode)) return;
    snprintf(n->kept, PATH_MAX, "%.3800s.power-loss-%d-%ld", below, getpid(), kept_count++);
    if (linkat(AT_FDCWD, path, AT_FDCWD, n->kept, 0) != 0) give_up("what is removed cannot be kept");
}

static void forget_names(const char *directory) {
    for (struct name_record **p = &names; *p != NULL;) {
        struct name_record *n = *p;
        char in[PATH_MAX];
        parent(n->name, in);
        if (strcmp(in, directory) == 0) {
            *p = n->next;
            if (n->kept[0]) syscall(SYS_unlinkat, AT_FDCWD, n->kept, 0);
            free(n);
        } else {
            p = &n->next;
        }
    }
}

/* --- the loss; under the lock, which is never given back --- */

static void put(int fd, const char *bytes, size_t length, off_t at) {
    while (length > 0) {
        ssize_t n = syscall(SYS_pwrite64, fd, bytes, length, at);
        if (n <= 0) give_up("what was not forced cannot be undone");
        bytes += n;
        length -= (size_t)n;
        at += n;
    }
}

/* Blocks that were written are put back to what they were, newest first; in a torn loss each block by the coin. */
static void undo_writes(struct file *f) {
    struct stat s;
    if (f->writes == NULL || fstat(f->spare, &s) != 0) return;
    static const char zeros[BLOCK];
    size_t blocks = (size_t)(s.st_size / BLOCK) + 1;
    char *reached = calloc(blocks, 1);
    off_t end = f->durable_size;
    for (size_t b = 0; torn && b < blocks; b++) reached[b] = (char)coin();
    for (struct write_record *w = f->writes; w != NULL; w = w->next) {
        for (off_t at = w->at; at < w->at + (off_t)w->length;) {
            size_t block = (size_t)(at / BLOCK);
            off_t next = (off_t)(block + 1) * BLOCK;
            if (next > w->at + (off_t)w->length) next = w->at + (off_t)w->length;
            size_t from = (size_t)(at - w->at), length = (size_t)(next - at);
            if (block < blocks && reached[block]) {
                if (next > end) end = next < s.st_size ? next : s.st_size;
            } else if (from < w->old_length) {
                size_t old = w->old_length - from < length ? w->old_length - from : length;
                put(f->spare, w->old + from, old, at);
            }
            at = next;
        }
    }
    /* behind the durable end, below what reached the disk, there is nothing */
    for (off_t at = f->durable_size; at < end;) {
        size_t block = (size_t)(at / BLOCK);
        off_t next = (off_t)(block + 1) * BLOCK < end ? (off_t)(block + 1) * BLOCK : end;
        if (!reached[block]) put(f->spare, zeros, (size_t)(next - at), at);
        at = next;
    }
    if (syscall(SYS_ftruncate, f->spare, end) != 0) give_up("a file cannot be cut back");
    free(reached);
}

static int remove_one(const char *path, const struct stat *s, int what, struct FTW *where) {
    (void)s;
    (void)where;
    return (int)syscall(SYS_unlinkat, AT_FDCWD, path, what == FTW_DP ? AT_REMOVEDIR : 0);
}

static void undo_name(struct name_record *n) {
    if (n->what == CREATED) {
        /* a directory goes with all that is in it: nothing leads there */
        if (nftw(n->name, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0) give_up("what was made cannot be removed");
    } else if (n->what == RENAMED) {
        syscall(SYS_renameat, AT_FDCWD, n->name, AT_FDCWD, n->from);
    }
    if (n->kept[0]) syscall(SYS_renameat, AT_FDCWD, n->kept, AT_FDCWD, n->name);
}

static void lose_power(void) {
    for (struct file *f = files; f != NULL; f = f->next) undo_writes(f);
    int undone = 0, reached = 0;
    for (struct name_record *n = names; n != NULL; n = n->next) {
        /* newest first: once one has reached the disk, so have all before it */
        if (!reached && torn && coin()) reached = 1;
        if (!reached) {
            undo_name(n);
            undone++;
        } else if (n->kept[0]) {
            syscall(SYS_unlinkat, AT_FDCWD, n->kept, 0);
        }
    }
    dprintf(2, "power-loss: at operation %ld, %d names undone\n", operations, undone);
    _exit(EXIT_CODE);
}

static void enter(void) {
    pthread_mutex_lock(&lock);
}

/* One more operation is over, or about to have its effect. */
static void count(void) {
    if (++operations == loss_at) lose_power();
}

static void leave(void) {
    pthread_mutex_unlock(&lock);
}

/* --- files are opened --- */

static int opened(int dir, const char *path, int flags, mode_t mode) {
    char full[PATH_MAX];
    int is_watched = watched(dir, path, full);
    if (is_watched && (flags & O_TMPFILE) == O_TMPFILE) give_up("O_TMPFILE is not followed");
    if (!is_watched || (flags & O_DIRECTORY)) return (int)syscall(SYS_openat, dir, path, flags, mode);
    enter();
    struct stat s;
    int existed = lstat(full, &s) == 0;
    int fd = (int)syscall(SYS_openat, dir, path, flags & ~O_TRUNC, mode);
    if (fd >= 0 && (flags & O_ACCMODE) != O_RDONLY) {
        struct file *f = file_of(fd);
        if (f != NULL && !existed) {
            f->durable_size = 0;
            renamed(CREATED, full);
            count();
        }
        if (f != NULL && (flags & O_TRUNC)) {
            if (f->durable_size > 0) remember(f, 0, (size_t)f->durable_size);
            if (syscall(SYS_ftruncate, fd, (off_t)0) != 0) give_up("a file cannot be emptied");
            count();
        }
    }
    leave();
    return fd;
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list more; \
        va_start(more, flags); \
        mode = va_arg(more, mode_t); \
        va_end(more); \
    }

int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int dir, const char *path, int flags, ...) { MODE(flags) return opened(dir, path, flags, mode); }
int openat64(int dir, const char *path, int flags, ...) { MODE(flags) return opened(dir, path, flags | O_LARGEFILE, mode); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC | O_LARGEFILE, mode); }

FILE *fopen(const char *path, const char *how) {
    char full[PATH_MAX];
    if (watched(AT_FDCWD, path, full) && strpbrk(how, "wa+") != NULL) give_up("fopen for writing is not followed");
    return REAL(fopen)(path, how);
}
FILE *fopen64(const char *path, const char *how) {
    char full[PATH_MAX];
    if (watched(AT_FDCWD, path, full) && strpbrk(how, "wa+") != NULL) give_up("fopen for writing is not followed");
    return REAL(fopen64)(path, how);
}

/* --- and written --- */

/* at < 0: where the descriptor stands */
static ssize_t written(int fd, const struct iovec *parts, int count_of_parts, off_t at) {
    char path[PATH_MAX];
    int is_watched = watched_fd(fd, path);
    if (is_watched) {
        enter();
        struct file *f = file_of(fd);
        if (f != NULL) {
            size_t length = 0;
            for (int i = 0; i < count_of_parts; i++) length += parts[i].iov_len;
            struct stat s;
            int append = fcntl(fd, F_GETFL) & O_APPEND;
            off_t from = append && fstat(fd, &s) == 0 ? s.st_size : at >= 0 ? at : lseek(fd, 0, SEEK_CUR);
            remember(f, from, length);
        }
    }
    ssize_t n = at < 0 ? syscall(SYS_writev, fd, parts, count_of_parts)
                       : syscall(SYS_pwritev, fd, parts, count_of_parts, at, (off_t)0);
    if (is_watched) {
        int error = errno;
        count();
        leave();
        errno = error;
    }
    return n;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    struct iovec one = {(void *)bytes, length};
    return written(fd, &one, 1, -1);
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
    struct iovec one = {(void *)bytes, length};
    return written(fd, &one, 1, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) { return pwrite(fd, bytes, length, at); }
ssize_t writev(int fd, const struct iovec *parts, int n) { return written(fd, parts, n, -1); }
ssize_t pwritev(int fd, const struct iovec *parts, int n, off_t at) { return written(fd, parts, n, at); }
ssize_t pwritev64(int fd, const struct iovec *parts, int n, off64_t at) { return written(fd, parts, n, at); }

int ftruncate(int fd, off_t size) {
    char path[PATH_MAX];
    if (!watched_fd(fd, path)) return (int)syscall(SYS_ftruncate, fd, size);
    enter();
    struct file *f = file_of(fd);
    struct stat s;
    if (f != NULL && fstat(fd, &s) == 0 && size < s.st_size) remember(f, size, (size_t)(s.st_size - size));
    else if (f != NULL && size > s.st_size) remember(f, s.st_size, (size_t)(size - s.st_size));
    int result = (int)syscall(SYS_ftruncate, fd, size);
    int error = errno;
    count();
    leave();
    errno = error;
    return result;
}
int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }
int truncate(const char *path, off_t size) {
    char full[PATH_MAX];
    if (watched(AT_FDCWD, path, full)) give_up("truncate by name is not followed");
    return (int)syscall(SYS_truncate, path, size);
}

/* Room that is set aside reads as zeros: lost or not, no byte that was forced changes, and the end is cut back. */
int fallocate(int fd, int mode, off_t at, off_t length) {
    char path[PATH_MAX];
    if (!watched_fd(fd, path)) return (int)syscall(SYS_fallocate, fd, mode, at, length);
    if (mode & ~FALLOC_FL_KEEP_SIZE) { /* holes and the like: RocksDB gives back room that it had set aside */
        errno = EOPNOTSUPP;
        return -1;
    }
    enter();
    struct file *f = file_of(fd);
    struct stat s;
    if (f != NULL && !mode && fstat(fd, &s) == 0 && at + length > s.st_size)
        remember(f, s.st_size, (size_t)(at + length - s.st_size));
    int result = (int)syscall(SYS_fallocate, fd, mode, at, length);
    int error = errno;
    count();
    leave();
    errno = error;
    return result;
}
int fallocate64(int fd, int mode, off64_t at, off64_t length) { return fallocate(fd, mode, at, length); }
int posix_fallocate(int fd, off_t at, off_t length) { return fallocate(fd, 0, at, length) == 0 ? 0 : errno; }
int posix_fallocate64(int fd, off64_t at, off64_t length) { return posix_fallocate(fd, at, length); }

void *mmap(void *where, size_t length, int access, int flags, int fd, off_t at) {
    char path[PATH_MAX];
    if (fd >= 0 && (flags & MAP_SHARED) && (access & PROT_WRITE) && watched_fd(fd, path))
        give_up("a shared writable mapping is not followed");
    return (void *)syscall(SYS_mmap, where, length, access, flags, fd, at);
}
void *mmap64(void *where, size_t length, int access, int flags, int fd, off64_t at) {
    return mmap(where, length, access, flags, fd, at);
}
ssize_t sendfile(int out, int in, off_t *at, size_t length) {
    char path[PATH_MAX];
    if (watched_fd(out, path)) give_up("sendfile is not followed");
    return syscall(SYS_sendfile, out, in, at, length);
}
ssize_t sendfile64(int out, int in, off64_t *at, size_t length) { return sendfile(out, in, at, length); }
ssize_t copy_file_range(int in, off64_t *in_at, int out, off64_t *out_at, size_t length, unsigned int flags) {
    char path[PATH_MAX];
    if (watched_fd(out, path)) give_up("copy_file_range is not followed");
    return syscall(SYS_copy_file_range, in, in_at, out, out_at, length, flags);
}

/* --- forced --- */

static int force(int fd, int number) {
    char path[PATH_MAX];
    if (!watched_fd(fd, path)) return (int)syscall(number, fd);
    enter();
    count(); /* power is lost before it has effect */
    struct stat s;
    if (fstat(fd, &s) == 0 && S_ISDIR(s.st_mode)) {
        forget_names(path);
    } else {
        struct file *f = file_of(fd);
        if (f != NULL) forced(f);
    }
    count(); /* or after, before anybody hears of it */
    leave();
    return 0;
}

int fsync(int fd) { return force(fd, SYS_fsync); }
int fdatasync(int fd) { return force(fd, SYS_fdatasync); }
/* Starts writing and promises nothing. */
int sync_file_range(int fd, off64_t at, off64_t length, unsigned int flags) {
    char path[PATH_MAX];
    return watched_fd(fd, path) ? 0 : (int)syscall(SYS_sync_file_range, fd, at, length, flags);
}

/* --- named --- */

static int moved(int from_dir, const char *from, int to_dir, const char *to) {
    char a[PATH_MAX], b[PATH_MAX];
    int from_watched = watched(from_dir, from, a), to_watched = watched(to_dir, to, b);
    if (!from_watched && !to_watched) return (int)syscall(SYS_renameat, from_dir, from, to_dir, to);
    if (from_watched != to_watched) give_up("a file is moved across the edge");
    enter();
    struct name_record *n = renamed(RENAMED, b);
    snprintf(n->from, PATH_MAX, "%s", a);
    keep(n, b);
    int result = (int)syscall(SYS_renameat, from_dir, from, to_dir, to);
    int error = errno;
    if (result != 0) {
        if (n->kept[0]) syscall(SYS_unlinkat, AT_FDCWD, n->kept, 0);
        names = n->next;
        free(n);
    }
    count();
    leave();
    errno = error;
    return result;
}

int rename(const char *from, const char *to) { return moved(AT_FDCWD, from, AT_FDCWD, to); }
int renameat(int from_dir, const char *from, int to_dir, const char *to) { return moved(from_dir, from, to_dir, to); }

static int removed(int dir, const char *path, int flags) {
    char full[PATH_MAX];
    if (!watched(dir, path, full)) return (int)syscall(SYS_unlinkat, dir, path, flags);
    enter();
    struct name_record *n = NULL;
    if (!(flags & AT_REMOVEDIR)) {
        n = renamed(REMOVED, full);
        keep(n, full);
    }
    int result = (int)syscall(SYS_unlinkat, dir, path, flags);
    int error = errno;
    if (result != 0 && n != NULL) {
        if (n->kept[0]) syscall(SYS_unlinkat, AT_FDCWD, n->kept, 0);
        names = n->next;
        free(n);
    }
    count();
    leave();
    errno = error;
    return result;
}

int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int unlinkat(int dir, const char *path, int flags) { return removed(dir, path, flags); }
int rmdir(const char *path) { return removed(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char *path) {
    struct stat s;
    return lstat(path, &s) == 0 && S_ISDIR(s.st_mode) ? rmdir(path) : unlink(path);
}

static int made(int dir, const char *path, mode_t mode) {
    char full[PATH_MAX];
    if (!watched(dir, path, full)) return (int)syscall(SYS_mkdirat, dir, path, mode);
    enter();
    int result = (int)syscall(SYS_mkdirat, dir, path, mode);
    int error = errno;
    if (result == 0) renamed(CREATED, full);
    count();
    leave();
    errno = error;
    return result;
}

int mkdir(const char *path, mode_t mode) { return made(AT_FDCWD, path, mode); }
int mkdirat(int dir, const char *path, mode_t mode) { return made(dir, path, mode); }

int link(const char *from, const char *to) {
    char full[PATH_MAX];
    if (watched(AT_FDCWD, to, full)) {
        enter();
        int result = (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
        int error = errno;
        if (result == 0) renamed(CREATED, full);
        count();
        leave();
        errno = error;
        return result;
    }
    return (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}
