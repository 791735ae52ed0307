import Console
import ControlPlane
import NetModel

extension TableEntry {
  /// The entry in one line, as the tool that lists the table prints it.
  package var text: String {
    switch self {
    case .route(let route): route.ipLine
    case .neighbor(let neighbor): neighbor.ipLine
    case .ipcache(let entry): entry.line
    case .service(let entry): entry.line
    case .endpoint(let endpoint): endpoint.line
    case .listener(let listener): "\(listener.transport) \(listener.port) LISTEN"
    case .policy(let entry, let endpoint): "\(endpoint) \(entry.line)"
    }
  }
}

extension IPCacheEntry {
  /// Source: Cilium `pkg/maps/ipcache/ipcache.go`, `RemoteEndpointInfo.String`.
  fileprivate var line: String {
    var flags: [String] = []
    if skipsTunnel { flags.append("skiptunnel") }
    if tunnelEndpoint != nil { flags.append("hastunnel") }
    let endpoint = tunnelEndpoint?.description ?? "0.0.0.0"
    let flagText = flags.isEmpty ? "<none>" : flags.joined(separator: ",")
    return "\(prefix) identity=\(identity.number) encryptkey=0 tunnelendpoint=\(endpoint) flags=\(flagText)"
  }
}

extension ServiceEntry {
  fileprivate var line: String {
    let slots = backends.enumerated().map { index, backend in
      "\(index + 1) => \(backend.address):\(backend.port)/\(frontend.transport == .tcp ? "TCP" : "UDP")"
    }
    return "\(id) \(frontend) \(type.rawValue) \(slots.joined(separator: ", "))"
  }
}

extension LocalEndpoint {
  fileprivate var line: String {
    switch kind {
    case .host: "\(address):0 (localhost)"
    case .pod(let pod):
      "\(address):0 id=\(pod.id) sec_id=\(pod.identity.number) mac=\(pod.mac) nodemac=\(pod.nodeMAC)"
    }
  }
}

extension PolicyMap.Entry {
  /// Source: Cilium `cilium-dbg/cmd/bpf_policy_get.go`, without the counters; then what it comes from.
  fileprivate var line: String {
    let action = isDeny ? "Deny" : "Allow"
    let direction = key.direction == .ingress ? "Ingress" : "Egress"
    let identity = key.isForEveryPeer ? "ANY" : key.identity.reservedName ?? String(key.identity.number)
    let origins = origins.map(\.description).joined(separator: ", ")
    return "\(action) \(direction) \(identity) \(key.l4) (\(origins))"
  }
}
