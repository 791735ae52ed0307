import NetModel

/// What `ip neigh` prints of an entry.
///
/// Source: iproute2 `ip/ipneigh.c`, `print_neigh` and `print_neigh_brief`.
struct NeighborEntry {
  let neighbor: Neighbor
  /// The listing was asked for one interface and leaves it out.
  var hidesInterface = false

  func write(to entry: inout IPEntry) {
    guard !entry.style.isBrief else { return writeBrief(to: &entry) }
    let address = neighbor.address.description
    entry.add("dst", .string(address), text: "\(address) ", color: .ipv4)
    if !hidesInterface {
      entry.addText("dev ")
      entry.add("dev", .string(neighbor.interface), text: "\(neighbor.interface) ", color: .interfaceName)
    }
    if let mac = neighbor.mac {
      entry.addText("lladdr ")
      entry.add("lladdr", .string(mac.description), text: "\(mac) ", color: .mac)
    }
    if neighbor.isManaged { entry.add("managed", .null, text: "managed ") }
    if neighbor.isExternallyLearned { entry.add("extern_learn", .null, text: "extern_learn ") }
    let state = neighbor.state.rawValue
    entry.add("state", .array([.string(state)]), text: "\(state) ")
    entry.addText("\n")
  }

  private func writeBrief(to entry: inout IPEntry) {
    let address = neighbor.address.description
    entry.add("dst", .string(address), text: padded(address, to: 39) + " ", color: .ipv4)
    if !hidesInterface {
      let name = neighbor.interface
      entry.add("dev", .string(name), text: padded(name, to: 16) + " ", color: .interfaceName)
    }
    if let mac = neighbor.mac { entry.add("lladdr", .string(mac.description), text: "\(mac)", color: .mac) }
    entry.addText("\n")
  }
}
