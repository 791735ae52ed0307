import NetModel

/// What `ip rule` prints of a rule.
///
/// Source: iproute2 `ip/iprule.c`, `print_rule`.
struct RuleEntry {
  let rule: RoutingRule
  let stack: NetworkStack

  func write(to entry: inout IPEntry) {
    entry.add("priority", .number(Int(rule.priority)), text: "\(rule.priority):\t")
    if rule.selector.isInverted { entry.add("not", .null, text: "not ") }
    writeAddresses(to: &entry)
    writeMark(to: &entry)
    writeInterface("iif", rule.selector.inputInterface, to: &entry)
    writeInterface("oif", rule.selector.outputInterface, to: &entry)
    writePorts(to: &entry)
    writeAction(to: &entry)
    let origin = rule.protocol
    if origin != .unspecified && origin != .kernel || entry.style.showsDetails {
      entry.add("protocol", .string(origin.description), text: " proto \(origin)")
    }
    entry.addText("\n")
  }

  private func writeAddresses(to entry: inout IPEntry) {
    entry.addText("from ")
    if let source = rule.selector.source {
      write(source, name: "src", to: &entry)
    } else {
      entry.add("src", "all", text: "all")
    }
    guard let destination = rule.selector.destination else { return }
    entry.addText(" to ")
    write(destination, name: "dst", to: &entry)
  }

  private func write(_ prefix: IPv4Prefix, name: String, to entry: inout IPEntry) {
    let address = prefix.address.description
    entry.add(name, .string(address), text: address, color: .ipv4)
    guard prefix.length != 32 else { return }
    entry.add("\(name)len", .number(prefix.length), text: "/\(prefix.length)")
  }

  private func writeMark(to entry: inout IPEntry) {
    let selector = rule.selector
    if selector.tos != 0 {
      let tos = IPNames.trafficClass(selector.tos)
      entry.add("tos", .string(tos), text: " tos \(tos)")
    }
    guard let mark = selector.mark else { return }
    let text = IPNames.hexadecimal(Int(mark))
    entry.add("fwmark", .string(text), text: " fwmark \(text)")
    guard selector.markMask != .max else { return }
    let mask = IPNames.hexadecimal(Int(selector.markMask))
    entry.add("fwmask", .string(mask), text: "/\(mask)")
  }

  private func writeInterface(_ key: String, _ name: String?, to entry: inout IPEntry) {
    guard let name else { return }
    entry.addText(" \(key) ")
    entry.add(key, .string(name), text: name, color: .interfaceName)
    guard stack.interface(named: name) == nil else { return }
    entry.add("\(key)_detached", .null, text: " [detached]")
  }

  private func writePorts(to entry: inout IPEntry) {
    if let number = rule.selector.ipProtocol {
      let name = IPNames.ipProtocol(number)
      entry.add("ipproto", .string(name), text: " ipproto \(name)")
    }
    write(rule.selector.sourcePorts, name: "sport", to: &entry)
    write(rule.selector.destinationPorts, name: "dport", to: &entry)
  }

  private func write(_ ports: ClosedRange<UInt16>?, name: String, to entry: inout IPEntry) {
    guard let ports else { return }
    let (low, high) = (Int(ports.lowerBound), Int(ports.upperBound))
    if low == high {
      entry.add(name, .number(low), text: " \(name) \(low)")
    } else {
      entry.add("\(name)_start", .number(low), text: " \(name) \(low)")
      entry.add("\(name)_end", .number(high), text: "-\(high)")
    }
  }

  private func writeAction(to entry: inout IPEntry) {
    switch rule.action {
    case .lookup(let table):
      entry.add("table", .string(table.description), text: " lookup \(table)")
      writeSuppression(to: &entry)
    case .goto(let target):
      entry.add("goto", .number(Int(target)), text: " goto \(target)")
      guard !stack.rules.contains(where: { $0.priority == target }) else { return }
      entry.add("unresolved", .null, text: " [unresolved]")
    case .nop: entry.add("nop", .null, text: " nop")
    case .blackhole: entry.add("action", "blackhole", text: " blackhole")
    case .unreachable: entry.add("action", "unreachable", text: " unreachable")
    case .prohibit: entry.add("action", "prohibit", text: " prohibit")
    }
  }

  private func writeSuppression(to entry: inout IPEntry) {
    if let length = rule.suppressPrefixLength {
      entry.add("suppress_prefixlen", .number(length), text: " suppress_prefixlength \(length)")
    }
    if let group = rule.suppressInterfaceGroup {
      entry.add("suppress_ifgroup", .string(group), text: " suppress_ifgroup \(group)")
    }
  }
}
