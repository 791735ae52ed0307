import CCurses
import Presentation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The terminal on standard input and output: shows frames and tells what happens.
///
/// There is one at a time, used from one thread. However the program ends (return, signal, trap), the terminal is
/// given back as it was found, and what was written to standard error meanwhile is shown after it.
package final class Terminal {
  /// The size of the screen in cells, as the last event told.
  package private(set) var size: Size
  package let charset: Charset

  private let settings: TerminalSettings
  private let encoder: RowEncoder
  private let signalDescriptor: Int32
  private var decoder = KeyDecoder()
  private var isOpen = true
  /// What ncurses holds; `nil` where that may have been cut meanwhile.
  private var shown: Frame?

  /// Takes the terminal over.
  ///
  /// - Throws: `TerminalError` where there is none, or none that can move its cursor; nothing was written then.
  package init(_ settings: TerminalSettings = .fromEnvironment()) throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    guard let name = settings.name, !name.isEmpty else { throw .noTerminalName }
    self.settings = settings
    charset = cc_set_locale(settings.forcesUnicode ? 1 : 0) == 1 ? .unicode : .ascii
    signalDescriptor = cc_guard()
    guard signalDescriptor >= 0 else { throw .refused(errno: errno) }
    if let error = Self.open(name) {
      cc_unguard()
      throw error
    }
    encoder = RowEncoder(
      depth: Self.defineColors(usesColor: settings.usesColor), charset: charset,
      width: { Int(cc_width($0.value)) })
    size = Self.measure()
    shown = Canvas(size: size).frame
  }

  deinit {
    close()
  }

  private static func open(_ name: String) -> TerminalError? {
    switch Int(cc_open(name)) {
    case CC_OPENED: nil
    case CC_UNKNOWN_TERMINAL: .unknownTerminal(name: name)
    case CC_NO_CURSOR_ADDRESSING: .noCursorAddressing(name: name)
    default: .refused(errno: errno)
    }
  }

  /// The greatest depth at which every role gets its colour; a colour that fails would be black on black.
  private static func defineColors(usesColor: Bool) -> ColorDepth {
    let available = usesColor ? ColorDepth(colors: Int(cc_colors())) : .none
    let depths: [ColorDepth] = available == .palette256 ? [.palette256, .eight] : [available]
    return depths.first { depth in
      Style.Role.allCases.allSatisfy { role in
        guard let color = Palette.rendition(of: Style(role), depth: depth).foreground else { return true }
        return cc_define_color(Int32(role.rawValue) + 1, color) == 0
      }
    } ?? .none
  }

  private static func measure() -> Size {
    var columns: Int32 = 0
    var rows: Int32 = 0
    cc_measure(&columns, &rows)
    return Size(columns: Int(columns), rows: Int(rows))
  }

  private func remeasure() {
    size = Self.measure()
    shown = nil
  }

  /// Shows `frame`; only the cells that changed travel. What lies outside the terminal is cut.
  package func show(_ frame: Frame) {
    for row in 0..<min(frame.size.rows, size.rows) {
      let columns = frame.changedColumns(ofRow: row, since: shown).clamped(to: 0..<size.columns)
      guard !columns.isEmpty else { continue }
      let start = row * frame.size.columns
      let cells = frame.cells[start + columns.lowerBound..<start + columns.upperBound]
      let encoded = encoder.encode(cells, marks: frame.marks)
      cc_put_cells(Int32(row), Int32(columns.lowerBound), encoded, Int32(encoded.count))
    }
    shown = frame
    if let cursor = frame.cursor, cursor.column < size.columns, cursor.row < size.rows {
      cc_flush(Int32(cursor.column), Int32(cursor.row))
    } else {
      cc_flush(-1, -1)
    }
  }

  /// Waits for the next event, without a deadline unless `timeout` gives one.
  ///
  /// Ctrl-Z is dealt with inside; after `fg` the event is `.resized`.
  package func waitForEvent(timeout: Duration? = nil, watching descriptors: [Int32] = []) -> Event {
    let deadline = timeout.map { ContinuousClock.now + $0 }
    while true {
      if let event = takeSignal() { return event }
      switch poll(descriptors, until: deadline) {
      case .terminal:
        guard let keys = readKeys() else { return .gone }
        if !keys.isEmpty { return .keys(keys) }
      case .watched(let descriptor): return .readable(descriptor)
      case .nothing(let isDeadline):
        let keys = isDeadline ? [] : decoder.finish()
        if !keys.isEmpty { return .keys(keys) }
        if isDeadline { return .timedOut }
      case .signal: continue
      }
    }
  }

  /// Runs `body` with the terminal given back, for a program that needs it; the next frame is drawn whole.
  package func suspended<Result, Failure>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    cc_leave()
    defer {
      cc_return()
      remeasure()
    }
    return try body()
  }

  /// Stops the process until the shell brings it back, as Ctrl-Z does; the next frame is drawn whole.
  package func stop() {
    cc_stop()
    remeasure()
  }

  /// Hands text to the terminal's clipboard; terminals that have none pass it over.
  ///
  /// Source: xterm's ctlseqs, OSC 52.
  package func copy(_ text: String) {
    send("\u{1B}]52;c;\(Base64.text(of: text.utf8))\u{7}")
  }

  /// False for the Linux console, whose fonts have no room for dashed lines.
  package var hasLines: Bool { settings.name?.hasPrefix("linux") != true }

  /// Clicks and the wheel come as keys; otherwise the terminal keeps them.
  package var takesMouse = false {
    didSet {
      guard takesMouse != oldValue else { return }
      cc_take_mouse(takesMouse ? 1 : 0)
    }
  }

  private func send(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Gives the terminal back; a second call does nothing.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    cc_close()
    cc_unguard()
  }

  /// Ends the process by `signal`, as its parent expects. Returns only where the parent had the signal ignored.
  package static func die(of signal: Int32) {
    cc_die(signal)
  }
}

