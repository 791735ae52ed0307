import ControlPlane
import NetModel
import PacketTrace

/// The way of a packet as places and the links between them, from the sender on.
///
/// A path that ends early goes on with the places that the packet was meant for, so that a way that fails and
/// one that works look alike up to where they part.
package struct Stage: Hashable, Sendable {
  package var places: [Place]
  /// One fewer than the places: what joins each to the next.
  package var links: [Link]
  /// The place where the packet ended.
  package var end: Int
  package var outcome: Outcome?
  /// The interface that the packet left by where no place is behind it, and whom it was handed to there.
  package var exit: Exit?

  package struct Exit: Hashable, Sendable {
    package var interface: String
    package var nextHop: IPv4Address?
  }

  /// A stack that the packet passes.
  package struct Place: Hashable, Sendable {
    package var stack: StackID
    package var name: String
    /// The pod's address; `nil` for a machine.
    package var address: IPv4Address?
    /// The machine's interfaces towards the sender and away from it.
    package var arrival: String?
    package var departure: String?
    /// The steps taken there; empty where the packet never came.
    package var steps: Range<Int>
    package var isReached: Bool
  }

  /// What joins two places.
  package struct Link: Hashable, Sendable {
    package var kind: Kind
    /// The packet is inside a tunnel here.
    package var tunnel: TunnelProtocol?
    /// The step that puts the packet on the wire; `nil` where none does.
    package var step: Int?
    package var isReached: Bool

    package enum Kind: Hashable, Sendable {
      /// The pair of interfaces between a pod and its node.
      case veth
      case wire(WireID, subnet: IPv4Prefix?)
      case unknown
    }
  }

  /// The places that `itinerary` passes, and those behind its end on the way to `destination`.
  package init(_ itinerary: Itinerary, in snapshot: Snapshot, destination: IPv4Address) {
    places = []
    links = []
    end = 0
    outcome = itinerary.outcome
    for (index, stop) in itinerary.stops.enumerated() { take(stop, at: index, of: itinerary, in: snapshot) }
    end = max(0, places.count - 1)
    nameInterfaces(itinerary, in: snapshot)
    if itinerary.outcome?.disposition != .delivered { goOn(to: destination, in: snapshot) }
  }

  /// Where the packet is at a step: in a place or on the link behind it.
  package func location(of step: Int) -> Location {
    if let link = links.firstIndex(where: { $0.step == step }) { return .link(link) }
    return .place(places.firstIndex { $0.steps.contains(step) } ?? 0)
  }

  package enum Location: Hashable, Sendable {
    case place(Int)
    case link(Int)
  }
}

// MARK: The way taken

extension Stage {
  private mutating func take(
    _ stop: Itinerary.Stop, at index: Int, of itinerary: Itinerary, in snapshot: Snapshot
  ) {
    let isNewHop = index == 0 || itinerary.stops[index - 1].hop != stop.hop
    if let last = places.indices.last, places[last].stack == stop.step.stack, !isNewHop {
      places[last].steps = places[last].steps.lowerBound..<(index + 1)
      return
    }
    if !places.isEmpty { links.append(link(to: stop, at: index, of: itinerary, in: snapshot)) }
    places.append(
      Place(
        stack: stop.step.stack, name: snapshot.shortName(of: stop.step.stack),
        address: snapshot.podAddress(of: stop.step.stack), steps: index..<(index + 1), isReached: true))
  }

  private func link(
    to stop: Itinerary.Stop, at index: Int, of itinerary: Itinerary, in snapshot: Snapshot
  ) -> Link {
    let before = itinerary.stops[index - 1]
    let hop = itinerary.hops[before.hop]
    guard before.hop != stop.hop else {
      return Link(
        kind: .veth, tunnel: nil, step: before.step.isTransmission ? index - 1 : nil, isReached: true)
    }
    let wire = snapshot.wire(behind: hop.departure, of: hop.node)
    let kind = wire.map { Link.Kind.wire($0.id, subnet: $0.subnet) } ?? .unknown
    let tunnel = hop.isEncapsulated ? before.step.after.tunnel : nil
    return Link(
      kind: kind, tunnel: tunnel, step: before.step.isTransmission ? index - 1 : nil, isReached: true)
  }

  private mutating func nameInterfaces(_ itinerary: Itinerary, in snapshot: Snapshot) {
    for index in places.indices {
      guard case .host = places[index].stack else { continue }
      let hop = itinerary.hops[itinerary.stops[places[index].steps.lowerBound].hop]
      places[index].arrival = hop.arrival
      places[index].departure = hop.departure
    }
    guard let last = places.indices.last, case .host = places[last].stack,
      outcome?.disposition == .exitsNetwork, let interface = outcome?.interface ?? places[last].departure
    else { return }
    exit = Exit(interface: interface, nextHop: itinerary.stops.lastNextHop)
    places[last].departure = nil
  }
}

extension [Itinerary.Stop] {
  /// Whom the last neighbor lookup asked for.
  fileprivate var lastNextHop: IPv4Address? {
    for stop in reversed() {
      if case .neighbor(let evidence) = stop.step.evidence { return evidence.address }
    }
    return nil
  }
}

extension Step {
  /// The packet goes onto a wire with this step.
  fileprivate var isTransmission: Bool {
    if case .transmission = evidence { kind == .transmit } else { false }
  }
}

extension Packet {
  /// The encapsulation that the packet is in; `nil` where it is in none.
  fileprivate var tunnel: TunnelProtocol? {
    guard let index = tunnelIndex else { return nil }
    if case .geneve = headers[index] { return .geneve }
    return .vxlan
  }
}

// MARK: The way not taken

extension Stage {
  private mutating func goOn(to destination: IPv4Address, in snapshot: Snapshot) {
    guard let last = places.last, let target = snapshot.owner(of: destination) else { return }
    guard let machine = snapshot.machine(of: target) else { return }
    if last.stack != .host(machine), !places.contains(where: { $0.stack == .host(machine) }) {
      append(.host(machine), behind: last, in: snapshot)
    }
    if case .pod = target, places.last?.stack == .host(machine) {
      places[places.count - 1].departure = places[places.count - 1].departure ?? snapshot.hostSide(of: target)
      links.append(Link(kind: .veth, tunnel: nil, step: nil, isReached: false))
      places.append(unreached(target, in: snapshot))
    }
  }

  private mutating func append(_ stack: StackID, behind last: Place, in snapshot: Snapshot) {
    var place = unreached(stack, in: snapshot)
    var kind = Link.Kind.unknown
    if let shared = snapshot.sharedWire(last.stack, stack) {
      kind = .wire(shared.wire.id, subnet: shared.wire.subnet)
      place.arrival = shared.right
      if places[places.count - 1].departure == nil { places[places.count - 1].departure = shared.left }
    }
    links.append(Link(kind: kind, tunnel: nil, step: nil, isReached: false))
    places.append(place)
  }

  private func unreached(_ stack: StackID, in snapshot: Snapshot) -> Place {
    Place(
      stack: stack, name: snapshot.shortName(of: stack), address: snapshot.podAddress(of: stack),
      steps: 0..<0,
      isReached: false)
  }
}
