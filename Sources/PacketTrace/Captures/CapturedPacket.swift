import NetModel

/// One packet as one interface saw it: what `tcpdump -i any` on its stack prints a line for.
package struct CapturedPacket: Hashable, Sendable {
  package var interface: InterfaceID
  package var direction: Direction
  /// With its Ethernet header.
  package var packet: Packet
  /// Counted by the model from the beginning of the walk: it orders the packets and measures nothing.
  package var time: Duration
  package var origin: Origin

  package init(
    interface: InterfaceID, direction: Direction, packet: Packet, time: Duration, origin: Origin
  ) {
    self.interface = interface
    self.direction = direction
    self.packet = packet
    self.time = time
    self.origin = origin
  }

  /// Which way it passed, and whom it was for; the raw value is how tcpdump writes it.
  ///
  /// Source: packet(7), `sll_pkttype`.
  package enum Direction: String, Hashable, Sendable, CaseIterable {
    /// Received, for this host.
    case incoming = "In"
    case broadcast = "B"
    case outgoing = "Out"
  }

  /// The step that sent the packet; all positions count from 0.
  package struct Origin: Hashable, Sendable {
    package var path: Int
    package var isReply: Bool
    package var hop: Int
    package var step: Int
    package var kind: Step.Kind
    package var hook: Step.Hook

    package init(path: Int, isReply: Bool, hop: Int, step: Int, kind: Step.Kind, hook: Step.Hook) {
      self.path = path
      self.isReply = isReply
      self.hop = hop
      self.step = step
      self.kind = kind
      self.hook = hook
    }
  }
}
