#if canImport(Darwin)
  import Darwin
  private typealias Attributes = posix_spawnattr_t?
#else
  #if canImport(Musl)
    import Musl
  #else
    import Glibc
  #endif
  private typealias Attributes = posix_spawnattr_t
#endif

/// A program on the terminal of this one, which waits for its end.
package enum Child {
  /// The signals that a waiting parent takes one by one.
  private static let awaited = [SIGCHLD, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTTOU]

  /// How a program has ended.
  package struct Ending: Hashable, Sendable {
    /// 128 and the number where a signal ended it, 127 where it could not be started.
    package var status: Int32
    /// The signal that asked this process to end meanwhile; the child was told.
    package var signal: Int32?
  }

  /// Runs a program to its end, by its path. Ctrl-C is the child's.
  package static func run(
    _ program: String, _ arguments: [String], environment: [String] = environmentEntries()
  ) -> Ending {
    var before = sigset_t()
    var signals = set(of: awaited)
    pthread_sigmask(SIG_BLOCK, &signals, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    guard let processID = spawn(program, arguments, environment) else { return Ending(status: 127) }
    var ending = Ending(status: 0)
    while true {
      var status: Int32 = 0
      if waitpid(processID, &status, WNOHANG) != 0 {
        // A shell that was ended did not give the terminal back.
        tcsetpgrp(STDIN_FILENO, getpgrp())
        ending.status = status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
        return ending
      }
      var number: Int32 = 0
      sigwait(&signals, &number)
      guard number == SIGTERM || number == SIGHUP else { continue }
      ending.signal = number
      // An interactive shell takes no notice of TERM.
      for signal in [SIGTERM, SIGHUP, SIGCONT] { kill(processID, signal) }
    }
  }

  private static func spawn(
    _ program: String, _ arguments: [String], _ environment: [String]
  ) -> pid_t? {
    #if canImport(Darwin)
      var attributes: Attributes
    #else
      var attributes = Attributes()
    #endif
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var defaults = set(of: awaited + [SIGPIPE])
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    var none = set(of: [])
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var processID: pid_t = 0
    let code = withCStrings(arguments) { argv in
      withCStrings(environment) { posix_spawn(&processID, program, nil, &attributes, argv, $0) }
    }
    return code == 0 ? processID : nil
  }

  private static func set(of signals: [Int32]) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for number in signals { sigaddset(&set, number) }
    return set
  }
}

/// Calls `body` with C's list of strings: a null pointer ends it.
package func withCStrings<Answer>(
  _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Answer
) -> Answer {
  var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
  pointers.append(nil)
  defer { for pointer in pointers { free(pointer) } }
  return pointers.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { preconditionFailure("the list ends with a null pointer") }
    return body(base)
  }
}
