// A disk that fails on command, put between a program and the C library (LD_PRELOAD) for the files under one folder.
// It records what is written, cut, synced, renamed and removed, so that a power cut can be played back (disk-image.ts), and
// it fails the k-th write or sync when the program asks for it by opening a path that begins with "@faulty-disk:"
// (faults.ts). Environment: FAULTY_DISK_FOLDER, FAULTY_DISK_TRACE for the file to record in, FAULTY_DISK_ROOM in bytes,
// FAULTY_DISK_FAULT for a command at the start.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define FILES 4096
#define COMMAND "@faulty-disk:"
#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (found == NULL) abort();
  return found;
}

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
static char folder[4096];
static size_t folder_length;
static int trace = -1;
static char *names[FILES];
static long long room = -1;  // bytes that are left, -1 for a disk without end

// What happens to writes, syncs and openings. `countdown` 1 is the next one, 0 is never.
static struct fault {
  long countdown;
  int error;
  int stays;    // until the program says that the disk is well again
  int half;     // a write: half of it arrives, the rest fails
  int retried;  // a sync: fails, is tried again and then said to have worked
} writes, syncs, opens;
static int fired;  // since the last command that sets or ends a fault; 2 for the sync of a directory

static int command(const char *text);
__attribute__((constructor)) static void begin(void) {
  const char *at = getenv("FAULTY_DISK_FOLDER");
  const char *file = getenv("FAULTY_DISK_TRACE");
  if (at != NULL) snprintf(folder, sizeof folder, "%s", at);
  folder_length = strlen(folder);
  const char *fault = getenv("FAULTY_DISK_FAULT");
  if (fault != NULL && fault[0] != 0) command(fault);
  const char *bytes = getenv("FAULTY_DISK_ROOM");
  if (bytes != NULL && bytes[0] != 0) room = atoll(bytes);
  if (file != NULL && file[0] != 0) trace = REAL(open)(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

// A path below the folder, or NULL.
static const char *below(const char *path) {
  if (folder_length == 0 || strncmp(path, folder, folder_length) != 0) return NULL;
  if (path[folder_length] == 0) return ".";
  return path[folder_length] == '/' ? path + folder_length + 1 : NULL;
}
static const char *name_of(int fd) { return fd >= 0 && fd < FILES ? names[fd] : NULL; }

// One record: kind, length of the name, length of the data, offset; then the name and the data.
static void record(char kind, const char *name, uint64_t offset, const void *data, uint32_t length) {
  if (trace < 0 || name == NULL) return;
  struct __attribute__((packed)) {
    uint8_t kind;
    uint8_t unused;
    uint16_t name_length;
    uint32_t data_length;
    uint64_t offset;
  } head = {(uint8_t)kind, 0, (uint16_t)strlen(name), length, offset};
  struct iovec parts[] = {{&head, sizeof head}, {(void *)name, head.name_length}, {(void *)data, length}};
  if (REAL(writev)(trace, parts, 3) != (ssize_t)(sizeof head + head.name_length + length)) abort();
}

// Whether a file may grow to this size; a smaller size gives room back.
static int has_room(int fd, off64_t size, int may_shrink) {
  struct stat64 now;
  if (room < 0 || fstat64(fd, &now) != 0) return 1;
  off64_t more = size - now.st_size;
  if (more > room) return 0;
  if (more > 0 || may_shrink) room -= more;
  return 1;
}

// Whether this one fails.
static int strikes(struct fault *fault) {
  if (fault->countdown == 0) return 0;
  if (fault->countdown > 1) {
    fault->countdown -= 1;
    return 0;
  }
  if (!fault->stays) fault->countdown = 0;
  fired = 1;
  return 1;
}

// "write 28 3 stays", "sync 5 1 retried", "open 30 1 stays", "struck", "well", "mark some text".
// The answer is the error: EEXIST when a fault has struck since it was set ("struck": on a file), ENOENT when none has.
static int command(const char *text) {
  char what[16] = "", how[16] = "";
  long countdown = 0;
  int error = 0;
  int struck = fired;
  if (strncmp(text, "mark ", 5) == 0) {
    record('m', ".", 0, text + 5, (uint32_t)strlen(text + 5));
  } else if (strcmp(text, "struck") == 0) {
    struck = fired == 1;
  } else if (strcmp(text, "well") == 0) {
    writes.countdown = syncs.countdown = opens.countdown = 0;
    fired = 0;
  } else if (sscanf(text, "%15s %d %ld %15s", what, &error, &countdown, how) >= 3) {
    struct fault *fault = what[0] == 'w' ? &writes : what[0] == 's' ? &syncs : &opens;
    *fault = (struct fault){countdown, error, strcmp(how, "stays") == 0, strcmp(how, "half") == 0, strcmp(how, "retried") == 0};
    fault->stays |= fault->half;
    fired = 0;
  }
  errno = struck ? EEXIST : ENOENT;
  return -1;
}

static int opened(const char *symbol, const char *path, int flags, mode_t mode) {
  if (strncmp(path, COMMAND, sizeof COMMAND - 1) == 0) {
    pthread_mutex_lock(&one);
    int answer = command(path + sizeof COMMAND - 1);
    pthread_mutex_unlock(&one);
    return answer;
  }
  const char *name = below(path);
  if (name == NULL) return ((int (*)(const char *, int, ...))real(symbol))(path, flags, mode);
  pthread_mutex_lock(&one);
  int fd = -1;
  if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) && strikes(&opens)) errno = opens.error;
  else fd = ((int (*)(const char *, int, ...))real(symbol))(path, flags, mode);
  if (fd >= 0 && fd < FILES) {
    free(names[fd]);
    names[fd] = strdup(name);
    if (flags & O_CREAT) record('o', name, 0, NULL, 0);
    if (flags & O_TRUNC) record('t', name, 0, NULL, 0);
  }
  pthread_mutex_unlock(&one);
  return fd;
}

