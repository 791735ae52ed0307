import ControlPlane
import NetModel

extension [Hop] {
  /// What the ARP packets on the way teach the kernels that saw them, in order.
  ///
  /// Source: Linux `net/ipv4/arp.c`, `arp_process`; recorded with the kernel vectors, seedlab neigh: the one who
  /// is asked takes the asker down as STALE, and need not ask in turn.
  package var lessons: [LearnedNeighbor] {
    flatMap(\.steps).flatMap { step -> [LearnedNeighbor] in
      guard case .neighbor(let evidence) = step.evidence else { return [] }
      return evidence.lessons(for: step.stack)
    }
  }
}

extension NeighborEvidence {
  fileprivate func lessons(for stack: StackID) -> [LearnedNeighbor] {
    switch answer {
    case .known, .notNeeded: return []
    case .unanswered:
      let failed = Neighbor(address: address, interface: interface, mac: nil, state: .failed)
      return [LearnedNeighbor(failed, on: stack)]
    case .resolved(let request, let reply, let responder):
      let found = Neighbor(address: address, interface: interface, mac: reply.senderMAC, state: .reachable)
      guard case .owner(let owner) = responder, request.senderAddress != .any else {
        return [LearnedNeighbor(found, on: stack)]
      }
      let asker = Neighbor(
        address: request.senderAddress, interface: owner.name, mac: request.senderMAC, state: .stale)
      return [LearnedNeighbor(found, on: stack), LearnedNeighbor(asker, on: owner.stack)]
    }
  }
}

extension Snapshot {
  /// The lessons that change something: a neighbor that was unknown, or is elsewhere now.
  package func news(in lessons: [LearnedNeighbor]) -> [LearnedNeighbor] {
    lessons.filter { lesson in
      let neighbor = lesson.neighbor
      guard let known = stack(lesson.stack)?.neighbor(neighbor.address, on: neighbor.interface) else {
        return true
      }
      return known.state != .permanent && neighbor.mac != nil && known.mac != neighbor.mac
    }
  }

  /// The snapshot after kernels have learned.
  func learning(_ lessons: [LearnedNeighbor]) -> Snapshot {
    var next = self
    for lesson in news(in: lessons) {
      guard let position = next.place(of: lesson.stack) else { continue }
      let neighbor = lesson.neighbor
      next.stacks[position].neighbors.removeAll {
        $0.address == neighbor.address && $0.interface == neighbor.interface
      }
      next.stacks[position].neighbors.append(neighbor)
      next.stacks[position].neighbors.sort { ($0.address, $0.interface) < ($1.address, $1.interface) }
    }
    return next
  }
}
