#ifndef CCURSES_RESTORE_H
#define CCURSES_RESTORE_H

#include <stddef.h>

/// What a crash handler writes to give the terminal back; only `screen.c` fills it, after `newterm`.
#define CC_RESTORE_CAPACITY 256

/// Registers the bytes that leave the screen; `length` 0 withdraws them.
void cc_arm(const char *bytes, size_t length);

/// Keeps the terminal's settings as they are now, for the crash handlers.
void cc_keep_modes(void);

/// Points standard error at the kept text, so that nothing scribbles over the screen.
void cc_keep_stderr(void);

/// Gives standard error back and shows the kept text there.
void cc_show_stderr(void);

/// Keeps what is written to the terminal until it is released.
void cc_hold_output(void);

/// Sends what was held, in one piece.
void cc_release_output(void);

#endif
