import ControlPlane
import NetModel

extension Snapshot {
  /// The flow that a request names.
  ///
  /// A bare name is a pod or Service of namespace `default`, else one that is unique elsewhere, else a host;
  /// a pod goes before a Service of the same name. `WORKLOAD@NODE` with several pods is the first by name.
  /// - Throws: `FlowError` where a name stands for nothing, or for several things.
  package func flow(_ request: FlowRequest) throws(FlowError) -> NamedFlow {
    let (origin, source) = try sender(named: request.source)
    let (name, port) = try splitPort(request.destination, request.content ?? .tcp)
    let target = try resolve(name)
    if case .service(let service) = target {
      return try flowToService(service, from: origin, source, port: port, request)
    }
    let end = end(target)
    guard let address = end.address else { throw .unknownName(name, nearest: []) }
    let content = content(request.content ?? .tcp, port: port ?? FlowRequest.defaultPort)
    var flow = Flow(origin: origin, destination: address, content: content)
    flow.backend = try backend(request.backend, of: frontends(of: flow), for: flow)
    return NamedFlow(source: source, destination: end, flow: flow)
  }

  private func flowToService(
    _ service: ServiceID, from origin: StackID, _ source: NamedFlow.End, port: UInt16?, _ request: FlowRequest
  ) throws(FlowError) -> NamedFlow {
    let entry = try frontend(of: service, port: port, request.content)
    let address = entry.frontend.address
    let isEcho = request.content == .icmp
    let content: Flow.Content =
      isEcho ? .echo : .transport(entry.frontend.transport, port: entry.frontend.port)
    var flow = Flow(origin: origin, destination: address, content: content)
    flow.backend = try backend(request.backend, of: frontends(of: flow), for: flow)
    let end = NamedFlow.End(
      kind: .service, namespace: service.namespace, name: service.name, node: nil, address: address)
    return NamedFlow(source: source, destination: end, flow: flow)
  }

  private func content(_ content: FlowRequest.Content, port: UInt16) -> Flow.Content {
    content.transport.map { .transport($0, port: port) } ?? .echo
  }
}

// MARK: Ends

extension Snapshot {
  enum Target {
    case pod(PodPlacement)
    case service(ServiceID)
    case host(NodeID)
    case address(IPv4Address)
  }

  private func sender(named name: String) throws(FlowError) -> (StackID, NamedFlow.End) {
    switch try resolve(name) {
    case .pod(let placement): return (.pod(placement.pod), end(.pod(placement)))
    case .host(let node):
      return (.host(node), NamedFlow.End(kind: .host, name: node.name, node: node, address: nil))
    case .service(let service):
      throw .serviceCannotSend(service, pods: pods(behind: service))
    case .address(let address):
      guard let owner = stacks.first(where: { $0.interface(bearing: address) != nil })?.id else {
        throw .nobodyBears(address)
      }
      return (owner, end(.address(address)))
    }
  }

  func end(_ target: Target) -> NamedFlow.End {
    switch target {
    case .pod(let placement):
      NamedFlow.End(
        kind: .pod, namespace: placement.pod.namespace, name: placement.pod.name, node: placement.node,
        address: placement.address)
    case .host(let node):
      NamedFlow.End(kind: .host, name: node.name, node: node, address: address(of: node))
    case .service(let service):
      NamedFlow.End(
        kind: .service, namespace: service.namespace, name: service.name, node: nil, address: nil)
    case .address(let address):
      NamedFlow.End(
        kind: .address, name: address.description, node: node(bearing: address), address: address)
    }
  }

  /// The address that others know a machine by: a node's InternalIP, else that of the first interface by name
  /// on a wire that does not leave the network.
  private func address(of node: NodeID) -> IPv4Address? {
    if let datapath = datapath(on: node) { return datapath.nodeAddress }
    let interfaces = (stack(.host(node))?.interfaces ?? []).sorted { $0.name < $1.name }
    let inside = interfaces.filter { interface in
      if case .wire(let id) = interface.attachment { wire(id)?.exit == nil } else { false }
    }
    return (inside + interfaces).lazy.compactMap { $0.addresses.first?.local.address }.first
  }

