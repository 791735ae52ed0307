import ControlPlane
import NetModel

/// A flow with the names that it was asked for by.
package struct NamedFlow: Hashable, Sendable {
  package var source: End
  package var destination: End
  package var flow: Flow

  package init(source: End, destination: End, flow: Flow) {
    self.source = source
    self.destination = destination
    self.flow = flow
  }

  /// One end of a flow.
  package struct End: Hashable, Sendable {
    package var kind: Kind
    /// Of a pod or a Service; `nil` for all others.
    package var namespace: String?
    /// The name in its namespace, a host's name, or the address.
    package var name: String
    /// The machine it is on; `nil` for a Service and for an address that no machine of the network bears.
    package var node: NodeID?
    /// `nil` for a host that sends: its routes choose.
    package var address: IPv4Address?

    package init(
      kind: Kind, namespace: String? = nil, name: String, node: NodeID?, address: IPv4Address?
    ) {
      self.kind = kind
      self.namespace = namespace
      self.name = name
      self.node = node
      self.address = address
    }
  }

  /// What a name stands for; the raw value is the stable code that JSON carries.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case pod, service, host, address
  }
}

/// What was asked for, as it was typed.
package struct FlowRequest: Hashable, Sendable {
  /// A pod (`NAME`, `NAMESPACE/NAME`), `WORKLOAD@NODE`, a host, or an address.
  package var source: String
  /// As `source`, or a Service; with `:PORT` behind it where the port is not the default.
  package var destination: String
  /// `nil` for TCP, or what the Service offers where that is not among it.
  package var content: Content?
  /// The backend of a Service: an address, `ADDRESS:PORT` or a pod's name.
  package var backend: String?

  package init(source: String, destination: String, content: Content? = nil, backend: String? = nil) {
    self.source = source
    self.destination = destination
    self.content = content
    self.backend = backend
  }

  /// What is sent; the raw value is the word of `--proto`.
  package enum Content: String, Hashable, Sendable, CaseIterable {
    case tcp, udp, icmp

    /// The transport with the ports; `nil` for an echo request.
    package var transport: Transport? {
      switch self {
      case .tcp: .tcp
      case .udp: .udp
      case .icmp: nil
      }
    }
  }

  /// The port that is asked for unless one is named, except for a Service.
  package static let defaultPort: UInt16 = 80
}

/// Why a request names no flow.
package enum FlowError: Error, Hashable, Sendable {
  /// Nothing bears the name; the names that come nearest, best first.
  case unknownName(String, nearest: [String])
  /// Several do, in these full names.
  case ambiguousName(String, candidates: [String])
  /// The workload has no pod on that node; where it has some, in ascending order.
  case noPodOnNode(workload: String, node: String, nodes: [String])
  case notAPort(String)
  /// An ICMP message has no port.
  case portWithoutTransport(String)
  case noSuchPort(ServiceID, port: UInt16, Transport, frontends: [Frontend])
  /// The Service has no frontend of that transport at all, or none at all (headless).
  case noFrontend(ServiceID, Transport?)
  /// A Service sends nothing; the pods behind it may.
  case serviceCannotSend(ServiceID, pods: [String])
  /// Nothing in the network bears the address that shall send.
  case nobodyBears(IPv4Address)
  /// A backend was asked for, but the destination is no Service.
  case backendWithoutService(String)
  case unknownBackend(String, backends: [String])
}
