#if defined(__linux__)
#define _GNU_SOURCE
#else
#define _DARWIN_C_SOURCE
#endif

#include "ccurses.h"
#include "restore.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/// In the order in which `cc_take_signal` reports them.
static const int ending[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
static const int telling[] = {SIGTSTP, SIGCONT, SIGWINCH};
static const int crashing[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE};

#define SIGNAL_COUNT (COUNT(ending) + COUNT(telling) + COUNT(crashing))
static struct { int signal; struct sigaction action; } found[SIGNAL_COUNT];
static size_t found_count;

static volatile sig_atomic_t pending[64];
static int wake[2] = {-1, -1};

static char restore[CC_RESTORE_CAPACITY];
static volatile sig_atomic_t restore_length;
static struct termios found_modes;
static volatile sig_atomic_t has_found_modes;
static int kept_stderr = -1;
static int real_stderr = -1;
static int held_output = -1;
static int terminal = -1;
static volatile sig_atomic_t holds_output;

void cc_arm(const char *bytes, size_t length) {
  restore_length = 0;
  if (length > sizeof restore) length = sizeof restore;
  memcpy(restore, bytes, length);
  restore_length = (sig_atomic_t)length;
}

void cc_keep_modes(void) {
  has_found_modes = tcgetattr(STDIN_FILENO, &found_modes) == 0;
}

// MARK: Standard error

static int memory_file(void) {
#if defined(__linux__)
  int memory = memfd_create("packetwalk", MFD_CLOEXEC);
  if (memory >= 0) return memory;
#endif
  char path[] = "/tmp/packetwalk-XXXXXX";
  int file = mkstemp(path);
  if (file < 0) return -1;
  unlink(path);
  fcntl(file, F_SETFD, FD_CLOEXEC);
  return file;
}

void cc_keep_stderr(void) {
  if (real_stderr >= 0 || !isatty(STDERR_FILENO)) return;
  if (kept_stderr < 0) kept_stderr = memory_file();
  if (kept_stderr < 0) return;
  int aside = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
  if (aside < 0) return;
  if (dup2(kept_stderr, STDERR_FILENO) < 0) {
    close(aside);
    return;
  }
  real_stderr = aside;
}

static void write_all(int file, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t count = write(file, bytes, length);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    bytes += count;
    length -= (size_t)count;
  }
}

/// Copies the kept text to the real standard error; safe in a signal handler.
static void copy_kept_text(void) {
  char block[512];
  ssize_t count;
  lseek(kept_stderr, 0, SEEK_SET);
  while ((count = read(kept_stderr, block, sizeof block)) > 0) write_all(real_stderr, block, (size_t)count);
}

void cc_show_stderr(void) {
  if (real_stderr < 0) return;
  copy_kept_text();
  if (ftruncate(kept_stderr, 0) == 0) lseek(kept_stderr, 0, SEEK_SET);
  dup2(real_stderr, STDERR_FILENO);
  close(real_stderr);
  real_stderr = -1;
}

// MARK: Standard output

void cc_hold_output(void) {
  if (held_output < 0) held_output = memory_file();
  if (terminal < 0) terminal = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
  if (held_output < 0 || terminal < 0) return;
  holds_output = 1;
  if (dup2(held_output, STDOUT_FILENO) < 0) holds_output = 0;
}

/// Another program may have left the terminal so that a write does not wait.
static void wait_for_room(void) {
  struct pollfd output = {STDOUT_FILENO, POLLOUT, 0};
  poll(&output, 1, -1);
}

void cc_release_output(void) {
  static char block[64 * 1024];
  if (!holds_output) return;
  dup2(terminal, STDOUT_FILENO);
  holds_output = 0;
  off_t length = lseek(held_output, 0, SEEK_CUR);
  for (off_t sent = 0; sent < length;) {
    size_t rest = (size_t)(length - sent);
    ssize_t held = pread(held_output, block, rest < sizeof block ? rest : sizeof block, sent);
    if (held <= 0) break;
    ssize_t count = write(STDOUT_FILENO, block, (size_t)held);
    if (count > 0) sent += count;
    else if (errno == EAGAIN) wait_for_room();
    else if (errno != EINTR) break;
  }
  lseek(held_output, 0, SEEK_SET);
}

