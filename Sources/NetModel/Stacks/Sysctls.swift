/// The kernel settings of a stack that decide about packets, by their sysctl names; a missing key is 0.
package struct Sysctls: Hashable, Sendable {
  /// In ascending order of the key.
  package private(set) var entries: [Entry] = []
  /// What the entries say of interfaces, in ascending order of their names; `all` stands apart.
  private var interfaces: [NamedSysctls] = []
  private var all = InterfaceSysctls()
  /// `net.ipv4.ip_forward` is on.
  private var forwards = false

  private struct NamedSysctls: Hashable {
    let name: String
    var sysctls: InterfaceSysctls
  }

  package init() {}

  package struct Entry: Hashable, Sendable {
    package let key: String
    package let value: Int
  }

  package subscript(key: String) -> Int {
    get {
      let position = position(of: key)
      return isPresent(key, at: position) ? entries[position].value : 0
    }
    set {
      let position = position(of: key)
      let entry = Entry(key: key, value: newValue)
      if isPresent(key, at: position) {
        entries[position] = entry
      } else {
        entries.insert(entry, at: position)
      }
      note(key, newValue)
    }
  }

  /// True where the key was set at all.
  package func contains(_ key: String) -> Bool {
    isPresent(key, at: position(of: key))
  }

  private func isPresent(_ key: String, at position: Int) -> Bool {
    position < entries.endIndex && entries[position].key == key
  }

  /// Where the key stands, or would stand.
  private func position(of key: String) -> Int {
    var low = entries.startIndex
    var high = entries.endIndex
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether a packet that came in by `interface` may be forwarded: the interface's own key, else the
  /// machine's `net.ipv4.ip_forward`.
  package func forwards(from interface: String) -> Bool { self[interface: interface].forwards }

  /// The settings that take effect for an interface.
  package subscript(interface name: String) -> InterfaceSettings {
    sysctls(of: name).combined(with: all, forwarding: forwards)
  }

  private func sysctls(of name: String) -> InterfaceSysctls {
    let position = interfacePosition(of: name)
    guard position < interfaces.endIndex, interfaces[position].name == name else { return InterfaceSysctls() }
    return interfaces[position].sysctls
  }

  private func interfacePosition(of name: String) -> Int {
    interfaces.firstIndex { $0.name >= name } ?? interfaces.endIndex
  }

  /// Notes a value where lookups find it.
  private mutating func note(_ key: String, _ value: Int) {
    if key == "net.ipv4.ip_forward" { forwards = value != 0 }
    let bytes = key.utf8
    guard key.hasPrefix(Sysctls.interfacePrefix), let dot = bytes.lastIndex(of: UInt8(ascii: "."))
    else { return }
    let start = bytes.index(bytes.startIndex, offsetBy: Sysctls.interfacePrefix.utf8.count)
    guard start < dot else { return }
    let name = String(key[start..<dot])
    let setting = key[bytes.index(after: dot)...]
    if name == "all" { return all.set(setting, to: value) }
    let position = interfacePosition(of: name)
    if position == interfaces.endIndex || interfaces[position].name != name {
      interfaces.insert(NamedSysctls(name: name, sysctls: InterfaceSysctls()), at: position)
    }
    interfaces[position].sysctls.set(setting, to: value)
  }

  private static let interfacePrefix = "net.ipv4.conf."
}
