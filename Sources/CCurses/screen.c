// Both names: Debian's header looks at the first, Apple's only at the second.
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#if defined(__linux__)
#define _GNU_SOURCE
#else
#define _DARWIN_C_SOURCE
#endif

#if !__has_include(<ncurses.h>)
#error "ncurses.h is missing: apt-get install libncurses-dev"
#endif

#include "ccurses.h"
#include "restore.h"

#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

// Apple's ncurses keeps 255 colour pairs, numbered by a short.
#if defined(NCURSES_EXT_COLORS) && NCURSES_VERSION_MAJOR >= 6
#define HAS_EXTENDED_PAIRS 1
#endif

static SCREEN *screen;
static int cursor_is_shown = -1;

static const char paste_on[] = "\033[?2004h";
static const char paste_off[] = "\033[?2004l";
// Buttons alone, with positions of any size.
static const char mouse_on[] = "\033[?1000h\033[?1006h";
static const char mouse_off[] = "\033[?1006l\033[?1000l";
static int takes_mouse;

// MARK: Characters

int32_t cc_set_locale(int32_t wants_utf8) {
  setlocale(LC_CTYPE, "");
  if (wants_utf8 && strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
    if (!setlocale(LC_CTYPE, "C.UTF-8")) setlocale(LC_CTYPE, "en_US.UTF-8");
  }
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

int32_t cc_width(uint32_t scalar) {
  return wcwidth((wchar_t)scalar);
}

// MARK: Opening and closing

/// Whether `term` is known and can move its cursor; asked before anything is written to the terminal.
static int32_t check_terminal(const char *term) {
  int error = 0;
  if (setupterm((char *)term, STDOUT_FILENO, &error) != OK) {
    return error == 1 ? CC_NO_CURSOR_ADDRESSING : CC_UNKNOWN_TERMINAL;
  }
  int32_t answer = cursor_address ? CC_OPENED : CC_NO_CURSOR_ADDRESSING;
  del_curterm(cur_term);
  return answer;
}

static int is_ansi(void) {
  return cursor_address && strncmp(cursor_address, "\033[", 2) == 0;
}

static void send(const char *text) {
  if (is_ansi()) (void)!write(STDOUT_FILENO, text, strlen(text));
}

/// Appends a capability's bytes without its padding marks (`$<5>`).
static void append(char *bytes, size_t *length, const char *capability) {
  while (capability && *capability && *length < CC_RESTORE_CAPACITY) {
    if (capability[0] == '$' && capability[1] == '<') {
      const char *end = strchr(capability, '>');
      if (!end) return;
      capability = end + 1;
    } else {
      bytes[(*length)++] = *capability++;
    }
  }
}

/// Tells the crash handlers how to leave this screen; again after each resize, as the last line moves.
static void arm(void) {
  char bytes[CC_RESTORE_CAPACITY];
  size_t length = 0;
  append(bytes, &length, exit_attribute_mode);
  append(bytes, &length, cursor_normal);
  if (is_ansi()) append(bytes, &length, paste_off);
  if (is_ansi() && takes_mouse) append(bytes, &length, mouse_off);
  if (exit_ca_mode) {
    append(bytes, &length, exit_ca_mode);
  } else {
    append(bytes, &length, tparm(cursor_address, LINES - 1, 0, 0, 0, 0, 0, 0, 0, 0));
    append(bytes, &length, "\n");
  }
  cc_arm(bytes, length);
}

static void set_modes(void) {
  cbreak();
  noecho();
  nonl();
  intrflush(stdscr, FALSE);
  scrollok(stdscr, FALSE);
  typeahead(-1);
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
}

int32_t cc_open(const char *term) {
  if (screen) return CC_FAILED;
  int32_t answer = check_terminal(term);
  if (answer != CC_OPENED) return answer;
  // They would pin the size, even against later resizes.
  unsetenv("LINES");
  unsetenv("COLUMNS");
  cc_keep_modes();
  screen = newterm((char *)term, stdout, stdin);
  if (!screen) return CC_FAILED;
  arm();
  set_modes();
  send(paste_on);
  cursor_is_shown = -1;
  return CC_OPENED;
}

void cc_take_mouse(int32_t is_on) {
  if (!screen || takes_mouse == is_on) return;
  takes_mouse = is_on;
  arm();
  send(is_on ? mouse_on : mouse_off);
  fflush(stdout);
}

void cc_close(void) {
  if (!screen) return;
  if (takes_mouse) send(mouse_off);
  takes_mouse = 0;
  send(paste_off);
  curs_set(1);
  endwin();
  cc_arm("", 0);
  delscreen(screen);
  screen = NULL;
}

void cc_leave(void) {
  if (takes_mouse) send(mouse_off);
  send(paste_off);
  curs_set(1);
  cursor_is_shown = -1;
  endwin();
  cc_arm("", 0);
  cc_show_stderr();
}

void cc_return(void) {
  cc_keep_stderr();
  reset_prog_mode();
  clearok(curscr, TRUE);
  cursor_is_shown = -1;
  arm();
  send(paste_on);
  if (takes_mouse) send(mouse_on);
}

void cc_measure(int32_t *width, int32_t *height) {
  struct winsize size;
  int is_known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0;
  if (is_known && (size.ws_row != LINES || size.ws_col != COLS)) {
    resize_term(size.ws_row, size.ws_col);
    clearok(curscr, TRUE);
    arm();
  }
  *width = COLS;
  *height = LINES;
}

// MARK: Drawing

int32_t cc_colors(void) {
  return has_colors() ? COLORS : 0;
}

int32_t cc_define_color(int32_t color, int32_t foreground) {
  if (!has_colors() || foreground >= COLORS || color >= COLOR_PAIRS) return -1;
#if HAS_EXTENDED_PAIRS
  return init_extended_pair(color, foreground, -1) == OK ? 0 : -1;
#else
  return init_pair((short)color, (short)foreground, -1) == OK ? 0 : -1;
#endif
}

static attr_t attributes_of(uint32_t attributes) {
  return (attributes & CC_BOLD ? WA_BOLD : 0) | (attributes & CC_DIM ? WA_DIM : 0)
      | (attributes & CC_UNDERLINE ? WA_UNDERLINE : 0) | (attributes & CC_REVERSE ? WA_REVERSE : 0);
}

static void set_cell(cchar_t *out, const cc_cell *cell) {
  wchar_t text[6] = {0};
  for (int i = 0; i < 5; i++) text[i] = (wchar_t)cell->text[i];
  attr_t attributes = attributes_of(cell->attributes);
#if HAS_EXTENDED_PAIRS
  int pair = cell->color;
  setcchar(out, text, attributes, 0, &pair);
#else
  setcchar(out, text, attributes, (short)cell->color, NULL);
#endif
}

static int width_of(const cc_cell *cells, int count) {
  int width = 0;
  for (int i = 0; i < count; i++) width += wcwidth((wchar_t)cells[i].text[0]) == 2 ? 2 : 1;
  return width;
}

void cc_put_cells(int32_t row, int32_t column, const cc_cell *cells, int32_t count) {
  enum { BLOCK = 512 };
  static cchar_t block[BLOCK];
  while (count > 0 && row >= 0 && row < LINES && column < COLS) {
    int taken = count < BLOCK ? count : BLOCK;
    for (int i = 0; i < taken; i++) set_cell(&block[i], &cells[i]);
    // Writing the bottom right cell answers ERR though the cell is there.
    mvadd_wchnstr(row, column, block, taken);
    count -= taken;
    if (count > 0) column += width_of(cells, taken);
    cells += taken;
  }
}

static void place_cursor(int32_t column, int32_t row) {
  int is_shown = column >= 0;
  leaveok(stdscr, !is_shown);
  if (is_shown) move(row, column);
  if (is_shown != cursor_is_shown) curs_set(is_shown);
  cursor_is_shown = is_shown;
}

void cc_flush(int32_t column, int32_t row) {
  place_cursor(column, row);
  wnoutrefresh(stdscr);
  // ncurses 6.4 writes at each movement of the cursor, which would wake the terminal a hundred times a frame.
  cc_hold_output();
  doupdate();
  cc_release_output();
}
