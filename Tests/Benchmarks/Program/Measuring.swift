#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The processor time that `work` takes, in nanoseconds: the shortest of some rounds, so that what else runs counts
/// little.
func shortestNanoseconds(rounds: Int = 5, _ work: () throws -> Void) rethrows -> Double {
  var shortest = Double.infinity
  for _ in 0..<rounds {
    let begin = processorNanoseconds()
    try work()
    shortest = min(shortest, processorNanoseconds() - begin)
  }
  return shortest
}

private func processorNanoseconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// The bytes of memory that the process holds; `nil` where the system does not say.
func residentBytes() -> Int? {
  guard let file = fopen("/proc/self/statm", "r") else { return nil }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 128)
  guard fgets(&line, Int32(line.count), file) != nil else { return nil }
  let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
  return pages.map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) }
}

/// Writes a file; ends the program where that cannot be done.
func writeFile(_ path: String, _ text: String) throws {
  guard let file = fopen(path, "w") else { throw CannotWrite(path: path) }
  defer { fclose(file) }
  fputs(text, file)
}

struct CannotWrite: Error {
  let path: String
}

/// A number with separators between its thousands.
func grouped(_ value: Double) -> String {
  let digits = String(Int(value.rounded()))
  var groups: [Substring] = []
  var rest = digits[...]
  while rest.count > 3 {
    groups.append(rest.suffix(3))
    rest = rest.dropLast(3)
  }
  groups.append(rest)
  return groups.reversed().joined(separator: ",")
}

/// A line of a Markdown table.
func row(_ cells: String...) -> String { "| " + cells.joined(separator: " | ") + " |" }
