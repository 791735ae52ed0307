import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A program on a pseudo-terminal of its own: raw bytes, line settings and the way it ended.
///
/// The program leads a session of its own, so signals and Ctrl-C reach it as they do in a terminal.
package final class PseudoTerminal {
  package let processID: pid_t
  /// Everything that the program has written so far.
  package private(set) var output: [UInt8] = []
  /// The line settings before the program started.
  package let settingsBefore: termios

  private var master: Int32
  private let slave: Int32
  private var ending: Ending?

  /// Starts `program` with exactly this environment, on a terminal of this size.
  package init(
    _ program: String, arguments: [String] = [], environment: [String: String], columns: Int = 80,
    rows: Int = 24
  ) throws {
    var master: Int32 = -1
    var slave: Int32 = -1
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&master, &slave, nil, nil, &size) == 0 else { throw BuiltProgram.Missing(what: "a pty") }
    for descriptor in [master, slave] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    self.master = master
    self.slave = slave
    settingsBefore = Self.settings(of: slave)
    let path = ttyname(slave).map { String(cString: $0) } ?? ""
    // The first terminal that a session's leader opens becomes its controlling one.
    processID = try spawn(program, arguments, environment, input: path, output: path, error: path)
  }

  deinit {
    if ending == nil {
      kill(processID, SIGKILL)
      waitpid(processID, nil, 0)
    }
    if master >= 0 { close(master) }
    close(slave)
  }

  // MARK: Talking to the program

  /// Types bytes.
  package func type(_ bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    _ = write(master, bytes, bytes.count)
  }

  /// Types text; escape sequences stand in it as they are sent.
  package func type(_ text: String) {
    type(text.utf8)
  }

  package func signal(_ number: Int32) {
    kill(processID, number)
  }

  package func resize(columns: Int, rows: Int) {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Takes the terminal away, as a closed window or a lost line does.
  package func vanish() {
    close(master)
    master = -1
  }

  // MARK: What the program does

  /// The output as text; invalid UTF-8 is repaired.
  package var text: String {
    String(decoding: output, as: UTF8.self)
  }

  /// Waits until the output from byte `start` on contains `expected`.
  package func expect(_ expected: String, from start: Int = 0) throws {
    _ = try poll(for: "\"\(expected)\"", lastSeen: { self.text }) {
      readOutput()
      return output.dropFirst(start).contains(expected.utf8) ? true : nil
    }
  }

  /// Reads for as long as `duration` and returns how many bytes came.
  package func bytesDuring(_ duration: Duration) -> Int {
    let before = output.count
    let end = ContinuousClock.now + duration
    while ContinuousClock.now < end {
      readOutput()
      briefPause()
    }
    return output.count - before
  }

  /// Waits for the program's end.
  package func waitForEnd() throws -> Ending {
    if let ending { return ending }
    let found = try poll(for: "end of the program", lastSeen: { self.text }) { () -> Ending? in
      readOutput()
      return Ending(ofEnded: processID)
    }
    ending = found
    readOutput()
    return found
  }

  /// The line settings as they are now.
  package var settings: termios {
    Self.settings(of: slave)
  }

  private static func settings(of descriptor: Int32) -> termios {
    var settings = termios()
    tcgetattr(descriptor, &settings)
    return settings
  }

  private func readOutput() {
    guard master >= 0 else { return }
    var buffer = [UInt8](repeating: 0, count: 65536)
    while hasOutput {
      let count = read(master, &buffer, buffer.count)
      guard count > 0 else { return }
      output += buffer[..<count]
    }
  }

  private var hasOutput: Bool {
    var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    return systemPoll(&descriptor) > 0 && descriptor.revents & Int16(POLLIN) != 0
  }
}

private func systemPoll(_ descriptor: inout pollfd) -> Int32 {
  poll(&descriptor, 1, 0)
}

/// Lets others run; short against anything that a test waits for.
func briefPause() {
  usleep(2000)
}

extension termios {
  /// The four words of flags, which are what a program changes.
  package var flags: [UInt] {
    [UInt(c_iflag), UInt(c_oflag), UInt(c_cflag), UInt(c_lflag)]
  }
}
