import ControlPlane
import NetModel

extension Network {
  /// The edits that a person would try where a packet failed, most likely first.
  func repairs(of failure: Path.Leg, in snapshot: Snapshot) -> [Edit] {
    guard let step = failure.hops.last?.steps.last, let destination = step.before.outerIP?.destination else {
      return []
    }
    let place = RepairPlace(
      snapshot: snapshot, node: failure.outcome.node, device: step.device, destination: destination)
    if failure.outcome.disposition == .denied { return policyRepairs(of: failure, in: snapshot) }
    return place.repairs(for: failure.outcome) + routingModes(for: step.before, in: snapshot)
  }

  /// Other ways of routing between pods, where a pod's packet failed.
  private func routingModes(for packet: Packet, in snapshot: Snapshot) -> [Edit] {
    guard let ip = packet.innerIP, let current = snapshot.agents.first?.datapath.settings.routing,
      snapshot.pods.contains(where: { $0.address == ip.source || $0.address == ip.destination })
    else { return [] }
    let modes: [CiliumSettings.RoutingMode] = [.tunnel(.vxlan), .native]
    return modes.filter { $0 != current }.flatMap(\.edits) + agentsToRestart(in: snapshot)
  }

  /// Agents that run with other settings than their neighbors do.
  private func agentsToRestart(in snapshot: Snapshot) -> [Edit] {
    let settings = Set(snapshot.agents.map(\.datapath.settings))
    return settings.count > 1 ? [.restartAgents(.all)] : []
  }
}

/// Where a packet failed and what it was going to.
private struct RepairPlace {
  let snapshot: Snapshot
  let node: NodeID
  let device: String?
  let destination: IPv4Address

  private var stack: NetworkStack? { snapshot.stack(.host(node)) }

  func repairs(for outcome: Outcome) -> [Edit] {
    switch outcome.reason {
    case .noRoute, .leftNetwork, .fibLookupFailed, .forwardingLoop, .ttlExceeded, .notAddressedToHost:
      routes
    case .blackholeRoute, .unreachableRoute, .prohibitRoute: refusingRoutes + routes
    case .noARPAnswer: neighborRepairs + routes
    case .linkDown: device.map { [.setLink(InterfaceID(.host(node), $0), isUp: true)] } ?? []
    case .forwardingDisabled: [.setSysctl("net.ipv4.ip_forward", value: 1, on: .host(node))]
    case .reversePathFilter: looseSourceCheck
    default: []
    }
  }

  /// Routes to the destination's prefix by every machine next door that could lead there.
  private var routes: [Edit] {
    guard let prefix, let stack else { return [] }
    return gateways.map { gateway in
      let route = Route(
        destination: prefix, protocol: .boot,
        nextHops: [NextHop(gateway: gateway.address, interface: gateway.interface)])
      let exists = stack.routes.routes(in: .main).contains { $0.destination == prefix && $0.metric == 0 }
      return exists ? .replaceRoute(route, on: .host(node)) : .addRoute(route, on: .host(node))
    }
  }

  /// The pod CIDR or the subnet that the destination lies in.
  private var prefix: IPv4Prefix? {
    let podCIDRs = snapshot.agents.flatMap(\.datapath.podCIDRs)
    if let podCIDR = podCIDRs.first(where: { $0.contains(destination) }) { return podCIDR }
    let owner = snapshot.stacks.lazy.compactMap { $0.interface(bearing: destination) }.first
    return owner?.addresses.first { $0.local.address == destination }?.local.prefix
  }

  private struct Gateway {
    let address: IPv4Address
    let interface: String
    /// The machine is the one that the packet is for.
    let isTarget: Bool
  }

  /// The packet's own target where it is on a wire of this machine, else every machine that is.
  private var gateways: [Gateway] {
    guard let stack else { return [] }
    let found = stack.interfaces.filter(\.isRunning).flatMap { interface in
      snapshot.stacks.filter { $0.id != stack.id }.flatMap { other in
        other.interfaces.filter { $0.isRunning && $0.attachment == interface.attachment && $0.isOnWire }
          .compactMap { peer in
            peer.addresses.first.map {
              Gateway(
                address: $0.local.address, interface: interface.name,
                isTarget: other.id == .host(target ?? node))
            }
          }
      }
    }
    let targets = found.filter(\.isTarget)
    return targets.isEmpty ? found : targets
  }

  /// The machine that the destination is on.
  private var target: NodeID? {
    if let pod = snapshot.pods.first(where: { $0.address == destination }) { return pod.node }
    let owner = snapshot.stacks.first { $0.interface(bearing: destination) != nil }
    if case .host(let node) = owner?.id { return node }
    return nil
  }

  private var refusingRoutes: [Edit] {
    let refusing: Set<RouteType> = [.blackhole, .unreachable, .prohibit]
    let routes = stack?.routes.routes(in: .main) ?? []
    return routes.filter { refusing.contains($0.type) && $0.destination.contains(destination) }
      .map { .deleteRoute(RouteSelector($0), on: .host(node)) }
  }

  /// An entry that leads nowhere is forgotten; an interface that is down comes up again.
  private var neighborRepairs: [Edit] {
    let stale = (stack?.neighbors ?? []).filter { $0.interface == device }.map {
      Edit.deleteNeighbor($0.address, interface: $0.interface, on: .host(node))
    }
    let down = snapshot.stacks.flatMap { stack in
      stack.interfaces.filter { $0.isOnWire && !$0.isUp }.map { interface in
        Edit.setLink(InterfaceID(stack.id, interface.name), isUp: true)
      }
    }
    return down + stale
  }

  /// `rp_filter` 2 accepts a source that any route leads back to.
  private var looseSourceCheck: [Edit] {
    device.map { [.setSysctl("net.ipv4.conf.\($0).rp_filter", value: 2, on: .host(node))] } ?? []
  }
}

extension Interface {
  fileprivate var isOnWire: Bool {
    if case .wire = attachment { true } else { false }
  }
}
