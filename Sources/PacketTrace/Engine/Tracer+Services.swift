import ControlPlane
import NetModel

extension Tracer {
  /// What the socket layer does with a connect or send call: false where it fails and nothing is sent.
  ///
  /// Source: Cilium `bpf/bpf_sock.c`.
  mutating func translateAtSocket() -> Bool {
    guard !journey.isReply, !journey.connection.isEstablished, let datapath,
      datapath.settings.translatesSockets(of: journey.place),
      let lookup = socketLookup(in: datapath)
    else { return true }
    switch lookup.answer {
    case .miss: return true
    case .noBackend:
      journey.record(.socketTranslation, socketHook, .service(lookup), by: .serviceWithoutBackend)
      _ = journey.end(.dropped, .noServiceBackend, socketHook, by: .serviceWithoutBackend)
      return false
    case .backend(let backend, _, _):
      let chosen = Flow.Backend(address: backend.address, port: backend.port)
      journey.connection.socketTranslation = Connection.SocketTranslation(
        frontend: Flow.Backend(address: lookup.address, port: lookup.port), backend: chosen)
      journey.record(.socketTranslation, socketHook, .service(lookup), by: .socketLoadBalancing) {
        $0.setInnerDestination(chosen)
      }
      return true
    }
  }

  private var socketHook: Step.Hook {
    journey.packet.transport == .udp ? .sendmsg4 : .connect4
  }

  /// Node ports are asked for at any node's address: the wildcard entry stands for all of them.
  ///
  /// Source: Cilium `bpf/bpf_sock.c`, `sock4_wildcard_lookup`.
  private func socketLookup(in datapath: Datapath) -> ServiceLookup? {
    let client = ServiceAffinity.Client.namespace(journey.place)
    guard let lookup = serviceLookup(in: datapath, isInside: true, client: client) else { return nil }
    if let entry = lookup.entry { return datapath.leavesAlone(entry) ? nil : lookup }
    guard datapath.standsForNodePorts(lookup.address, port: lookup.port, askedBy: journey.place) else {
      return lookup
    }
    return serviceLookup(at: .any, in: datapath, isInside: true, client: client)
  }

  /// Asks the service map for the packet's destination, or for `address` with the packet's port; `nil` for a
  /// packet without ports.
  func serviceLookup(
    at address: IPv4Address? = nil, in datapath: Datapath, isInside: Bool, client: ServiceAffinity.Client
  ) -> ServiceLookup? {
    guard let address = address ?? journey.packet.innerIP?.destination,
      let transport = journey.packet.transport,
      let port = journey.packet.ports?.destination
    else { return nil }
    let frontend = Frontend(address: address, port: port, transport: transport)
    let entry = datapath.services.first { $0.frontend == frontend }
    var lookup = ServiceLookup(
      frontend, in: datapath.services, isInside: isInside,
      kept: entry.flatMap { keptBackend(of: $0, for: client) },
      number: UInt64(journey.packet.ports?.source ?? 0))
    lookup.take(journey.connection.wantedBackend, isInside: isInside)
    return lookup
  }

  /// A lookup by a BPF program, which chooses by Maglev's table for clients outside where that is switched on.
  ///
  /// Source: Cilium `bpf/lib/lb.h`, `lb4_select_backend_id`; `bpf/bpf_lxc.c` and the socket layer always choose at
  /// random.
  func packetServiceLookup(in datapath: Datapath, isInside: Bool) -> ServiceLookup? {
    let client = ServiceAffinity.Client.address(journey.source)
    guard var lookup = serviceLookup(in: datapath, isInside: isInside, client: client),
      datapath.settings.loadBalancerAlgorithm == .maglev, !isInside, !lookup.isKept,
      case .backend(_, _, let entry) = lookup.answer, let ports = journey.packet.ports
    else { return serviceLookup(in: datapath, isInside: isInside, client: client) }
    let tuple = MaglevTuple(
      client: journey.source, clientPort: entry.affinitySeconds == nil ? ports.source : 0,
      servicePort: lookup.port, protocol: lookup.transport.rawValue)
    let backends = entry.backends(forClientInside: isInside)
    let settings = datapath.settings.maglev
    let table = MaglevTable(
      of: backends.map { Frontend(address: $0.address, port: $0.port, transport: lookup.transport) },
      settings: settings)
    let hash = tuple.hash(seed: settings.seed)
    let slot = Int(hash) % settings.size
    let index = table.slots[slot]
    lookup.maglev = .init(hash: hash, slot: slot, size: settings.size, backend: backends[index])
    if journey.connection.wantedBackend == nil {
      lookup.answer = .backend(backends[index], slot: index + 1, of: entry)
    }
    return lookup
  }
}

extension Datapath {
  /// The ports that node ports are taken from.
  ///
  /// Source: Kubernetes `--service-node-port-range`, Cilium `pkg/loadbalancer/config.go`.
  private static let nodePorts: ClosedRange<UInt16> = 30000...32767

