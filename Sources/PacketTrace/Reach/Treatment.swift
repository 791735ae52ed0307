import ControlPlane
import NetModel

/// What the tables of one machine make of one address, in numbers that say nothing of names: equal values stand
/// for equal treatment of addresses whose owners are alike.
struct Treatment: NumberTuple {
  /// The kind of route that decides.
  var route: Int32
  /// Which of the owner's addresses the gateway is, or which other address.
  var gateway: Int32 = -1
  /// How the next hop is found, and who takes the frame.
  var hop: Int32 = -1
  /// Its entry of the ipcache.
  var identity: Int32 = -1
  /// Its entry of `cilium_lxc`.
  var endpoint: Int32 = -1
  /// Which sets of addresses it lies in.
  var membership: Int32 = 0

  var word: UInt64 {
    mixed(mixed(mixed(mixed(mixed(mixed(0, route), gateway), hop), identity), endpoint), membership)
  }
}

/// Finds out what machines make of addresses.
struct Treatments {
  private let places: ReachPlaces
  private let podClasses: [PodID: Int32]
  private var treatments = TupleNumbering<Treatment>()
  private var routes = Numbering<RouteClass>()
  private var hops = TupleNumbering<HopClass>()
  private var identities = TupleNumbering<IdentityClass>()
  private var names = TupleNumbering<IPv4Address>()
  /// By the numbers of addresses.
  private var namedAddresses: [Named] = []
  /// By address, what its entry of the ipcache came to on the last machine that had one.
  private var entries: [KnownEntry?]

  init(_ places: ReachPlaces, podClasses: [PodID: Int32]) {
    self.places = places
    self.podClasses = podClasses
    entries = [KnownEntry?](repeating: nil, count: places.addresses.count)
  }

  /// An address as what it is to the machines that own addresses.
  private struct Named {
    /// The machine that bears it; -1 for none, -2 for several.
    let bearer: Int
    /// Its place among the bearer's own addresses.
    let place: Int32
    /// What it is to every other machine.
    let literal: Int32
    let address: IPv4Address
  }

  private struct KnownEntry {
    let entry: IPCacheEntry
    let identity: Int32
    /// It names a tunnel endpoint that is not the owner's.
    let leadsElsewhere: Bool
  }

  private struct RouteClass: Hashable {
    let result: ResultKind
    let route: RouteKind?
    let interface: String
    /// Which of the machine's own addresses, or which other one.
    let source: Int32
  }

  private enum ResultKind: Hashable {
    case unicast, local, broadcast, multicast
    case failed(RouteError)
  }

  private struct RouteKind: Hashable {
    let type: RouteType
    let scope: RouteScope
    let mtu: Int?
    let flags: [NextHop.Flags]
  }

  private struct IdentityClass: NumberTuple {
    let identity: UInt32
    let tunnelEndpoint: Int32
    let skipsTunnel: Bool

    var word: UInt64 {
      mixed(mixed(skipsTunnel ? 1 : 0, Int32(bitPattern: identity)), tunnelEndpoint)
    }
  }

  private struct HopClass: NumberTuple {
    let kind: Kind
    /// -1 for the owner of the address, -2 for nobody.
    let receiver: Int32
    let receivingInterface: Int32
    /// Who answered: -1 for the owner of the address, -2 for nobody.
    let answerer: Int32
    let answeringInterface: Int32

    var word: UInt64 {
      mixed(
        mixed(mixed(mixed(UInt64(kind.rawValue), receiver), receivingInterface), answerer),
        answeringInterface)
    }

    enum Kind: UInt8 {
      case hostDevice, known, answered, announced, outside, unanswered, leaves
    }
  }

  /// A decision of a machine's tables with what follows from it whatever the address.
  private struct Judged {
    let number: Int32
    let gateway: Named?
    /// What the packet leaves by; `nil` where it does not leave.
    let exit: Exit?
    /// Who takes a frame for the gateway; `nil` where there is none, or no simple answer.
    let found: Found?
    /// The number of that for an address whose owner has no part in it.
    let hop: Int32
    /// Not even alike are two addresses of this route.
    let isOdd: Bool
  }

  /// An interface as far as frames are concerned.
  private struct Exit {
    let port: ReachPlaces.Port
    let name: String
    let mac: MACAddress
    let isRunning: Bool
    let kind: Kind

