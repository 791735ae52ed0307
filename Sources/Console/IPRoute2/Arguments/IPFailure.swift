/// Why `ip` did not do what it was asked.
enum IPFailure: Error, Hashable, Sendable {
  /// The lab has nothing to answer with; never said by the real tool.
  case notModelled(String)
  /// The tool would print its usage.
  case help
  case unknownOption(String)
  case unknownObject(String)
  case unknownCommand(String, of: IPObject)
  case incompleteCommand
  case wrongArgument(String, String)
  case duplicate(String, second: String)
  case duplicateOrGarbage(String, String)
  case expected(Expectation, IPFamily?, String)
  /// `Cannot find device`.
  case noSuchDevice(String)
  /// `Device ... does not exist`, as `ip addr` and `ip link` say it.
  case deviceDoesNotExist(String)
  /// A sentence of the tool's own, and what its function returns.
  case refused(String, status: Int32, endsBatch: Bool = false)
  case noSuchTable
  case kernel(KernelRefusal)

  enum Expectation: String, Hashable, Sendable {
    case address
    case prefix
  }
}

/// An answer of the kernel to a request that it did not carry out.
///
/// Source: recorded in the kernel vectors and from Linux 6.18 with iproute2 6.1.
enum KernelRefusal: Hashable, Sendable {
  /// Only an error number: `RTNETLINK answers: ...`.
  case errno(String)
  /// An extended acknowledgement: `Error: ...`.
  case message(String)
}
