import Console
import ControlPlane
import NetModel

extension TableEntry {
  /// `text` as the tool that lists the table prints it, then the entry's fields.
  var json: JSONValue {
    JSONValue.members(["text": .string(text)]).merging(fields)
  }

  private var fields: JSONValue {
    switch self {
    case .route(let route): route.json
    case .neighbor(let neighbor): neighbor.json
    case .ipcache(let entry): entry.json
    case .service(let entry): entry.json
    case .endpoint(let endpoint): endpoint.json
    case .policy(let entry, let endpoint): entry.json(ofEndpoint: endpoint)
    case .listener(let listener):
      .members(["proto": .string(listener.transport.json), "port": .number(listener.port)])
    }
  }
}

extension Transport {
  /// `tcp` or `udp`.
  var json: String { name.lowercased() }
}

extension Route {
  fileprivate var json: JSONValue {
    .members([
      "table": .text(table), "type": .string(type.rawValue), "destination": .text(destination),
      "tos": .number(tos), "metric": .number(metric), "protocol": .text(`protocol`), "scope": .text(scope),
      "preferredSource": .text(preferredSource), "mtu": .number(mtu),
      "nextHops": .array(nextHops.map(\.json)),
    ])
  }
}

extension NextHop {
  fileprivate var json: JSONValue {
    .members([
      "gateway": .text(gateway), "interface": .text(interface), "weight": .number(weight),
      "onLink": .bool(flags.contains(.onLink)), "dead": .bool(flags.contains(.dead)),
      "linkDown": .bool(flags.contains(.linkDown)),
    ])
  }
}

extension Neighbor {
  fileprivate var json: JSONValue {
    .members([
      "address": .text(address), "interface": .string(interface), "mac": .text(mac),
      "state": .string(state.rawValue),
    ])
  }
}

extension IPCacheEntry {
  fileprivate var json: JSONValue {
    .members([
      "prefix": .text(prefix), "identity": .number(identity.number), "tunnelEndpoint": .text(tunnelEndpoint),
      "skipsTunnel": .bool(skipsTunnel),
    ])
  }
}

extension ServiceEntry {
  fileprivate var json: JSONValue {
    .members([
      "id": .number(id), "frontend": .text(frontend), "type": .string(type.rawValue),
      "service": .text(service), "backends": .array(backends.map { .string("\($0.address):\($0.port)") }),
    ])
  }
}

extension LocalEndpoint {
  fileprivate var json: JSONValue {
    let address = JSONValue.members(["address": .text(address)])
    return switch kind {
    case .host: address.merging(.members(["kind": "host"]))
    case .pod(let pod):
      address.merging(
        .members([
          "kind": "pod", "pod": .text(pod.pod), "id": .number(pod.id),
          "identity": .number(pod.identity.number), "interface": .string(pod.interface),
          "mac": .text(pod.mac), "nodeMAC": .text(pod.nodeMAC),
        ]))
    }
  }
}
