import ControlPlane
import NetModel

/// The machines, addresses and wires of a snapshot by number, and who answers for what.
struct ReachPlaces {
  let machines: [NodeID]
  /// By machine, as all lists below.
  let stacks: [NetworkStack]
  let datapaths: [Datapath?]
  private let numbers: [NodeID: Int]
  /// Every address of a machine's interface or of a pod, and those of Services; ascending.
  let addresses: [IPv4Address]
  private let places: [IPv4Address: Int]
  /// The places of a machine's own addresses, in the order of its interfaces.
  let ownAddresses: [[Int]]
  /// The machine that bears an address, or whose pod does; -1 where none or several do.
  let owners: [Int]
  /// The pods by their addresses.
  let pods: [IPv4Address: Snapshot.PodPlacement]
  /// The machines that bear an address.
  let bearers: [IPv4Address: [Int]]
  /// The machines that announce an address, and by which interfaces.
  let announcers: [IPv4Address: [(machine: Int, interface: String)]]
  let wires: [Wire]
  private let wireNumbers: [WireID: Int32]
  private let interfaceNumbers: [String: Int32]
  private let podsByPlace: [PodID?]
  /// The running interfaces that take frames to a link-layer address.
  let stations: [Station: [Port]]

  /// An interface of a machine, by the number of its name.
  struct Port: Hashable {
    let machine: Int32
    let interface: Int32
  }

  struct Station: Hashable {
    let wire: Int32
    let mac: MACAddress
  }

  init(_ snapshot: Snapshot, services: [IPv4Address]) {
    let hosts = snapshot.stacks.compactMap { stack -> (NodeID, NetworkStack)? in
      if case .host(let node) = stack.id { (node, stack) } else { nil }
    }
    machines = hosts.map(\.0)
    stacks = hosts.map(\.1)
    numbers = Dictionary(uniqueKeysWithValues: zip(machines, machines.indices))
    let agents = Dictionary(snapshot.agents.map { ($0.node, $0.datapath) }) { first, _ in first }
    datapaths = machines.map { agents[$0] }
    pods = Dictionary(snapshot.pods.map { ($0.address, $0) }) { first, _ in first }
    wires = snapshot.wires
    var wireNumbers: [WireID: Int32] = [:]
    for (number, wire) in wires.enumerated() where wireNumbers[wire.id] == nil {
      wireNumbers[wire.id] = Int32(number)
    }
    self.wireNumbers = wireNumbers
    var names = Numbering<String>()
    var interfaceNumbers: [String: Int32] = [:]

    var bearers: [IPv4Address: [Int]] = [:]
    var stations: [Station: [Port]] = [:]
    for (machine, stack) in stacks.enumerated() {
      for interface in stack.interfaces {
        interfaceNumbers[interface.name] = names.number(of: interface.name)
        for address in interface.ordinaryAddresses where bearers[address]?.last != machine {
          bearers[address, default: []].append(machine)
        }
        guard case .wire(let id) = interface.attachment, interface.isRunning, let wire = wireNumbers[id]
        else { continue }
        let port = Port(machine: Int32(machine), interface: names.number(of: interface.name))
        stations[Station(wire: wire, mac: interface.mac), default: []].append(port)
      }
    }
    self.bearers = bearers
    self.stations = stations
    self.interfaceNumbers = interfaceNumbers
    announcers = ReachPlaces.announcers(datapaths)

    let all = Set(bearers.keys).union(pods.keys).union(services)
    addresses = all.sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(addresses, addresses.indices))
    self.places = places
    ownAddresses = stacks.map { stack in
      stack.interfaces.flatMap(\.ordinaryAddresses).compactMap { places[$0] }
    }
    podsByPlace = addresses.map { [pods] in pods[$0]?.pod }
    let numbers = numbers
    let pods = pods
    owners = addresses.map { address in
      if let pod = pods[address] { return numbers[pod.node] ?? -1 }
      let found = bearers[address] ?? []
      return found.count == 1 ? found[0] : -1
    }
  }

  private static func announcers(
    _ datapaths: [Datapath?]
  ) -> [IPv4Address: [(machine: Int, interface: String)]] {
    var found: [IPv4Address: [(machine: Int, interface: String)]] = [:]
    for (machine, datapath) in datapaths.enumerated() {
      for row in (datapath?.l2Announcements ?? []) + (datapath?.speakerAnnouncements ?? []) {
        guard case .v4(let address) = row.address else { continue }
        found[address, default: []].append((machine, row.interface))
      }
    }
    return found
  }

  func number(of machine: NodeID) -> Int? { numbers[machine] }

  func number(of wire: WireID) -> Int32? { wireNumbers[wire] }

  /// The interface of a machine as a port.
  func port(_ interface: String, of machine: Int) -> Port {
    Port(machine: Int32(machine), interface: interfaceNumbers[interface] ?? -1)
  }

  /// The place of an address.
  func place(of address: IPv4Address) -> Int? { places[address] }

  /// The pod that bears the address of that place.
  func pod(at place: Int) -> PodID? { podsByPlace[place] }

  /// The place of an address among the machine's own; `nil` for another's.
  func ownPlace(of address: IPv4Address, on machine: Int) -> Int32? {
    ownAddresses[machine].firstIndex { addresses[$0] == address }.map { Int32($0) }
  }

  /// A machine or a pod bears the address.
  func isBorne(_ address: IPv4Address) -> Bool { bearers[address] != nil || pods[address] != nil }
}

extension Interface {
  /// Its addresses but those of this host alone.
  fileprivate var ordinaryAddresses: [IPv4Address] {
    addresses.map(\.local.address).filter {
      !$0.isLoopback && !$0.isMulticast && $0 != .any && $0 != .broadcast
    }
  }
}