    enum Kind {
      case hostDevice
      case wire(Int32)
      case other
    }

    init(_ interface: Interface, of machine: Int, in places: ReachPlaces) {
      port = places.port(interface.name, of: machine)
      name = interface.name
      mac = interface.mac
      isRunning = interface.isRunning
      switch interface.attachment {
      case .veth(let peer) where peer.stack == .host(places.machines[machine]): kind = .hostDevice
      case .wire(let wire) where interface.usesARP: kind = places.number(of: wire).map { .wire($0) } ?? .other
      case .wire, .veth, .loopback, .dummy, .tunnel, .unknown: kind = .other
      }
    }
  }

  /// Who takes a frame, whatever the address that is asked for.
  private struct Found {
    var kind: HopClass.Kind
    var receiver: ReachPlaces.Port?
    var answerer: ReachPlaces.Port?

    /// The machine takes the frame, or answered.
    func involves(_ machine: Int) -> Bool {
      receiver?.machine == Int32(machine) || answerer?.machine == Int32(machine)
    }
  }

  /// The numbers of what `machine` makes of all addresses.
  mutating func row(of machine: Int) -> [Int32] {
    let stack = places.stacks[machine]
    let neighbors = NeighborIndex(stack.neighbors)
    let exits = stack.interfaces.map { Exit($0, of: machine, in: places) }
    let decisions = RouteDecisions(of: stack, aboutAscending: places.addresses)
    let judged = decisions.results.map { judge($0, by: machine, exits, neighbors) }
    let maps = Maps(places.datapaths[machine], places)
    let own = places.ownAddresses[machine]
    let addresses = places.addresses
    let owners = places.owners
    var row: [Int32] = []
    row.reserveCapacity(addresses.count)
    for place in addresses.indices {
      let owner = owners[place]
      let decision = decisions.places[place]
      var treatment = Treatment(route: judged[decision].number)
      var isOdd = judged[decision].isOdd
      if let exit = judged[decision].exit {
        if let gateway = judged[decision].gateway {
          treatment.gateway = role(of: gateway, for: owner)
          if let found = judged[decision].found {
            treatment.hop = found.involves(owner) ? number(of: found, for: owner) : judged[decision].hop
          } else {
            isOdd = true
          }
        } else if let found = find(addresses[place], by: exit, neighbors) {
          treatment.hop = number(of: found, for: owner)
        } else {
          isOdd = true
        }
      }
      if note(maps, at: place, of: owner, in: &treatment) { isOdd = true }
      if own.contains(place) { treatment.membership |= 4 }
      row.append(isOdd ? treatments.unlikeAnyOther() : treatments.number(of: treatment))
    }
    return row
  }

  /// An agent's maps by the places of addresses; without entries where no agent runs.
  private struct Maps {
    let ipcache: [IPCacheEntry]
    let local: [LocalEndpoint]
    let podCIDRs: [IPv4Prefix]
    let nativeRoutingCIDR: IPv4Prefix?
    let isTunneling: Bool
    /// The ipcache entry that wins; -1 where none does.
    let winners: [Int32]
    /// The place among the endpoints, from 0; -1 for none.
    let endpoints: [Int32]

    init(_ datapath: Datapath?, _ places: ReachPlaces) {
      ipcache = datapath?.ipcache ?? []
      local = datapath?.endpoints ?? []
      podCIDRs = datapath?.podCIDRs ?? []
      nativeRoutingCIDR = datapath?.settings.ipv4NativeRoutingCIDR
      isTunneling = datapath?.settings.tunnel != nil
      winners = longestPrefixes(of: places.addresses, in: ipcache)
      var endpoints = [Int32](repeating: -1, count: places.addresses.count)
      for (index, endpoint) in local.enumerated().reversed() {
        if let place = places.place(of: endpoint.address) { endpoints[place] = Int32(index) }
      }
      self.endpoints = endpoints
    }
  }

