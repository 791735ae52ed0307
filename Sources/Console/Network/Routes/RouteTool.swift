import NetModel

/// `route -n` and `netstat -rn`: the main table in the old form.
///
/// Source: net-tools 2.10 `lib/inet_gr.c`, `rprint_fib`.
enum RouteTool {
  static func route(_ invocation: Invocation, in lab: RunningLab) -> CommandResult {
    guard invocation.arguments.isEmpty || invocation.arguments == ["-n"] else {
      return Refusal.notModelled(invocation.arguments[0]).result(of: "route")
    }
    return table(
      of: invocation.stack, in: lab,
      header: "Destination     Gateway         Genmask         Flags Metric Ref    Use Iface"
    ) { route in
      padded(route.flags, to: 5) + " " + padded("\(route.metric)", to: 6) + " 0        0 "
    }
  }

  static func netstat(_ invocation: Invocation, in lab: RunningLab) -> CommandResult {
    let letters = Set(invocation.arguments.flatMap { $0.drop { $0 == "-" } })
    guard letters == ["r", "n"] else {
      return Refusal.notModelled(invocation.arguments.joined(separator: " ")).result(of: "netstat")
    }
    return table(
      of: invocation.stack, in: lab,
      header: "Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface"
    ) { route in
      padded(route.flags, to: 9) + " 0 0          0 "
    }
  }

  private static func table(
    of stack: StackID, in lab: RunningLab, header: String, _ middle: (Route) -> String
  ) -> CommandResult {
    let routes = (lab.snapshot.stack(stack)?.routes.routes ?? []).filter { route in
      route.table == .main && route.type == .unicast
    }
    let rows = routes.flatMap { route in
      route.nextHops.map { hop in
        let gateway = hop.gateway ?? .any
        let mask = IPv4Address(
          rawValue: route.destination.length == 0 ? 0 : ~UInt32(0) << UInt32(32 - route.destination.length))
        return padded("\(route.destination.address)", to: 15) + " " + padded("\(gateway)", to: 15) + " "
          + padded("\(mask)", to: 15) + " " + middle(route) + (hop.interface ?? "*")
      }
    }
    return CommandResult(
      standardOutput: (["Kernel IP routing table", header] + rows).map { $0 + "\n" }.joined())
  }
}

extension Route {
  /// Linux `include/uapi/linux/route.h`, RTF_*.
  fileprivate var flags: String {
    let hasGateway = nextHops.contains { $0.gateway != nil }
    return "U" + (hasGateway ? "G" : "") + (destination.length == 32 ? "H" : "")
  }
}
