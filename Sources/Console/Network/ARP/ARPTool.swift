import ControlPlane
import NetModel

/// `arp`: the kernel's neighbor table.
///
/// Source: net-tools 2.10 `arp.c`; its outputs were recorded in the lab and with the kernel vectors.
struct ARPTool {
  private let stack: NetworkStack
  private let names: [IPv4Address: String]
  private let options: CommandOptions

  private static let table = CommandOptions.Table(
    flags: "anevds", valued: "iH",
    long: [
      .flag("all", as: "a"), .flag("numeric", as: "n"), .flag("verbose", as: "v"), .flag("delete", as: "d"),
      .flag("set", as: "s"), .value("device", as: "i"),
    ])

  static func run(_ invocation: Invocation, in lab: inout RunningLab) -> CommandResult {
    do throws(Refusal) {
      let tool = try ARPTool(invocation, in: lab)
      if tool.options.has("d") { return try tool.delete(in: &lab) }
      if tool.options.has("s") { return try tool.set(in: &lab) }
      return try tool.list(in: &lab)
    } catch {
      return error.result(of: "arp")
    }
  }

  private init(_ invocation: Invocation, in lab: RunningLab) throws(Refusal) {
    guard let stack = lab.snapshot.stack(invocation.stack) else {
      throw .notModelled(invocation.stack.description)
    }
    self.stack = stack
    do throws(CommandOptions.Failure) {
      options = try CommandOptions(invocation.arguments, ARPTool.table)
    } catch {
      throw error.refusal(of: "arp", status: 4)
    }
    names = options.has("n") ? [:] : lab.neighborNames(on: stack)
  }

  private func list(in lab: inout RunningLab) throws(Refusal) -> CommandResult {
    var wanted: IPv4Address?
    if let name = options.operands.first { wanted = try address(name, in: &lab) }
    let entries = stack.neighbors.filter { neighbor in
      neighbor.state != .noARP && (wanted == nil || neighbor.address == wanted)
        && (options.value("i") ?? neighbor.interface) == neighbor.interface
    }
    let isBSD = options.has("a")
    if let wanted, entries.isEmpty {
      return CommandResult(
        standardOutput: "\(options.operands[0]) (\(wanted)) -- no entry\n", status: isBSD ? 0 : 1)
    }
    let count =
      options.has("v") ? "Entries: \(entries.count)\tSkipped: 0\tFound: \(entries.count)\n" : ""
    let rows = entries.isEmpty ? [] : [ARPTool.header] + entries.map(row)
    let lines = isBSD ? entries.map(line) : rows
    return CommandResult(standardOutput: lines.map { $0 + "\n" }.joined() + count)
  }

  /// `-a`: the style of BSD.
  private func line(_ neighbor: Neighbor) -> String {
    let name = names[neighbor.address] ?? "?"
    guard neighbor.isUsable, let mac = neighbor.mac else {
      return "\(name) (\(neighbor.address)) at <incomplete> on \(neighbor.interface)"
    }
    let permanent = neighbor.state == .permanent ? "PERM " : ""
    return "\(name) (\(neighbor.address)) at \(mac) [ether] \(permanent)on \(neighbor.interface)"
  }

  private static let header =
    "Address                  HWtype  HWaddress           Flags Mask            Iface"

  private func row(_ neighbor: Neighbor) -> String {
    let name = padded(names[neighbor.address] ?? neighbor.address.description, to: 23) + "  "
    let isKnown = neighbor.isUsable && neighbor.mac != nil
    let hardware = padded(isKnown ? "ether" : "", to: 8)
    let mac = padded(isKnown ? neighbor.mac?.description ?? "" : "(incomplete)", to: 20)
    let flags = isKnown ? (neighbor.state == .permanent ? "CM" : "C") : ""
    return name + hardware + mac + padded(flags, to: 6) + padded("", to: 15) + " " + neighbor.interface
  }

  private func delete(in lab: inout RunningLab) throws(Refusal) -> CommandResult {
    guard let name = options.operands.first else {
      throw .complaint("arp: need host name\n", status: 255)
    }
    let address = try address(name, in: &lab)
    let known = stack.neighbors.first { neighbor in
      neighbor.address == address && (options.value("i") ?? neighbor.interface) == neighbor.interface
    }
    guard let known else { throw .complaint("No ARP entry for \(name)\n", status: 255) }
    return try apply(.deleteNeighbor(address, interface: known.interface, on: stack.id), in: &lab)
  }

  private func set(in lab: inout RunningLab) throws(Refusal) -> CommandResult {
    guard options.operands.count >= 2 else { throw .complaint("arp: need hardware address\n", status: 255) }
    let address = try address(options.operands[0], in: &lab)
    guard let mac = MACAddress(parsing: options.operands[1]) else {
      throw .complaint("arp: invalid hardware address\n", status: 255)
    }
    guard options.operands.count == 2 else { throw .notModelled(options.operands[2]) }
    let route = stack.lookup(RouteQuery(destination: address)).selection
    guard let interface = options.value("i") ?? route?.interface else {
      throw .complaint("SIOCSARP: Network is unreachable\n", status: 255)
    }
    let neighbor = Neighbor(address: address, interface: interface, mac: mac, state: .permanent)
    return try apply(.setNeighbor(neighbor, on: stack.id), in: &lab)
  }

  private func apply(_ edit: Edit, in lab: inout RunningLab) throws(Refusal) -> CommandResult {
    guard lab.network != nil else { throw .notModelled("changes to a recording") }
    do throws(EditError) {
      try lab.apply(edit)
      return CommandResult()
    } catch {
      throw .complaint("SIOCSARP: Invalid argument\n", status: 255)
    }
  }

  private func address(_ name: String, in lab: inout RunningLab) throws(Refusal) -> IPv4Address {
    switch lab.resolve(name, on: stack.id).answer {
    case .found(let address): return address
    case .notModelled: throw .notModelled(name)
    case .unknown, .noServer: throw .complaint("\(name): Unknown host\n", status: 255)
    }
  }
}

extension RunningLab {
  /// What a machine calls its neighbors: the names of `/etc/hosts`, and `_gateway` for the default gateway.
  ///
  /// Source: systemd-resolved's synthetic records; recorded in the lab on k8s-ctr.
  fileprivate func neighborNames(on stack: NetworkStack) -> [IPv4Address: String] {
    var names = namesInHostsFile(of: stack.id)
    guard case .host = stack.id else { return names }
    let defaults = stack.routes.routes.filter { $0.destination == .all && $0.table == .main }
    if let gateway = defaults.min(by: { $0.metric < $1.metric })?.nextHops.first?.gateway {
      names[gateway] = names[gateway] ?? "_gateway"
    }
    return names
  }
}
