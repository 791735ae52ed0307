import NetModel

/// The numbers that an agent gave to frontends and backends.
///
/// Agents that started alike and saw the same share one value. Numbers rise from 1 and are not used again.
/// Source: Cilium `pkg/loadbalancer/reconciler/id_alloc.go`.
struct ServiceNumbers: Hashable, Sendable {
  let shape: Shape
  /// The one node that it is about, where numbers of that node were recorded.
  let node: NodeID?
  private(set) var frontends: [Place: Int] = [:]
  private(set) var backends = BackendNumbers()
  private var nextFrontend = 1

  init(shape: Shape, node: NodeID? = nil) {
    self.shape = shape
    self.node = node
  }

  /// What of a node decides which frontends it has.
  struct Shape: Hashable, Sendable {
    /// How many addresses of devices serve node ports.
    var deviceAddresses: Int
    var replacesKubeProxy: Bool
  }

  /// Where a frontend is, in terms that hold for every node.
  struct Place: Hashable, Sendable {
    var address: Address
    var port: UInt16
    var transport: Transport

    enum Address: Hashable, Sendable {
      case fixed(IPv4Address)
      /// 0.0.0.0, then the addresses of the node's devices, from 1.
      case nodePort(Int)
    }
  }

  /// Numbers what is new among a Service's frontends and backends.
  mutating func number(_ service: BackedService, recorded: (BackedPort) -> Int?) {
    for port in service.ports {
      for (place, type) in port.places(shape) {
        number(port.backends, port.policy(type), port.port.transport)
        guard frontends[place] == nil else { continue }
        let wanted = type == .clusterIP ? recorded(port) : nil
        let free = wanted.flatMap { number in frontends.values.contains(number) ? nil : number }
        let number = free ?? nextFrontend
        nextFrontend = max(nextFrontend, number + 1)
        frontends[place] = number
      }
    }
  }

  private mutating func number(
    _ members: [ServiceBackend], _ policy: Service.TrafficPolicy, _ transport: Transport
  ) {
    for backend in members {
      let key = Frontend(address: backend.address, port: backend.port, transport: transport)
      switch policy {
      case .cluster: backends.number(key)
      case .local: if let node = backend.node { backends.number(key, on: node) }
      }
    }
  }

  mutating func forget(_ frontend: Place) {
    guard case .nodePort = frontend.address else {
      frontends[frontend] = nil
      return
    }
    for ordinal in 0...shape.deviceAddresses {
      frontends[Place(address: .nodePort(ordinal), port: frontend.port, transport: frontend.transport)] = nil
    }
  }

  mutating func forget(_ backend: Frontend) { backends.forget(backend) }

  /// The same numbers on a node of another shape, without those of the places that are not among its `places`.
  func reshaped(_ shape: Shape, node: NodeID?, keeping isThere: (Place) -> Bool) -> ServiceNumbers {
    var other = ServiceNumbers(shape: shape, node: node)
    other.frontends = frontends.filter { isThere($0.key) }
    other.backends = backends
    other.nextFrontend = nextFrontend
    return other
  }
}

/// The numbers of backends on many nodes: most backends are on all of them, some on their own node alone.
struct BackendNumbers: Hashable, Sendable {
  /// What every node has, by how many of these and of all there were before.
  private var shared: [Frontend: Shared] = [:]
  private var local: [Frontend: Local] = [:]
  /// Where the numbers of a node run ahead of the others', or behind them; in the order of events.
  private var shifts: [NodeID: [Shift]] = [:]
  private var sharedCount = 0
  private var count = 0

  private struct Shared: Hashable {
    var number: Int
    var event: Int
  }

  private struct Local: Hashable {
    var node: NodeID
    var number: Int
  }

  private struct Shift: Hashable {
    var event: Int
    /// How far numbers are shifted from there on.
    var sum: Int
  }

  /// The number of a backend on a node; `nil` where it has none there.
  func number(of backend: Frontend, on node: NodeID) -> Int? {
    if let own = local[backend], own.node == node { return own.number }
    return shared[backend].map { $0.number + shift(of: node, before: $0.event) }
  }

  /// Numbers a backend on all nodes that have not numbered it yet.
  mutating func number(_ backend: Frontend) {
    guard shared[backend] == nil else { return }
    sharedCount += 1
    count += 1
    shared[backend] = Shared(number: sharedCount, event: count)
    if let own = local[backend] { shift(own.node, by: -1) }
  }

  /// Numbers a backend on its own node, if that has not been done yet.
  mutating func number(_ backend: Frontend, on node: NodeID) {
    guard shared[backend] == nil, local[backend] == nil else { return }
    count += 1
    local[backend] = Local(node: node, number: sharedCount + shift(of: node, before: count) + 1)
    shift(node, by: 1)
  }

  mutating func forget(_ backend: Frontend) {
    shared[backend] = nil
    local[backend] = nil
  }

  private mutating func shift(_ node: NodeID, by change: Int) {
    let sum = shifts[node]?.last?.sum ?? 0
    shifts[node, default: []].append(Shift(event: count, sum: sum + change))
  }

  private func shift(of node: NodeID, before event: Int) -> Int {
    shifts[node]?.last { $0.event < event }?.sum ?? 0
  }
}

/// A Service's ports and all that is behind them, whatever a node's traffic policy leaves.
struct BackedService: Hashable, Identifiable, Sendable {
  /// How many objects were made before the Service.
  var id: Int
  var ports: [BackedPort]

  /// A stable description of where it is reached, with one place for each node port.
  var places: [ServiceNumbers.Place] {
    ports.flatMap { $0.places(.init(deviceAddresses: 0, replacesKubeProxy: true)) }.map(\.0)
  }

  var backendFrontends: [Frontend] { ports.flatMap(\.backendFrontends) }
}

/// A port of a Service and all that is behind it.
struct BackedPort: Hashable, Sendable {
  let service: Service
  let port: Service.Port
  /// In ascending order of address and port; without a node's numbers.
  let backends: [ServiceBackend]

  var backendFrontends: [Frontend] {
    backends.map { Frontend(address: $0.address, port: $0.port, transport: port.transport) }
  }

  /// Whose backends a frontend of a type has.
  func policy(_ type: ServiceEntry.FrontendType) -> Service.TrafficPolicy {
    type == .clusterIP ? service.internalTrafficPolicy : service.externalTrafficPolicy
  }

  /// Where nodes of a shape serve the port: first its cluster address, then those from outside, its node ports last.
  func places(
    _ shape: ServiceNumbers.Shape
  ) -> [(place: ServiceNumbers.Place, type: ServiceEntry.FrontendType)] {
    func place(
      _ address: ServiceNumbers.Place.Address, _ number: UInt16, _ type: ServiceEntry.FrontendType
    ) -> (ServiceNumbers.Place, ServiceEntry.FrontendType) {
      (.init(address: address, port: number, transport: port.transport), type)
    }
    let own = service.address.map { place(.fixed($0), port.number, .clusterIP) }
    var places = [own].compactMap(\.self)
    guard shape.replacesKubeProxy else { return places }
    places += service.externalIPs.map { place(.fixed($0), port.number, .externalIPs) }
    guard service.needsNodePorts || service.type == .loadBalancer else { return places }
    places += service.loadBalancerAddresses.map { place(.fixed($0), port.number, .loadBalancer) }
    guard let nodePort = port.nodePort else { return places }
    return places + (0...shape.deviceAddresses).map { place(.nodePort($0), nodePort, .nodePort) }
  }
}