  private func node(bearing address: IPv4Address) -> NodeID? {
    switch stacks.first(where: { $0.interface(bearing: address) != nil })?.id {
    case .host(let node): node
    case .pod(let pod): placement(of: pod)?.node
    case nil: nil
    }
  }
}

// MARK: Names

extension Snapshot {
  private func resolve(_ name: String) throws(FlowError) -> Target {
    if let address = IPv4Address(parsing: name) { return .address(address) }
    if let at = name.firstIndex(of: "@") {
      return .pod(try pod(of: String(name[..<at]), on: String(name[name.index(after: at)...])))
    }
    if let placement = try unique(pods.filter { $0.pod.hasName(name) }, name, id: \.pod.qualified) {
      return .pod(placement)
    }
    if let service = try unique(services.filter { $0.hasName(name) }, name, id: \.qualified) {
      return .service(service)
    }
    if stack(.host(NodeID(name))) != nil { return .host(NodeID(name)) }
    throw .unknownName(name, nearest: nearestNames(to: name))
  }

  /// The only one, or the one of namespace `default`; `nil` where there is none.
  private func unique<Item>(
    _ matches: [Item], _ name: String, id: (Item) -> QualifiedName
  ) throws(FlowError) -> Item? {
    if let match = matches.first(where: { id($0).namespace == "default" }) { return match }
    guard matches.count < 2 else {
      throw .ambiguousName(name, candidates: matches.map { id($0).description })
    }
    return matches.first
  }

  private func pod(of workload: String, on node: String) throws(FlowError) -> PodPlacement {
    let parts = workload.split(separator: "/", maxSplits: 1)
    let all = pods.filter { placement in
      placement.workload == parts.last ?? "" && (parts.count < 2 || placement.pod.namespace == parts[0])
    }
    let isKnownNode = stack(.host(NodeID(node))) != nil
    guard !all.isEmpty, isKnownNode else {
      throw .unknownName("\(workload)@\(node)", nearest: nearestNames(to: "\(workload)@\(node)"))
    }
    let here = all.filter { $0.node.name == node }
    guard let first = here.first(where: { $0.pod.namespace == "default" }) ?? here.first else {
      throw .noPodOnNode(workload: workload, node: node, nodes: all.map(\.node.name).sortedAndUnique)
    }
    let namespaces = here.map(\.pod.namespace).sortedAndUnique
    guard first.pod.namespace == "default" || namespaces.count == 1 else {
      throw .ambiguousName(
        "\(workload)@\(node)", candidates: namespaces.map { "\($0)/\(workload)@\(node)" })
    }
    return first
  }

  /// Every Service with a frontend on some node, in ascending order.
  var services: [ServiceID] {
    agents.flatMap { $0.datapath.services.map(\.service) }.sortedAndUnique
  }

  private func pods(behind service: ServiceID) -> [String] {
    entries(of: service).flatMap(\.backends).compactMap { $0.pod?.description }.sortedAndUnique
  }

  /// Up to three known names that are spelled most alike, best first.
  private func nearestNames(to name: String) -> [String] {
    let known = name.contains("@") ? workloadsOnNodes : plainNames + workloadsOnNodes
    let ranked = known.sortedAndUnique.map { (name: $0, distance: spellingDistance(name, $0)) }
      .filter { $0.distance <= max(2, name.count / 2) || $0.name.hasPrefix(name) }
      .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
    return ranked.prefix(3).map(\.name)
  }

  private var plainNames: [String] {
    let hosts = stacks.compactMap { stack in if case .host(let node) = stack.id { node.name } else { nil } }
    return pods.map(\.pod.qualified.short) + services.map(\.qualified.short) + hosts
  }

  private var workloadsOnNodes: [String] {
    pods.filter { $0.workload != $0.pod.name }.map { "\($0.workload)@\($0.node)" }
  }
}

// MARK: Services

extension Snapshot {
  /// The entries of a Service as the first agent that knows it has them.
  private func entries(of service: ServiceID) -> [ServiceEntry] {
    for agent in agents {
      let entries = agent.datapath.services.filter { $0.service == service }
      if !entries.isEmpty { return entries }
    }
    return []
  }

