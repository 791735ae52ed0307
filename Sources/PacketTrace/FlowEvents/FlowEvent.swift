import ControlPlane
import NetModel

/// One event that Hubble would show for a walk.
///
/// Source: Cilium `pkg/monitor/api/types.go`, `api/v1/flow/flow.proto`.
package struct FlowEvent: Hashable, Sendable {
  /// The node whose agent reports it.
  package var node: NodeID
  package var kind: Kind
  package var source: End
  package var destination: End
  package var direction: Direction
  package var summary: Summary
  /// What the kernel answered a program that drops the packet for it; `nil` where it was not asked.
  ///
  /// Source: Linux `include/uapi/linux/bpf.h`, `BPF_FIB_LKUP_RET_*`.
  package var extendedError: Int?

  package init(
    node: NodeID, kind: Kind, source: End, destination: End, direction: Direction, summary: Summary
  ) {
    self.node = node
    self.kind = kind
    self.source = source
    self.destination = destination
    self.direction = direction
    self.summary = summary
  }

  /// One side of a flow, as the event carries it.
  package struct End: Hashable, Sendable {
    package var address: IPv4Address
    /// `nil` where the event does not know it.
    package var port: UInt16?
    package var identity: SecurityIdentity
    /// The pod that bore the address then; `nil` for all else.
    package var pod: PodID?

    package init(address: IPv4Address, port: UInt16?, identity: SecurityIdentity, pod: PodID? = nil) {
      self.address = address
      self.port = port
      self.identity = identity
      self.pod = pod
    }
  }

  package enum Kind: Hashable, Sendable {
    case trace(ObservationPoint)
    case socket(SocketPoint)
    case dropped(Reason, code: Int)
    /// `policy-verdict`: sent where policy is enforced in that direction, for packets that open a connection.
    case policyVerdict(PolicyLookup.MatchType, TrafficDirection, PolicyAction)
  }

  /// What policy did with a packet; the raw value is what Hubble prints.
  package enum PolicyAction: String, Hashable, Sendable, CaseIterable {
    case allowed = "ALLOWED"
    case denied = "DENIED"
    /// Let through though no rule allows it.
    case audited = "AUDITED"
  }

  /// Where a packet was seen; the raw value is Hubble's name.
  package enum ObservationPoint: String, Hashable, Sendable, CaseIterable {
    case toEndpoint = "to-endpoint"
    case toStack = "to-stack"
    case toOverlay = "to-overlay"
    case toNetwork = "to-network"
  }

  /// Where a socket call was translated; the raw value is Hubble's name.
  package enum SocketPoint: String, Hashable, Sendable, CaseIterable {
    case beforeForward = "pre-xlate-fwd"
    case afterForward = "post-xlate-fwd"
    case beforeReverse = "pre-xlate-rev"
    case afterReverse = "post-xlate-rev"
  }

  package enum Direction: Hashable, Sendable {
    case forward, reply
    /// Drops and socket events do not say.
    case unknown
  }

  package enum Summary: Hashable, Sendable {
    case tcp(TCPHeader.Flags)
    case udp
    case icmp(ICMPHeader.Message)
    /// A socket event knows the protocol alone.
    case socket(Transport)
  }
}
