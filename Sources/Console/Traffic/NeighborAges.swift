import ControlPlane
import NetModel
import PacketTrace

/// When kernels learned of their neighbors, and since when packets to them have been lost.
///
/// Source: Linux `net/core/neighbour.c`; recorded with the kernel vectors, seedlab neigh.
struct NeighborAges: Sendable {
  private var entries: [Entry] = []

  /// An entry is REACHABLE for base_reachable_time, then STALE.
  private static let reachable = Duration.seconds(30)
  /// DELAY for 5 s, then three requests, a second apart: then the neighbor is FAILED.
  private static let lost = Duration.seconds(8)
  /// Neighbors whose ages are known.
  private static let limit = 4096

  private struct Entry {
    let stack: StackID
    let address: IPv4Address
    let interface: String
    var learned: Instant
    var firstLoss: Instant?

    func isPlace(of lesson: LearnedNeighbor) -> Bool {
      stack == lesson.stack && address == lesson.neighbor.address && interface == lesson.neighbor.interface
    }
  }

  mutating func note(_ lessons: [LearnedNeighbor], at now: Instant) {
    for lesson in lessons {
      entries.removeAll { $0.isPlace(of: lesson) }
      let neighbor = lesson.neighbor
      entries.append(
        Entry(stack: lesson.stack, address: neighbor.address, interface: neighbor.interface, learned: now))
    }
    if entries.count > NeighborAges.limit { entries.removeFirst(entries.count - NeighborAges.limit) }
  }

  /// A packet to a neighbor was taken by nobody, or by somebody.
  mutating func note(isLost: Bool, _ address: IPv4Address, on interface: InterfaceID, at now: Instant) {
    let position = entries.firstIndex {
      $0.stack == interface.stack && $0.address == address && $0.interface == interface.name
    }
    guard let position else { return }
    if !isLost {
      entries[position].firstLoss = nil
    } else if entries[position].firstLoss == nil {
      entries[position].firstLoss = now
    }
  }

  /// What time has made of the entries that are in the snapshot's tables.
  mutating func changes(in snapshot: Snapshot, at now: Instant) -> [LearnedNeighbor] {
    var changed: [LearnedNeighbor] = []
    for entry in entries where now - entry.learned >= NeighborAges.reachable || entry.firstLoss != nil {
      let known = snapshot.stack(entry.stack)?.neighbor(entry.address, on: entry.interface)
      guard var neighbor = known, neighbor.state != .permanent, !neighbor.isManaged else { continue }
      if let loss = entry.firstLoss, now - loss >= NeighborAges.lost, neighbor.isUsable {
        neighbor.mac = nil
        neighbor.state = .failed
      } else if neighbor.state == .reachable, now - entry.learned >= NeighborAges.reachable {
        neighbor.state = .stale
      } else {
        continue
      }
      changed.append(LearnedNeighbor(neighbor, on: entry.stack))
    }
    return changed
  }
}

extension RunningLab {
  /// Lets the neighbors that kernels have learned grow old.
  mutating func ageNeighbors() {
    let changes = traffic.ages.changes(in: snapshot, at: now)
    if !changes.isEmpty { learn(changes) }
  }
}

extension [Hop] {
  /// The neighbors that packets were sent to, and whether nobody took them.
  var neighborsUsed: [(address: IPv4Address, interface: InterfaceID, isLost: Bool)] {
    flatMap { hop in
      hop.steps.indices.compactMap { index in
        guard case .neighbor(let evidence) = hop.steps[index].evidence, case .known = evidence.answer else {
          return nil
        }
        let interface = InterfaceID(hop.steps[index].stack, evidence.interface)
        let isLost = hop.steps.dropFirst(index).contains { step in
          guard !hop.steps.contains(where: { $0.kind == .leaveNetwork }) else { return false }
          if case .transmission(let transmission) = step.evidence {
            return transmission.from == interface && transmission.receivers.isEmpty
          }
          return false
        }
        return (evidence.address, interface, isLost)
      }
    }
  }
}