#define MODE(flags)                  \
  mode_t mode = 0;                   \
  if ((flags) & O_CREAT) {           \
    va_list rest;                    \
    va_start(rest, flags);           \
    mode = va_arg(rest, mode_t);     \
    va_end(rest);                    \
  }
int open(const char *path, int flags, ...) {
  MODE(flags)
  return opened("open", path, flags, mode);
}
int open64(const char *path, int flags, ...) {
  MODE(flags)
  return opened("open64", path, flags, mode);
}

// A disk that cannot be opened for writing says so when it is asked.
int access(const char *path, int mode) {
  if ((mode & W_OK) == 0 || below(path) == NULL || opens.countdown != 1) return REAL(access)(path, mode);
  errno = opens.error;
  return -1;
}

int close(int fd) {
  pthread_mutex_lock(&one);
  if (name_of(fd) != NULL) {
    free(names[fd]);
    names[fd] = NULL;
  }
  pthread_mutex_unlock(&one);
  return REAL(close)(fd);
}

static ssize_t written(int fd, const void *data, size_t length, off64_t offset, int moves) {
  pthread_mutex_lock(&one);
  ssize_t done = -1;
  // The shared index of SQLite's write-ahead log is memory that has a name; only a full disk keeps it from growing.
  const char *name = name_of(fd), *end = strstr(name, "-shm");
  int memory = writes.error == EIO && end != NULL && end[4] == 0;
  if (!has_room(fd, offset + (off64_t)length, 0)) errno = ENOSPC;
  else if (memory || !strikes(&writes)) done = moves ? REAL(write)(fd, data, length) : REAL(pwrite64)(fd, data, length, offset);
  else if (writes.half && length > 1) {
    writes.half = 0;
    length /= 2;
    done = moves ? REAL(write)(fd, data, length) : REAL(pwrite64)(fd, data, length, offset);
  } else errno = writes.error;
  if (done > 0) record('w', name, (uint64_t)offset, data, (uint32_t)done);
  pthread_mutex_unlock(&one);
  return done;
}

ssize_t write(int fd, const void *data, size_t length) {
  if (name_of(fd) == NULL) return REAL(write)(fd, data, length);
  return written(fd, data, length, lseek64(fd, 0, SEEK_CUR), 1);
}
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
  if (name_of(fd) == NULL) return REAL(pwrite64)(fd, data, length, offset);
  return written(fd, data, length, offset, 0);
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return pwrite64(fd, data, length, offset); }

int ftruncate64(int fd, off64_t size) {
  pthread_mutex_lock(&one);
  int fits = name_of(fd) == NULL || has_room(fd, size, 1);
  int done = fits ? REAL(ftruncate64)(fd, size) : -1;
  if (!fits) errno = ENOSPC;
  if (done == 0) record('t', name_of(fd), (uint64_t)size, NULL, 0);
  pthread_mutex_unlock(&one);
  return done;
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int synced(int fd, int (*sync)(int)) {
  const char *name = name_of(fd);
  if (name == NULL) return sync(fd);
  pthread_mutex_lock(&one);
  int done = 0;
  int failed = strikes(&syncs);
  struct stat64 now;
  if (failed && fstat64(fd, &now) == 0 && S_ISDIR(now.st_mode)) fired = 2;
  if (failed) record('f', name, 0, NULL, 0);
  if (failed && !syncs.retried) {
    errno = syncs.error;
    done = -1;
  } else {
    done = sync(fd);
    if (done == 0) record('s', name, 0, NULL, 0);
  }
  pthread_mutex_unlock(&one);
  return done;
}
int fsync(int fd) { return synced(fd, REAL(fsync)); }
int fdatasync(int fd) { return synced(fd, REAL(fdatasync)); }

int unlink(const char *path) {
  struct stat64 now = {0};
  pthread_mutex_lock(&one);
  int counts = room >= 0 && below(path) != NULL && stat64(path, &now) == 0;
  int done = REAL(unlink)(path);
  if (done == 0 && counts) room += now.st_size;
  if (done == 0) record('u', below(path), 0, NULL, 0);
  pthread_mutex_unlock(&one);
  return done;
}
int rename(const char *from, const char *to) {
  int done = REAL(rename)(from, to);
  const char *name = below(to);
  pthread_mutex_lock(&one);
  if (done == 0 && name != NULL) record('r', below(from), 0, name, (uint32_t)strlen(name));
  pthread_mutex_unlock(&one);
  return done;
}