  /// The frontend that the cluster's DNS gives for the name: that of the ClusterIP, where there is one.
  ///
  /// Unless a protocol is named, TCP goes before UDP; SCTP is not walked.
  func frontend(
    of service: ServiceID, port: UInt16?, _ content: FlowRequest.Content?
  ) throws(FlowError) -> ServiceEntry {
    let all = entries(of: service)
    let inside = all.contains { $0.type == .clusterIP } ? all.filter { $0.type == .clusterIP } : all
    let usable = inside.filter { entry in
      content?.transport.map { $0 == entry.frontend.transport } ?? (entry.frontend.transport != .sctp)
    }
    let byTransport = usable.sorted { ($0.frontend.transport, $0.id) < ($1.frontend.transport, $1.id) }
    guard let first = byTransport.first else { throw .noFrontend(service, content?.transport) }
    guard let port else { return first }
    guard let match = byTransport.first(where: { $0.frontend.port == port }) else {
      let transport = content?.transport ?? .tcp
      throw .noSuchPort(service, port: port, transport, frontends: inside.map(\.frontend))
    }
    return match
  }

  /// What the asking node's agent has for the flow's destination; else what another agent has.
  private func frontends(of flow: Flow) -> [ServiceEntry] {
    guard case .transport(let transport, let port) = flow.content else { return [] }
    let frontend = Frontend(address: flow.destination, port: port, transport: transport)
    if let own = agent(of: flow.origin)?.service(at: frontend, askedFrom: flow.origin) { return [own] }
    for agent in agents {
      let entries = agent.datapath.services.filter { $0.frontend == frontend }
      if !entries.isEmpty { return entries }
    }
    return []
  }

  /// The client's own node has an agent.
  private func isInside(_ stack: StackID) -> Bool {
    switch stack {
    case .pod: true
    case .host(let node): datapath(on: node) != nil
    }
  }

  /// What the agent of the client's own node has made; `nil` where there is none.
  private func agent(of stack: StackID) -> Datapath? {
    switch stack {
    case .pod(let pod): placement(of: pod).flatMap { datapath(on: $0.node) }
    case .host(let node): datapath(on: node)
    }
  }

  private func backend(
    _ name: String?, of entries: [ServiceEntry], for flow: Flow
  ) throws(FlowError) -> Flow.Backend? {
    guard let name else { return nil }
    guard !entries.isEmpty else { throw .backendWithoutService(name) }
    let backends = entries.flatMap { $0.backends(forClientInside: isInside(flow.origin)) }
    guard let match = backends.first(where: { $0.isNamed(name) }) else {
      throw .unknownBackend(name, backends: backends.map { "\($0.address):\($0.port)" })
    }
    return Flow.Backend(address: match.address, port: match.port)
  }
}

extension ServiceBackend {
  fileprivate func isNamed(_ name: String) -> Bool {
    name == address.description || name == "\(address):\(port)" || pod?.hasName(name) == true
  }
}

// MARK: Spelling

/// The text in front of the last colon, and the port behind it.
private func splitPort(
  _ text: String, _ content: FlowRequest.Content
) throws(FlowError) -> (name: String, port: UInt16?) {
  guard let colon = text.lastIndex(of: ":") else { return (text, nil) }
  let digits = String(text[text.index(after: colon)...])
  guard content.transport != nil else { throw .portWithoutTransport(digits) }
  guard let number = decimalNumber(digits, atMost: 65535), number > 0 else { throw .notAPort(digits) }
  return (String(text[..<colon]), UInt16(number))
}

/// A name in a namespace.
private struct QualifiedName: CustomStringConvertible {
  let namespace: String
  let name: String

  var description: String { "\(namespace)/\(name)" }
  /// Without the namespace where it is the usual one.
  var short: String { namespace == "default" ? name : description }

  func matches(_ text: String) -> Bool { text == name || text == description }
}

extension PodID {
  fileprivate var qualified: QualifiedName { QualifiedName(namespace: namespace, name: name) }
  fileprivate func hasName(_ text: String) -> Bool { qualified.matches(text) }
}

extension ServiceID {
  fileprivate var qualified: QualifiedName { QualifiedName(namespace: namespace, name: name) }
  fileprivate func hasName(_ text: String) -> Bool { qualified.matches(text) }
}

extension Array where Element: Comparable {
  fileprivate var sortedAndUnique: [Element] {
    sorted().reduce(into: []) { result, element in
      if result.last != element { result.append(element) }
    }
  }
}
