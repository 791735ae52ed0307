import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Turns a signal into a byte that can be read, so that one `poll` waits for signals, too.
struct SignalPipe {
  /// Each byte is a signal's number.
  let descriptor: Int32

  private static let writer = Atomic<Int32>(-1)

  /// Catches signals from now on; `nil` where there are no descriptors left.
  init?(catching signals: [Int32]) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    descriptor = ends[0]
    Self.writer.store(ends[1], ordering: .releasing)
    // What a background job has ignored stays so.
    for number in signals where signal(number, Self.note).map(Self.isIgnoring) == true {
      signal(number, SIG_IGN)
    }
  }

  /// Takes one signal that has come.
  func take() -> Int32 {
    var byte: UInt8 = 0
    return read(descriptor, &byte, 1) == 1 ? Int32(byte) : 0
  }

  private static func isIgnoring(_ handler: @convention(c) (Int32) -> Void) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static let note: @convention(c) (Int32) -> Void = { number in
    let before = errno
    var byte = UInt8(truncatingIfNeeded: number)
    write(SignalPipe.writer.load(ordering: .acquiring), &byte, 1)
    errno = before
  }
}

/// Ends this process by a signal, as its parent expects.
package func die(of number: Int32) -> Never {
  signal(number, SIG_DFL)
  raise(number)
  _exit(128 + number)
}
