import ControlPlane
import NetModel
import PacketTrace

// Names of things of the model as every language writes them; names from files are made visible.

extension StackID {
  /// The name, without the namespace where it is `default`.
  package var shortName: String {
    switch self {
    case .host(let node): visible(node.name)
    case .pod(let pod): visible(pod.namespace == "default" ? pod.name : pod.description)
    }
  }
}

extension InterfaceID {
  /// The stack's short name and the interface.
  package var shortName: String { "\(stack.shortName) \(visible(name))" }
}

extension SecurityIdentity {
  /// The number, with the name of a reserved identity in front.
  package var name: String { reservedName.map { "\($0) (\(number))" } ?? String(number) }
}

extension TunnelProtocol {
  /// The protocol's name as its RFC writes it.
  package var name: String {
    switch self {
    case .vxlan: "VXLAN"
    case .geneve: "Geneve"
    }
  }
}

extension Listener {
  /// `TCP port 80` without a language's words between: `TCP 80`.
  package var name: String { "\(transport.name) \(port)" }
}

extension Flow.Backend {
  /// `ADDRESS:PORT`.
  package var text: String { "\(address):\(port)" }
}

extension Packet.Header.Kind {
  /// The protocol's name as the field writes it.
  package var name: String {
    switch self {
    case .ethernet: "Ethernet"
    case .ipv4: "IPv4"
    case .tcp: "TCP"
    case .udp: "UDP"
    case .icmp: "ICMP"
    case .vxlan: "VXLAN"
    case .geneve: "Geneve"
    case .arp: "ARP"
    }
  }
}

extension CiliumSettings.RoutingMode {
  /// The word of `--mode`.
  package var name: String {
    switch self {
    case .native: "native"
    case .tunnel(let tunnel): tunnel.rawValue
    }
  }
}

extension NamedFlow.End {
  /// The name without the usual namespace, and the address where it is known and another text.
  package var labelled: String {
    let isUsual = namespace == nil || namespace == "default"
    let name = visible(isUsual ? name : "\(namespace ?? "")/\(name)")
    guard let address, address.description != name else { return name }
    return "\(name) (\(address))"
  }
}
