import NetModel

/// `getent hosts`: addresses and names by `/etc/hosts`.
///
/// Source: glibc `nss/getent.c`, `hosts_keys`, `print_hosts`.
enum GetEnt {
  static func run(_ invocation: Invocation, in lab: RunningLab) -> CommandResult {
    guard invocation.arguments.first == "hosts" || invocation.arguments.first == "ahostsv4" else {
      let database = invocation.arguments.first ?? "without a database"
      return Refusal.notModelled(database).result(of: "getent")
    }
    let entries = lab.hostsFile(of: invocation.stack)
    let keys = invocation.arguments.dropFirst()
    guard !keys.isEmpty else {
      return CommandResult(standardOutput: entries.map { line($0.address, $0.name) }.joined())
    }
    var result = CommandResult()
    for key in keys {
      let address = IPv4Address(parsing: key)
      guard let found = entries.first(where: { $0.name == key || $0.address == address }) else {
        result.status = 2
        continue
      }
      result.standardOutput += line(found.address, found.name)
    }
    return result
  }

  private static func line(_ address: IPv4Address, _ name: String) -> String {
    let text = "\(address)"
    return text + String(repeating: " ", count: max(15 - text.count, 0)) + " \(name)\n"
  }
}
