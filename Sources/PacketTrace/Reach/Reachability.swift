import ControlPlane
import NetModel

/// Who reaches whom: the end of a packet, and of its answer, for every pair.
package struct Reachability: Hashable, Sendable {
  /// Pods, then machines, each in ascending order of name.
  package let sources: [NamedFlow.End]
  /// Pods, then machines, then Services, each in ascending order of name.
  package let destinations: [NamedFlow.End]
  /// Row by row: for each source all destinations.
  package let cells: [Cell]

  package init(sources: [NamedFlow.End], destinations: [NamedFlow.End], cells: [Cell]) {
    self.sources = sources
    self.destinations = destinations
    self.cells = cells
  }

  package struct Cell: Hashable, Sendable {
    /// Positions in `sources` and `destinations`.
    package var source: Int
    package var destination: Int
    /// Where a path or its answer failed first; where none did, where the first path arrived.
    package var outcome: Outcome

    package init(source: Int, destination: Int, outcome: Outcome) {
      self.source = source
      self.destination = destination
      self.outcome = outcome
    }

    package var isReached: Bool { outcome.disposition == .delivered }
  }
}

extension Snapshot {
  /// Follows a connection's first segment and its answer between all pods, machines and Services: to port 80,
  /// and to a Service's first port.
  ///
  /// A Service counts as reached where every backend is; one without any port is left out.
  /// - Complexity: a walk for each pair and backend.
  package func reachability() -> Reachability {
    let senders =
      pods.map { (StackID.pod($0.pod), end(.pod($0))) } + machines.map { (.host($0), end(.host($0))) }
    let targets = senders.compactMap { reachTarget($0.1) } + services.compactMap { reachTarget($0) }
    let cells = senders.enumerated().flatMap { row, sender in
      targets.enumerated().map { column, target in
        let flow = Flow(origin: sender.0, destination: target.address, content: target.content)
        let outcome = walk(flow, roundTrip: true).verdict
        return Reachability.Cell(source: row, destination: column, outcome: outcome)
      }
    }
    return Reachability(sources: senders.map(\.1), destinations: targets.map(\.end), cells: cells)
  }

  private struct ReachTarget {
    let end: NamedFlow.End
    let address: IPv4Address
    let content: Flow.Content
  }

  private var machines: [NodeID] {
    stacks.compactMap { if case .host(let node) = $0.id { node } else { nil } }
  }

  private func reachTarget(_ end: NamedFlow.End) -> ReachTarget? {
    end.address.map {
      ReachTarget(end: end, address: $0, content: .transport(.tcp, port: FlowRequest.defaultPort))
    }
  }

  private func reachTarget(_ service: ServiceID) -> ReachTarget? {
    guard let frontend = try? frontend(of: service, port: nil, nil).frontend else { return nil }
    var end = end(.service(service))
    end.address = frontend.address
    return ReachTarget(
      end: end, address: frontend.address,
      content: .transport(frontend.transport, port: frontend.port))
  }
}

extension Walk {
  /// The first failure of a path or of its answer; where all arrive, the outcome of the first path.
  fileprivate var verdict: Outcome {
    for path in paths {
      for outcome in [path.outcome, path.reply?.outcome].compactMap(\.self)
      where outcome.disposition != .delivered {
        return outcome
      }
    }
    return paths[0].outcome
  }
}