  /// Notes what an agent's maps say of an address; true where that is like nothing else.
  private mutating func note(
    _ maps: Maps, at place: Int, of owner: Int, in treatment: inout Treatment
  ) -> Bool {
    let address = places.addresses[place]
    var isOdd = false
    let winner = Int(maps.winners[place])
    if winner >= 0 {
      let known = known(maps.ipcache[winner], at: place, of: owner)
      treatment.identity = known.identity
      isOdd = known.leadsElsewhere && maps.isTunneling
    }
    let endpoint = Int(maps.endpoints[place])
    if endpoint >= 0 {
      switch maps.local[endpoint].kind {
      case .host: treatment.endpoint = -2
      case .pod(let endpoint):
        let known = places.pod(at: place) == endpoint.pod ? podClasses[endpoint.pod] : nil
        if let known { treatment.endpoint = known } else { isOdd = true }
      }
    }
    for prefix in maps.podCIDRs where prefix.contains(address) { treatment.membership |= 1 }
    if maps.nativeRoutingCIDR?.contains(address) == true { treatment.membership |= 2 }
    return isOdd
  }

  /// What an entry of the ipcache comes to for the address of that place.
  private mutating func known(_ entry: IPCacheEntry, at place: Int, of owner: Int) -> KnownEntry {
    if let known = entries[place], known.entry == entry { return known }
    var tunnel: Int32 = -1
    if let endpoint = entry.tunnelEndpoint { tunnel = role(of: named(endpoint), for: owner) }
    let known = KnownEntry(
      entry: entry,
      identity: identities.number(
        of: IdentityClass(
          identity: entry.identity.number, tunnelEndpoint: tunnel, skipsTunnel: entry.skipsTunnel)),
      leadsElsewhere: tunnel < -1 && !entry.skipsTunnel)
    entries[place] = known
    return known
  }

  private mutating func named(_ address: IPv4Address) -> Named {
    let number = names.number(of: address)
    if number < namedAddresses.count { return namedAddresses[Int(number)] }
    let bearers = places.bearers[address] ?? []
    let bearer = bearers.count == 1 ? bearers[0] : bearers.isEmpty ? -1 : -2
    let place = bearer >= 0 ? places.ownPlace(of: address, on: bearer) : nil
    namedAddresses.append(Named(bearer: bearer, place: place ?? -1, literal: -2 - number, address: address))
    return namedAddresses[Int(number)]
  }

  /// Which of the machine's own addresses it is, from 0; other addresses have numbers below -1.
  private func role(of named: Named, for machine: Int) -> Int32 {
    guard machine >= 0 else { return named.literal }
    if named.bearer == machine { return named.place }
    guard named.bearer == -2 else { return named.literal }
    return places.ownPlace(of: named.address, on: machine) ?? named.literal
  }

  /// - Parameter exits: the machine's interfaces.
  private mutating func judge(
    _ result: RouteLookup.Result, by machine: Int, _ exits: [Exit], _ neighbors: NeighborIndex
  ) -> Judged {
    let (kind, selection): (ResultKind, RouteLookup.Selection?) =
      switch result {
      case .unicast(let selection): (.unicast, selection)
      case .local(let selection): (.local, selection)
      case .broadcast(let selection): (.broadcast, selection)
      case .multicast(let selection): (.multicast, selection)
      case .failed(let error): (.failed(error), nil)
      }
    let route = selection?.route
    var source: Int32 = -1
    if let address = selection?.preferredSource { source = role(of: named(address), for: machine) }
    let number = routes.number(
      of: RouteClass(
        result: kind,
        route: route.map { route in
          RouteKind(type: route.type, scope: route.scope, mtu: route.mtu, flags: route.nextHops.map(\.flags))
        },
        interface: selection?.interface ?? "", source: source))
    let leaves = kind == .unicast
    let name = selection?.interface
    let exit = leaves ? exits.first { $0.name == name } : nil
    var gateway: Named?
    var found: Found?
    var hop: Int32 = -1
    if let address = selection?.gateway {
      gateway = named(address)
      if let exit { found = find(address, by: exit, neighbors) }
      if let found { hop = self.number(of: found, for: -1) }
    }
    return Judged(
      number: number, gateway: gateway, exit: exit, found: found, hop: hop,
      isOdd: (route?.nextHops.count ?? 1) > 1 || (leaves && exit == nil))
  }