// MARK: Signals

/// Gives the terminal back with nothing but calls that a signal handler may make, and dies.
static void restore_and_die(int signal_number) {
  if (restore_length > 0) {
    write_all(holds_output ? terminal : STDOUT_FILENO, restore, (size_t)restore_length);
    if (has_found_modes) tcsetattr(STDIN_FILENO, TCSANOW, &found_modes);
  }
  if (real_stderr >= 0) copy_kept_text();
  signal(signal_number, SIG_DFL);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, signal_number);
  raise(signal_number);
  sigprocmask(SIG_UNBLOCK, &only, NULL);
  _exit(128 + signal_number);
}

/// A second request to end, while the first is still waiting, finds a program that hangs: it ends at once.
static void note_ending(int signal_number) {
  if (pending[signal_number]) restore_and_die(signal_number);
  int error = errno;
  pending[signal_number] = 1;
  (void)!write(wake[1], "", 1);
  errno = error;
}

static void note(int signal_number) {
  int error = errno;
  pending[signal_number] = 1;
  (void)!write(wake[1], "", 1);
  errno = error;
}

static void install(int signal_number, void (*handler)(int), int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  found[found_count].signal = signal_number;
  if (sigaction(signal_number, &action, &found[found_count].action) == 0) found_count++;
}

/// Installs a handler unless the parent asked for this signal to be ignored (`nohup`, no job control).
static void install_unless_ignored(int signal_number, void (*handler)(int)) {
  struct sigaction current;
  if (sigaction(signal_number, NULL, &current) == 0 && current.sa_handler == SIG_IGN) return;
  install(signal_number, handler, 0);
}

/// A stack overflow leaves no room for its own handler, so crash handlers run on this stack.
static void install_crash_handlers(void) {
  static char room[64 * 1024];
  stack_t stack;
  memset(&stack, 0, sizeof stack);
  stack.ss_sp = room;
  stack.ss_size = sizeof room;
  sigaltstack(&stack, NULL);
  for (size_t i = 0; i < COUNT(crashing); i++) install(crashing[i], restore_and_die, SA_ONSTACK);
}

static int open_wake_pipe(void) {
  if (wake[0] >= 0) return 0;
  if (pipe(wake) != 0) return -1;
  for (int end = 0; end < 2; end++) {
    fcntl(wake[end], F_SETFD, FD_CLOEXEC);
    fcntl(wake[end], F_SETFL, O_NONBLOCK);
  }
  return 0;
}

int32_t cc_guard(void) {
  if (open_wake_pipe() != 0) return -1;
  memset((void *)pending, 0, sizeof pending);
  found_count = 0;
  for (size_t i = 0; i < COUNT(ending); i++) install_unless_ignored(ending[i], note_ending);
  for (size_t i = 0; i < COUNT(telling); i++) install_unless_ignored(telling[i], note);
  install_crash_handlers();
  cc_keep_stderr();
  return wake[0];
}

void cc_unguard(void) {
  while (found_count > 0) {
    found_count--;
    sigaction(found[found_count].signal, &found[found_count].action, NULL);
  }
  cc_show_stderr();
}

static int32_t take_from(const int *signals, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (pending[signals[i]]) {
      pending[signals[i]] = 0;
      return signals[i];
    }
  }
  return 0;
}

int32_t cc_take_signal(void) {
  char block[64];
  while (read(wake[0], block, sizeof block) > 0) continue;
  int32_t signal_number = take_from(ending, COUNT(ending));
  return signal_number != 0 ? signal_number : take_from(telling, COUNT(telling));
}

void cc_stop(void) {
  struct sigaction usual, ours;
  memset(&usual, 0, sizeof usual);
  usual.sa_handler = SIG_DFL;
  sigemptyset(&usual.sa_mask);
  cc_leave();
  sigaction(SIGTSTP, &usual, &ours);
  raise(SIGTSTP);
  sigaction(SIGTSTP, &ours, NULL);
  pending[SIGCONT] = 0;
  cc_return();
}

void cc_die(int32_t signal_number) {
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}
