#if canImport(Darwin)
  @preconcurrency import Darwin
#elseif canImport(Musl)
  @preconcurrency import Musl
#else
  @preconcurrency import Glibc
#endif

/// The variables of this process, each as `NAME=VALUE`; what is no UTF-8 is repaired.
package func environmentEntries() -> [String] {
  var entries: [String] = []
  var next = environ
  while let entry = next.pointee {
    entries.append(String(cString: entry))
    next = next.advanced(by: 1)
  }
  return entries
}
