import NetModel

/// Routes with lengths about as in the Internet's own table, and addresses to look up; always the same.
struct RandomRoutes {
  let prefixes: [IPv4Prefix]
  let addresses: [IPv4Address]

  init(count: Int) {
    var state: UInt64 = 1
    func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
    var seen: Set<IPv4Prefix> = [.all]
    var prefixes: [IPv4Prefix] = [.all]
    while prefixes.count < count {
      let lengths = [
        8, 12, 16, 16, 18, 19, 20, 20, 21, 22, 22, 22, 23, 23, 24, 24, 24, 24, 24, 24, 24, 28, 32,
      ]
      let length = lengths[Int(next() % UInt64(lengths.count))]
      let address = UInt32(truncatingIfNeeded: 0x0100_0000 + next() % 0xde00_0000)
      let prefix = IPv4Prefix(IPv4Address(rawValue: address), length: length)
      if seen.insert(prefix).inserted { prefixes.append(prefix) }
    }
    self.prefixes = prefixes
    // Half of them lie in one of the longer prefixes, so that there is something to lose against.
    addresses = (0..<100_000).map { index in
      let random = UInt32(truncatingIfNeeded: 0x0100_0000 + next() % 0xde00_0000)
      guard index % 2 == 0 else { return IPv4Address(rawValue: random) }
      let prefix = prefixes[Int(next() % UInt64(prefixes.count))]
      return IPv4Address(rawValue: prefix.address.rawValue | random & ~IPv4Prefix.mask(length: prefix.length))
    }
  }

  /// A machine with two interfaces whose main table holds the routes.
  var stack: NetworkStack {
    var stack = NetworkStack(id: .host(NodeID("machine")))
    for (index, name) in ["eth0", "eth1"].enumerated() {
      let address = IPv4Address(10, 0, UInt8(index), 2)
      let mac = MACAddress(rawValue: UInt64(index + 1))
      stack.interfaces.append(
        Interface(
          name: name, index: index + 2, mac: mac, mtu: 1500,
          addresses: [.init(local: IPv4InterfaceAddress(address, length: 24), label: name)],
          attachment: .unknown))
    }
    stack.routes = RouteTables(routes)
    return stack
  }

  private var routes: [Route] {
    prefixes.enumerated().map { index, prefix in
      Route(
        destination: prefix,
        nextHops: [NextHop(gateway: IPv4Address(10, 0, UInt8(index % 2), 1), interface: "eth\(index % 2)")])
    }
  }

  /// `routes-N.txt` and `addresses-N.txt`, one a line.
  func write(to directory: String) throws {
    let lines = { (values: [String]) in values.joined(separator: "\n") + "\n" }
    try writeFile("\(directory)/routes-\(prefixes.count).txt", lines(prefixes.map(\.description)))
    try writeFile("\(directory)/addresses-\(prefixes.count).txt", lines(addresses.map(\.description)))
  }
}
