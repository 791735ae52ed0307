#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Tells a loop that waits for descriptors that the lab was changed by somebody else.
package final class LabWatch: Sendable {
  /// Can be read when there is news.
  package let descriptor: Int32
  /// Who changes the lab without being told of it.
  package let observer: SharedLab.ObserverID
  private let lab: SharedLab
  private let writer: Int32

  /// - Throws: `SocketError` where there are no descriptors left.
  package init(_ lab: SharedLab) throws(SocketError) {
    let (reader, writer) = try Descriptors.makeSocketPair()
    // Whoever changes the lab never waits for the one who watches it.
    for end in [reader, writer] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    (descriptor, self.writer, self.lab) = (reader, writer, lab)
    observer = lab.observe {
      var byte: UInt8 = 0
      write(writer, &byte, 1)
    }
  }

  deinit {
    lab.forget(observer)
    close(descriptor)
    close(writer)
  }

  /// Takes the news: `descriptor` can be read again when there are further ones.
  package func clear() {
    var buffer = [UInt8](repeating: 0, count: 256)
    while read(descriptor, &buffer, buffer.count) > 0 {}
  }
}
