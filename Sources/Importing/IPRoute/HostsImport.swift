import NetModel

/// Machines read from a directory of dumps: `hosts/NAME/{addr,link,route,rule,neigh,sysctl}.{json,txt}`.
package struct HostsImport: Sendable {
  /// In ascending order of their names.
  package let stacks: [NetworkStack]
  /// In the order of the machines, and for each in that of its files.
  package let findings: [ImportFinding]

  /// Reads what lies in folders `hosts/NAME`; other files are left alone.
  ///
  /// Keys are paths, relative to any folder above `hosts`, values the files' contents.
  package init(files: [String: String]) {
    var machines: [String: [String: HostReader.File]] = [:]
    for (path, contents) in files {
      guard let (machine, name) = HostsImport.place(of: path) else { continue }
      machines[machine, default: [:]][name] = HostReader.File(path: path, contents: contents)
    }
    let read = machines.sorted { $0.key < $1.key }.map { machine, files in
      HostReader(.host(NodeID(machine)), files: files)
    }
    stacks = read.map(\.stack)
    findings = read.flatMap(\.findings)
  }

  private static let names: Set<String> = ["addr", "link", "route", "rule", "neigh", "sysctl"]

  /// The machine and the name of a file that an import reads; `nil` for others.
  private static func place(of path: String) -> (machine: String, name: String)? {
    let parts = path.split(separator: "/")
    guard parts.count >= 3, parts[parts.count - 3] == "hosts", let file = parts.last else { return nil }
    let stem = file.split(separator: ".")
    guard stem.count == 2, names.contains(String(stem[0])), stem[1] == "json" || stem[1] == "txt" else {
      return nil
    }
    return (String(parts[parts.count - 2]), String(file))
  }
}
