#ifndef CCURSES_H
#define CCURSES_H

/// A dozen plain functions over ncursesw: one terminal, shown cell by cell, and always given back clean.
///
/// Nothing of ncurses appears here, so the Swift side sees fixed-width integers alone. Keys are not read through
/// ncurses: the caller reads the terminal's bytes itself. One thread only.

#include <stdint.h>

/// One character cell. A wide character is one `cc_cell` that fills two columns.
typedef struct {
  /// The character and up to four zero-width marks; 0 ends them early.
  uint32_t text[5];
  /// `CC_BOLD` and so on, added up.
  uint32_t attributes;
  /// 0 for the terminal's own colours, else a number that `cc_define_color` took.
  int32_t color;
} cc_cell;

enum { CC_BOLD = 1, CC_DIM = 2, CC_UNDERLINE = 4, CC_REVERSE = 8 };

/// What `cc_open` answers.
enum { CC_OPENED = 0, CC_UNKNOWN_TERMINAL = 1, CC_NO_CURSOR_ADDRESSING = 2, CC_FAILED = 3 };

/// Takes the characters of the user's locale, or of any UTF-8 locale where `wants_utf8` is not 0.
///
/// Returns 1 where the locale's characters are UTF-8, else 0.
int32_t cc_set_locale(int32_t wants_utf8);

/// The columns that a character fills (0, 1 or 2), or -1 where the locale cannot show it.
int32_t cc_width(uint32_t scalar);

/// Installs the signal handlers and sets standard error aside; call it before `cc_open`.
///
/// Returns a descriptor that is readable after a signal, or -1 with `errno`.
int32_t cc_guard(void);

/// The next signal that came in, or 0. Those that end the program come first.
int32_t cc_take_signal(void);

/// Undoes `cc_guard` and shows what was written to standard error meanwhile.
void cc_unguard(void);

/// Takes over the terminal on standard input and output; `term` names its terminfo entry.
int32_t cc_open(const char *term);

/// Gives the terminal back as it was found.
void cc_close(void);

/// Gives the terminal and standard error back for a while; `cc_return` ends it.
void cc_leave(void);

/// Takes the terminal again after `cc_leave` or after somebody else wrote on it; the next flush draws everything.
void cc_return(void);

/// Stops this process as Ctrl-Z does, and returns when it is continued.
void cc_stop(void);

/// Has clicks and the wheel reported as input, or leaves them to the terminal.
void cc_take_mouse(int32_t is_on);

/// Ends this process by `signal`, so that its parent sees why. Call `cc_close` and `cc_unguard` first.
void cc_die(int32_t signal);

/// Asks the terminal for its size in cells, takes it over and reports it.
void cc_measure(int32_t *width, int32_t *height);

/// How many colours the terminal has; 0 for none.
int32_t cc_colors(void);

/// Makes `color` (from 1) mean this foreground on the terminal's own background. Returns 0, or -1 where it cannot.
int32_t cc_define_color(int32_t color, int32_t foreground);

/// Puts cells into a row, from `column` on; what does not fit is cut.
void cc_put_cells(int32_t row, int32_t column, const cc_cell *cells, int32_t count);

/// Sends what changed and shows the cursor there, or hides it where `column` is negative.
void cc_flush(int32_t column, int32_t row);

#endif
