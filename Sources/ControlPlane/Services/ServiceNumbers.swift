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