// MARK: Waiting

extension Terminal {
  private enum Ready {
    case signal
    case terminal
    case watched(Int32)
    /// Time ran out: the caller's, or else that of an unfinished key.
    case nothing(isDeadline: Bool)
  }

  private func takeSignal() -> Event? {
    while true {
      switch cc_take_signal() {
      case 0: return nil
      case SIGWINCH:
        guard Self.measure() != size else { continue }
        return redrawn()
      case SIGTSTP:
        stop()
        return .resized(size)
      case SIGCONT:
        cc_return()
        return redrawn()
      case let signal: return .signal(signal)
      }
    }
  }

  private func redrawn() -> Event {
    remeasure()
    return .resized(size)
  }

  private func poll(_ descriptors: [Int32], until deadline: ContinuousClock.Instant?) -> Ready {
    let watched = [signalDescriptor, STDIN_FILENO] + descriptors
    var polled = watched.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let remaining = deadline.map { Self.milliseconds(until: $0) }
    let limit = keyLimit
    let timeout = [remaining, limit].compactMap { $0 }.min() ?? -1
    let count = systemPoll(&polled, nfds_t(polled.count), Int32(clamping: timeout))
    // Interrupted: the handler has written into the signal pipe.
    if count < 0 { return .signal }
    if count == 0 { return .nothing(isDeadline: remaining.map { $0 <= limit ?? .max } ?? false) }
    guard let ready = polled.first(where: { $0.revents != 0 }) else { return .signal }
    switch ready.fd {
    case signalDescriptor: return .signal
    case STDIN_FILENO: return .terminal
    default: return .watched(ready.fd)
    }
  }

  private static func milliseconds(until deadline: ContinuousClock.Instant) -> Int {
    let (seconds, attoseconds) = max(deadline - ContinuousClock.now, .zero).components
    return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }

  /// How long to wait for the rest of a key, in milliseconds; `nil` without a limit.
  ///
  /// Parts of a sequence may lie further apart than an ESC and the key after it.
  private var keyLimit: Int? {
    switch decoder.unfinished {
    case nil, .paste: nil
    case .escape: settings.escapeDelayMilliseconds
    case .sequence: settings.escapeDelayMilliseconds * 10
    }
  }

  /// Everything that was typed, so that a burst makes one frame; `nil` where the terminal is gone.
  private func readKeys() -> [Key]? {
    var keys: [Key] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    for round in 0..<16 {
      guard round == 0 || hasInput else { break }
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR || errno == EAGAIN { break }
      guard count > 0 else { return keys.isEmpty ? nil : keys }
      keys += decoder.keys(from: buffer[..<count])
    }
    return keys
  }

  private var hasInput: Bool {
    var terminal = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return systemPoll(&terminal, 1, 0) > 0
  }
}

/// `poll(2)`, which the method of the same name would hide.
private func systemPoll(_ descriptors: UnsafeMutablePointer<pollfd>, _ count: nfds_t, _ timeout: Int32)
  -> Int32
{
  poll(descriptors, count, timeout)
}
