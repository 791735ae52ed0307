import ControlPlane
import NetModel

extension Walk {
  /// The walk as a capture file: an interface for each that saw a packet, named `STACK INTERFACE`, and every
  /// sight of a packet with the step that caused it.
  ///
  /// Comments consist of names and codes that are the same in every language. Times count from 1970.
  package func pcapng(in snapshot: Snapshot) -> Pcapng {
    let captured = captures(in: snapshot)
    let interfaces = Set(captured.map(\.interface)).sorted()
    return Pcapng(
      interfaces: interfaces.map { Pcapng.Interface($0, in: snapshot) },
      packets: captured.map { seen in
        Pcapng.Packet(
          interface: interfaces.firstIndex(of: seen.interface) ?? 0,
          nanoseconds: seen.time.nanoseconds, bytes: seen.packet.bytes,
          direction: seen.direction == .outgoing ? .outbound : .inbound, comment: seen.origin.comment)
      })
  }
}

extension Pcapng.Interface {
  fileprivate init(_ id: InterfaceID, in snapshot: Snapshot) {
    let interface = snapshot.stack(id.stack)?.interface(named: id.name)
    let comment = interface.map { interface in
      let addresses = interface.addresses.map { " inet \($0.local)" }.joined()
      return "index \(interface.index) mtu \(interface.mtu) ether \(interface.mac)" + addresses
    }
    self.init(name: id.description, comment: comment)
  }
}

extension CapturedPacket.Origin {
  /// All positions from 1.
  fileprivate var comment: String {
    let way = isReply ? "reply" : "request"
    return "path \(path + 1) \(way) hop \(hop + 1) step \(step + 1): \(kind.rawValue) \(hook.rawValue)"
  }
}

extension Duration {
  /// Whole nanoseconds; 0 for a negative duration.
  fileprivate var nanoseconds: UInt64 {
    let (seconds, attoseconds) = components
    return UInt64(max(seconds, 0)) &* 1_000_000_000 &+ UInt64(max(attoseconds, 0) / 1_000_000_000)
  }
}
