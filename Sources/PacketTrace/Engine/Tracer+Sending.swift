import ControlPlane
import NetModel

extension Tracer {
  /// A program hands its packet to the stack it runs in.
  mutating func send() -> Stage? {
    guard let stack = snapshot.stack(journey.place), let node = machine(of: journey.place) else {
      journey.outcome = Outcome(
        disposition: .undecided, node: NodeID(journey.place.description), reason: .unknownAttachment)
      return nil
    }
    journey.beginHop(on: node, arrival: hostSide(of: journey.place))
    journey.record(.send, .program, .call(journey.place), by: .firstPacket)
    guard translateAtSocket() else { return nil }
    return routeOwnPacket(in: stack)
  }

  private func hostSide(of place: StackID) -> String? {
    guard case .pod(let pod) = place else { return nil }
    return endpoint(of: pod)?.interface
  }

  private mutating func routeOwnPacket(in stack: NetworkStack) -> Stage? {
    guard let ip = journey.packet.innerIP else { return nil }
    guard !isForKubeProxy else {
      return journey.end(.undecided, .notModelled, .routeOutput, by: .limitOfTheModel)
    }
    var query = journey.packet.query(arrivingBy: nil)
    if !journey.isReply { query.outputInterface = journey.connection.device }
    var lookup = routeOut(query, in: stack)
    if !journey.isReply, journey.packet.tcp != nil, let again = stack.questionOfConnecting(after: lookup) {
      lookup = routeOut(again, in: stack)
    }
    let largest = lookup.selection.map { limit(of: $0) } ?? 0
    switch lookup.result {
    case .local: return .accept
    case .unicast(let selection):
      if case .refused(let end) = fit(
        into: largest, .routeOutput, on: selection.interface, isForwarding: false)
      {
        return end
      }
      return leave(stack, by: selection, to: ip.destination)
    case .broadcast, .multicast:
      return journey.end(.undecided, .notModelled, .routeOutput, by: .limitOfTheModel)
    case .failed(let error): return endWithout(route: error, lookup, .routeOutput)
    }
  }

  private mutating func routeOut(_ query: RouteQuery, in stack: NetworkStack) -> RouteLookup {
    let lookup = follow(stack.lookup(query))
    let largest = lookup.selection.map { limit(of: $0) } ?? 0
    journey.record(.routeLookup, .routeOutput, .route(lookup), by: .routeOutput) { packet in
      guard let selection = lookup.selection else { return }
      if query.source == nil { packet.innerIP?.source = selection.preferredSource ?? .any }
      FirstPacket.fitSegments(of: &packet, toMTU: largest)
    }
    return lookup
  }

  private mutating func leave(
    _ stack: NetworkStack, by selection: RouteLookup.Selection, to destination: IPv4Address
  ) -> Stage? {
    let nextHop = selection.nextHop(to: destination)
    guard case .pod(let pod) = stack.id else {
      postRoute(by: selection.interface, to: nextHop)
      return leaveHost(by: selection.interface, to: nextHop)
    }
    guard resolve(nextHop, on: selection.interface, in: stack, .neighborResolve) else { return nil }
    guard let endpoint = endpoint(of: pod) else {
      return journey.end(.undecided, .unknownAttachment, .queueTransmit, by: .limitOfTheModel)
    }
    journey.place = .host(journey.node)
    return .fromContainer(endpoint)
  }

  /// Where a packet of the host's own, or one it forwards, goes on by the chosen device.
  mutating func leaveHost(by device: String, to nextHop: IPv4Address) -> Stage? {
    guard let interface = hostStack?.interface(named: device) else {
      return journey.end(.undecided, .unknownAttachment, .queueTransmit, on: device, by: .limitOfTheModel)
    }
    guard interface.isUp else {
      return journey.end(.dropped, .linkDown, .queueTransmit, on: device, by: .routeOutput)
    }
    switch interface.attachment {
    case .veth(let peer) where peer.stack == .host(journey.node):
      guard let stack = hostStack, resolve(nextHop, on: device, in: stack, .neighborResolve) else {
        return nil
      }
      return .fromHost
    case .veth(let peer):
      guard case .pod(let pod) = peer.stack, let endpoint = endpoint(of: pod), let stack = hostStack else {
        return .output(device: device, nextHop: nextHop)
      }
      guard resolve(nextHop, on: device, in: stack, .neighborResolve) else { return nil }
      return .toContainer(endpoint)
    case .wire, .unknown, .dummy, .loopback: return .output(device: device, nextHop: nextHop)
    case .tunnel:
      return journey.end(.undecided, .notModelled, .queueTransmit, on: device, by: .limitOfTheModel)
    }
  }

  /// The end of a packet that no route leads on.
  mutating func endWithout(route error: RouteError, _ lookup: RouteLookup, _ hook: Step.Hook) -> Stage? {
    let refusedByRoute = lookup.deciding?.isUnreachable == true
    let (disposition, reason): (Disposition, Reason) =
      switch error {
      case .networkUnreachable: (.noRoute, .noRoute)
      case .hostUnreachable where refusedByRoute: (.nullRouted, .unreachableRoute)
      case .hostUnreachable: (.dropped, .forwardingDisabled)
      case .prohibited: (.nullRouted, .prohibitRoute)
      case .invalid(.blackhole): (.nullRouted, .blackholeRoute)
      case .invalid(.reversePath): (.dropped, .reversePathFilter)
      case .invalid(.martianSource), .invalid(.martianDestination): (.dropped, .martian)
      case .invalid(.noSuchInterface), .invalid(.sourceNotOwn): (.noRoute, .noRoute)
      }
    guard hook == .routeInput else { return journey.end(disposition, reason, hook, by: .routeOutput) }
    return refuse(disposition, reason, hook, by: .routeInput)
  }
}

extension RouteLookup.Consultation {
  /// The rule itself, or the route that won in its table, says that the destination cannot be reached.
  fileprivate var isUnreachable: Bool {
    verdict == .refused || candidates.contains { $0.won && $0.route.type == .unreachable }
  }
}
