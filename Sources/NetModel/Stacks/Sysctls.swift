/// The kernel settings of a stack that decide about packets, by their sysctl names; a missing key is 0.
package struct Sysctls: Hashable, Sendable {
  /// In ascending order of the key.
  package private(set) var entries: [Entry] = []

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
  package func forwards(from interface: String) -> Bool {
    let key = "net.ipv4.conf.\(interface).forwarding"
    return contains(key) ? self[key] != 0 : self["net.ipv4.ip_forward"] != 0
  }

  /// Whether an IPv4 setting of interfaces is on for this one: its own value or that of `all`.
  ///
  /// Source: Linux `include/linux/inetdevice.h`, `IN_DEV_ORCONF`.
  package func isSet(_ setting: String, on interface: String) -> Bool {
    greatest(setting, on: interface) != 0
  }

  /// The larger of an IPv4 setting's value for `all` and for this interface.
  ///
  /// Source: Linux `include/linux/inetdevice.h`, `IN_DEV_MAXCONF`.
  package func greatest(_ setting: String, on interface: String) -> Int {
    max(self["net.ipv4.conf.all.\(setting)"], self["net.ipv4.conf.\(interface).\(setting)"])
  }

  /// Whether ICMP redirects are sent by `interface`; the kernel does so unless it was told not to.
  package func sendsRedirects(on interface: String) -> Bool {
    ["all", interface].contains { name in
      let key = "net.ipv4.conf.\(name).send_redirects"
      return !contains(key) || self[key] != 0
    }
  }
}