  /// The entry by which a call of a program in `stack`, or its packet, is translated; `nil` for none.
  func service(at frontend: Frontend, askedFrom stack: StackID) -> ServiceEntry? {
    let exact = services.first { $0.frontend == frontend }
    guard settings.translatesSockets(of: stack) else { return exact }
    if let exact { return leavesAlone(exact) ? nil : exact }
    guard standsForNodePorts(frontend.address, port: frontend.port, askedBy: stack) else { return nil }
    return services.first {
      $0.frontend == Frontend(address: .any, port: frontend.port, transport: frontend.transport)
    }
  }

  /// A call to that address is looked up at 0.0.0.0: it is a node's, or the host asks itself.
  ///
  /// Source: Cilium `bpf/bpf_sock.c`, `sock4_wildcard_lookup`.
  func standsForNodePorts(_ address: IPv4Address, port: UInt16, askedBy stack: StackID) -> Bool {
    guard Datapath.nodePorts.contains(port) else { return false }
    if case .host = stack, address.isLoopback { return true }
    return isNode(address)
  }

  /// External addresses that are not the node's own are not translated at the socket.
  ///
  /// Source: Cilium `bpf/bpf_sock.c`, `sock4_skip_xlate`.
  func leavesAlone(_ entry: ServiceEntry) -> Bool {
    guard entry.type == .externalIPs else { return false }
    return IdentityLookup(of: entry.frontend.address, as: .destination, in: ipcache).identity != .host
  }

  /// The address is this node's own or another node's.
  private func isNode(_ address: IPv4Address) -> Bool {
    let identity = IdentityLookup(of: address, as: .destination, in: ipcache).identity
    return identity == .host || identity.isRemoteNode
  }
}

extension CiliumSettings {
  /// Whether connect and send calls of programs in that stack are translated.
  func translatesSockets(of stack: StackID) -> Bool {
    switch (socketLB, stack) {
    case (.full, _), (.hostNamespaceOnly, .host): true
    case (.hostNamespaceOnly, .pod), (.off, _): false
    }
  }
}

extension SecurityIdentity {
  /// Another node's own, whether or not the API server runs there.
  ///
  /// Source: Cilium `bpf/lib/identity.h`, `identity_is_remote_node`.
  var isRemoteNode: Bool { self == .remoteNode || self == .kubeAPIServer }
}

extension ServiceLookup {
  /// The frontend that was found; `nil` where there is none.
  var entry: ServiceEntry? {
    switch answer {
    case .miss: nil
    case .backend(_, _, let entry), .noBackend(let entry): entry
    }
  }

  /// Looks `frontend` up and, where it is there, takes the backend that was kept, or one by `number`.
  ///
  /// The real choice is random for each connection; `number` stands for it.
  init(
    _ frontend: Frontend, in services: [ServiceEntry], isInside: Bool, kept: Flow.Backend?, number: UInt64
  ) {
    let related = services.filter {
      $0.frontend.address == frontend.address || $0.frontend.port == frontend.port
    }
    let candidates = related.map { Candidate(entry: $0, why: Why(frontend, $0.frontend)) }
    self.init(
      address: frontend.address, port: frontend.port, transport: frontend.transport,
      candidates: candidates.filter { $0.why == .exactMatch } + candidates.filter { $0.why != .exactMatch },
      answer: ServiceLookup.choose(
        from: services.first { $0.frontend == frontend }, isInside: isInside, number: number))
    self.isInside = isInside
    isKept = take(kept, isInside: isInside)
  }

  /// Takes a backend of that address and port where the frontend has one; whether it has.
  @discardableResult
  mutating func take(_ wanted: Flow.Backend?, isInside: Bool) -> Bool {
    guard let wanted, case .backend(_, _, let entry) = answer else { return false }
    let backends = entry.backends(forClientInside: isInside)
    let index = backends.firstIndex { $0.address == wanted.address && $0.port == wanted.port }
    guard let index else { return false }
    answer = .backend(backends[index], slot: index + 1, of: entry)
    return true
  }

  private static func choose(
    from entry: ServiceEntry?, isInside: Bool, number: UInt64
  ) -> Answer {
    guard let entry else { return .miss }
    let backends = entry.backends(forClientInside: isInside)
    guard !backends.isEmpty else { return .noBackend(entry) }
    let index = Int(number % UInt64(backends.count))
    return .backend(backends[index], slot: index + 1, of: entry)
  }
}

extension ServiceLookup.Why {
  fileprivate init(_ asked: Frontend, _ entry: Frontend) {
    self =
      if asked == entry {
        .exactMatch
      } else if asked.address != entry.address {
        .otherAddress
      } else if asked.port != entry.port {
        .otherPort
      } else {
        .otherTransport
      }
  }
}
