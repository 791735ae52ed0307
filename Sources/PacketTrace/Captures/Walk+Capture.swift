import ControlPlane
import NetModel

extension Walk {
  /// What every interface of `snapshot` sees of the walk's packets and their answers, in the order in which
  /// it happens, path after path.
  ///
  /// The capture observes the steps that were walked; no rule is decided here. What programs of BPF redirect
  /// passes some devices unseen: those have no entry.
  ///
  /// Source: Linux `net/core/dev.c`: a packet is shown before the programs at a device's ingress run, and
  /// after those at its egress.
  package func captures(in snapshot: Snapshot) -> [CapturedPacket] {
    var observer = CaptureObserver(snapshot: snapshot)
    for (index, path) in paths.enumerated() {
      observer.follow(path, number: index)
    }
    return observer.captured
  }
}

/// Watches the steps of a walk and writes down which interface sees what.
struct CaptureObserver {
  let snapshot: Snapshot
  private(set) var captured: [CapturedPacket] = []
  private var time = Duration.zero
  /// How the packet was cut up; `nil` while it is whole.
  private var cut: Cut?
  private var origin = CapturedPacket.Origin(
    path: 0, isReply: false, hop: 0, step: 0, kind: .send, hook: .program)

  /// From one sight of a packet to the next.
  private static let tick = Duration.microseconds(10)
  /// From one unanswered ARP request to the next.
  ///
  /// Source: Linux `net/ipv4/arp.c`, `arp_tbl`: retrans_time 1 s; recorded with the kernel vectors, seedlab
  /// neigh.
  static let requestInterval = Duration.seconds(1)

  init(snapshot: Snapshot) {
    self.snapshot = snapshot
  }

  mutating func follow(_ path: Path, number: Int) {
    follow(path.hops, path: number, isReply: false)
    follow(path.reply?.hops ?? [], path: number, isReply: true)
  }

  /// A kernel cut the packet, or the tunnel's packet around it, into pieces of at most so many bytes.
  struct Cut {
    let limit: Int
    let ofTunnel: Bool
  }

  private mutating func follow(_ hops: [Hop], path: Int, isReply: Bool) {
    cut = nil
    for (hop, content) in hops.enumerated() {
      for (index, step) in content.steps.enumerated() {
        origin = CapturedPacket.Origin(
          path: path, isReply: isReply, hop: hop, step: index, kind: step.kind, hook: step.hook)
        let next = index + 1 < content.steps.count ? content.steps[index + 1] : nil
        let former = index > 0 ? content.steps[index - 1] : nil
        if let former { enter(step, after: former) }
        noteCut(by: step)
        watch(step, next: next)
      }
    }
  }

  /// The message that a router sends beside the packet.
  mutating func followRedirect(of step: Step) {
    guard let way = snapshot.redirect(of: step) else { return }
    let (former, formerCut) = (origin, cut)
    follow(way.hops, path: former.path, isReply: former.isReply)
    (origin, cut) = (former, formerCut)
  }

  /// Time passes in which no interface sees anything.
  mutating func wait(_ duration: Duration) {
    time += duration
  }

  mutating func see(_ packet: Packet, at interface: InterfaceID, _ direction: CapturedPacket.Direction) {
    let frame =
      packet.ethernet == nil ? packet.framed(EthernetHeader(destination: .zero, source: .zero)) : packet
    for piece in pieces(of: frame) {
      captured.append(
        CapturedPacket(interface: interface, direction: direction, packet: piece, time: time, origin: origin))
      time += CaptureObserver.tick
    }
  }

  private func pieces(of frame: Packet) -> [Packet] {
    guard let cut else { return [frame] }
    return frame.fragments(limit: cut.limit, cutsTunnel: cut.ofTunnel)
  }

  /// From here on the packet goes in pieces, until the end of the tunnel where it is the tunnel's that are cut.
  mutating func noteCut(by step: Step) {
    switch step.evidence {
    case .size(let check):
      guard case .fragmented = check.answer else { return }
      cut = Cut(limit: check.limit, ofTunnel: step.after.isEncapsulated)
    default:
      if step.kind == .decapsulation, cut?.ofTunnel == true { cut = nil }
    }
  }

  /// A packet passes from one end of a pair to the other, or over the cable to one receiver.
  mutating func pass(_ packet: Packet, from sender: InterfaceID, to receiver: InterfaceID) {
    see(packet, at: sender, .outgoing)
    see(packet, at: receiver, .incoming)
  }
}
