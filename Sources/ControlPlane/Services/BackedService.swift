import NetModel

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
