import NetModel

/// Reads kernel settings: one flat JSON object, or what `sysctl -a` prints.
///
/// Settings that are no single number decide about no packet here and are left out.
enum SysctlReader {
  static func read(json: JSONNode) throws(ReadingError) -> Sysctls {
    guard case .object(let members) = json.value else { throw json.error(.object) }
    var sysctls = Sysctls()
    for member in members {
      if let value = member.node.text.flatMap({ Int($0) }) { sysctls[member.name] = value }
    }
    return sysctls
  }

  static func read(text: DumpText) throws(ReadingError) -> Sysctls {
    var sysctls = Sysctls()
    for line in text.lines {
      let parts = line.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if line.text.hasPrefix("sysctl: ") { continue }
      guard parts.count == 2, let key = parts[0].split(separator: " ").first else {
        throw ReadingError(line.number, .expected(.sysctlLine, found: String(line.text)))
      }
      let words = parts[1].split { $0 == " " || $0 == "\t" }
      if words.count == 1, let value = Int(words[0]) { sysctls[String(key)] = value }
    }
    return sysctls
  }
}