  /// Who takes a frame that is addressed to `hop`; `nil` where there is no simple answer.
  private func find(_ hop: IPv4Address, by exit: Exit, _ neighbors: NeighborIndex) -> Found? {
    switch exit.kind {
    case .hostDevice: return Found(kind: .hostDevice)
    case .other: return nil
    case .wire(let wire):
      guard neighbors.isSorted else { return nil }
      if let known = neighbors.entry(hop, on: exit.name), known.isUsable, let mac = known.mac {
        return delivered(Found(kind: .known), to: mac, on: wire, from: exit.port)
      }
      return ask(hop, by: exit, on: wire)
    }
  }

  private func ask(_ hop: IPv4Address, by exit: Exit, on number: Int32) -> Found? {
    guard exit.isRunning else { return Found(kind: .unanswered) }
    let wire = places.wires[Int(number)].id
    var answers: [(found: Found, mac: MACAddress)] = []
    for bearer in places.bearers[hop] ?? [] where bearer != Int(exit.port.machine) {
      for other in places.stacks[bearer].interfaces where other.attachment == .wire(wire) && other.isRunning {
        answers.append((Found(kind: .answered, answerer: places.port(other.name, of: bearer)), other.mac))
      }
    }
    for announcer in places.announcers[hop] ?? [] where announcer.machine != Int(exit.port.machine) {
      guard let other = places.stacks[announcer.machine].interface(named: announcer.interface),
        other.attachment == .wire(wire), other.isRunning
      else { continue }
      answers.append((Found(kind: .announced), other.mac))
    }
    for gateway in places.wires[Int(number)].exit?.gateways ?? [] where gateway.address == hop {
      answers.append((Found(kind: .outside), gateway.mac))
    }
    guard answers.count <= 1 else { return nil }
    guard let answer = answers.first else { return Found(kind: .unanswered) }
    return delivered(answer.found, to: answer.mac, on: number, from: exit.port)
  }

  private func delivered(
    _ found: Found, to mac: MACAddress, on wire: Int32, from sender: ReachPlaces.Port
  ) -> Found? {
    var found = found
    let stations = places.stations[.init(wire: wire, mac: mac)] ?? []
    for station in stations where station != sender {
      guard found.receiver == nil else { return nil }
      found.receiver = station
    }
    if found.receiver == nil,
      places.wires[Int(wire)].exit?.gateways.contains(where: { $0.mac == mac }) == true
    {
      found.kind = .leaves
    }
    return found
  }

  private mutating func number(of found: Found, for owner: Int) -> Int32 {
    func role(_ port: ReachPlaces.Port?) -> Int32 {
      guard let port else { return -2 }
      return Int(port.machine) == owner ? -1 : port.machine
    }
    return hops.number(
      of: HopClass(
        kind: found.kind, receiver: role(found.receiver),
        receivingInterface: found.receiver?.interface ?? -1, answerer: role(found.answerer),
        answeringInterface: found.answerer?.interface ?? -1))
  }
}

/// For each address the place of the longest prefix that contains it; -1 where none does.
///
/// Both stand in ascending order, so one pass is enough.
private func longestPrefixes(of addresses: [IPv4Address], in entries: [IPCacheEntry]) -> [Int32] {
  var winners: [Int32] = []
  winners.reserveCapacity(addresses.count)
  var open: [Int32] = []
  var next = 0
  for address in addresses {
    while next < entries.count, entries[next].prefix.address <= address {
      while let last = open.last, !entries[Int(last)].prefix.contains(entries[next].prefix.address) {
        open.removeLast()
      }
      open.append(Int32(next))
      next += 1
    }
    while let last = open.last, !entries[Int(last)].prefix.contains(address) { open.removeLast() }
    winners.append(open.last ?? -1)
  }
  return winners
}

/// A neighbor table that is searched by halving.
private struct NeighborIndex {
  private let table: [Neighbor]
  let isSorted: Bool

  init(_ table: [Neighbor]) {
    self.table = table
    isSorted = zip(table, table.dropFirst()).allSatisfy { $0.address <= $1.address }
  }

  func entry(_ address: IPv4Address, on interface: String) -> Neighbor? {
    var low = 0
    var high = table.count
    while low < high {
      let middle = (low + high) / 2
      if table[middle].address < address { low = middle + 1 } else { high = middle }
    }
    while low < table.count, table[low].address == address {
      if table[low].interface == interface { return table[low] }
      low += 1
    }
    return nil
  }
}

extension IPv4Address: NumberTuple {
  var word: UInt64 { mixed(0, Int32(bitPattern: rawValue)) }
}
