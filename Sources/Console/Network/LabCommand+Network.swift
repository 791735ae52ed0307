extension LabCommand {
  /// Commands that show and change the network of one machine, or send packets from it.
  static let networkCommands: [LabCommand] = [
    LabCommand(name: "ip", summary: "show and change addresses, links, routes, rules and neighbors") {
      (invocation, lab) -> CommandResult in IPTool.run(invocation, in: &lab)
    },
    network("ping", "send echo requests") { (invocation, _) throws(Refusal) in
      PingJob(try PingOptions(invocation.arguments), on: invocation.stack)
    },
    network("arping", "ask for an address by ARP") { (invocation, _) throws(Refusal) in
      try ArpingJob(invocation)
    },
    LabCommand(name: "arp", summary: "show and change the neighbor table") {
      (invocation, lab) -> CommandResult in ARPTool.run(invocation, in: &lab)
    },
    LabCommand(name: "ifconfig", summary: "show interfaces, set them up or down") {
      (invocation, lab) -> CommandResult in IfconfigTool.run(invocation, in: &lab)
    },
    network("curl", "ask a server over HTTP") { (invocation, lab) throws(Refusal) in
      try CurlJob(invocation, in: lab)
    },
    network("wget", "fetch a page (-q -O FILE)") { (invocation, lab) throws(Refusal) in
      try WgetJob(invocation, in: lab)
    },
    network("tracepath", "find the routers and the MTU of a path") { (invocation, lab) throws(Refusal) in
      try TracepathJob(invocation, in: lab)
    },
    network("traceroute", "find the routers of a path") { (invocation, lab) throws(Refusal) in
      try TracerouteJob(invocation, in: lab)
    },
    network("nslookup", "ask a name server") { (invocation, _) throws(Refusal) in
      try NslookupJob(invocation)
    },
    network("dig", "ask a name server") { (invocation, _) throws(Refusal) in
      try DigJob(invocation)
    },
    network("host", "ask a name server") { (invocation, _) throws(Refusal) in
      try HostJob(invocation)
    },
    network("nc", "try a port (-z)") { (invocation, _) throws(Refusal) in
      try NetcatJob(invocation)
    },
    LabCommand(name: "route", summary: "show routes") { (invocation, lab) -> CommandResult in
      RouteTool.route(invocation, in: lab)
    },
    LabCommand(name: "netstat", summary: "show routes (-rn), or ports that programs wait on (-l)") {
      (invocation, lab) -> CommandResult in
      let isOfRoutes = invocation.arguments.contains { word in
        word == "--route" || (word.hasPrefix("-") && !word.hasPrefix("--") && word.contains("r"))
      }
      return isOfRoutes ? RouteTool.netstat(invocation, in: lab) : SocketTool.netstat(invocation, in: lab)
    },
    LabCommand(name: "ss", summary: "show ports that programs wait on (-l)") {
      (invocation, lab) -> CommandResult in SocketTool.socketStatistics(invocation, in: lab)
    },
    network("tcpdump", "show packets as interfaces see them") { (invocation, lab) throws(Refusal) in
      try Tcpdump.start(invocation, in: lab)
    },
  ]

  /// A command whose job is made from its arguments, or that is refused because of them.
  private static func network(
    _ name: String, _ summary: String,
    _ make: @escaping @Sendable (Invocation, RunningLab) throws(Refusal) -> any Job
  ) -> LabCommand {
    LabCommand(name: name, summary: summary) { (invocation, lab) -> any Job in
      do throws(Refusal) {
        return try make(invocation, lab)
      } catch {
        return FinishedJob(error.result(of: name))
      }
    }
  }
}
