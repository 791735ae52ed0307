import ControlPlane
import NetModel

/// BGP sessions and routes as `cilium bgp` and `cilium-dbg bgp` list them.
///
/// Assumed: a router advertises nothing to the nodes.
///
/// Source: Cilium `cilium-cli/bgp/peers.go`, `cilium-cli/bgp/routes.go`, `pkg/bgpv1/api/printer.go`.
struct BGPTables: Sendable {
  let network: Network
  let now: Instant

  private static let columns = TabWriter(minimumWidth: 5, padding: 3)

  /// Which routes are listed.
  enum Routes: Sendable {
    case available, advertised
  }

  /// All nodes' sessions, each node's by local ASN and peer.
  func peers() -> String {
    let head = [
      "Node", "Local AS", "Peer AS", "Peer Address", "Session State", "Uptime", "Family", "Received",
      "Advertised",
    ]
    let rows = sessionsByNode.flatMap { sessions in
      sessions.enumerated().flatMap { index, session in
        peerRows(session, address: address(session)).enumerated().map { family, row in
          [index == 0 && family == 0 ? session.node.name : ""] + row
        }
      }
    }
    return table([head] + rows)
  }

  /// One node's sessions.
  func peers(of node: NodeID) -> String {
    let head = [
      "Local AS", "Peer AS", "Peer Address", "Session", "Uptime", "Family", "Received", "Advertised",
    ]
    let rows = sessions(of: node).flatMap { session in
      peerRows(session, address: "\(address(session)):\(session.peerConfig.peerPort)")
    }
    return table([head] + rows)
  }

  /// All nodes' routes.
  func routes(_ kind: Routes) -> String {
    let peer = kind == .advertised ? ["Peer"] : []
    let rows = sessionsByNode.flatMap { sessions -> [[String]] in
      let rows = routeRows(sessions, kind)
      let name = sessions.first?.node.name ?? ""
      return rows.enumerated().map { index, row in [index == 0 ? name : ""] + row }
    }
    return table([["Node", "VRouter"] + peer + ["Prefix", "NextHop", "Age", "Attrs"]] + rows)
  }

  /// One node's routes.
  func routes(_ kind: Routes, of node: NodeID) -> String {
    let peer = kind == .advertised ? ["Peer"] : []
    return table(
      [["VRouter"] + peer + ["Prefix", "NextHop", "Age", "Attrs"]] + routeRows(sessions(of: node), kind))
  }

  private func table(_ rows: [[String]]) -> String {
    var writer = Self.columns
    return writer.format(rows: rows)
  }

  private var sessionsByNode: [[BGPSession]] {
    let nodes = Set(network.bgpSessions.map(\.node)).sorted()
    return nodes.map(sessions)
  }

  private func sessions(of node: NodeID) -> [BGPSession] {
    network.bgpSessions.filter { $0.node == node }
      .sorted { ($0.localASN, address($0)) < ($1.localASN, address($1)) }
  }

  private func peerRows(_ session: BGPSession, address: String) -> [[String]] {
    let state = session.isEstablished ? "established" : "active"
    let first = ["\(session.localASN)", "\(session.peer.asn)", address, state, age(of: session)]
    return session.peerConfig.families.enumerated().map { index, family in
      let name = "\(family.afi)/\(family.safi)"
      let isListed = session.isEstablished && name == "ipv4/unicast"
      let count = isListed ? network.advertisedRoutes(session).count : 0
      return (index == 0 ? first : first.map { _ in "" }) + [name, "0", "\(count)"]
    }
  }

  private func routeRows(_ sessions: [BGPSession], _ kind: Routes) -> [[String]] {
    switch kind {
    case .advertised:
      return sessions.filter(\.isEstablished).flatMap { session in
        network.advertisedRoutes(session).map { route in
          let hop = "\(session.localAddress)"
          let communities =
            route.communities.isEmpty ? "" : " {Communities: \(route.communities.joined(separator: ", "))}"
          return [
            "\(session.localASN)", address(session), "\(route.prefix)", hop, age(of: session),
            "[{Origin: i} {AsPath: \(session.localASN)} {Nexthop: \(hop)}\(communities)]",
          ]
        }
      }
    case .available:
      var seen: Set<String> = []
      return sessions.flatMap { session in
        network.advertisedRoutes(session).compactMap { route in
          guard seen.insert("\(session.localASN) \(route.prefix)").inserted else { return nil }
          return [
            "\(session.localASN)", "\(route.prefix)", "0.0.0.0", age(of: session),
            "[{Origin: i} {Nexthop: 0.0.0.0}]",
          ]
        }
      }
    }
  }

  private func address(_ session: BGPSession) -> String {
    session.peer.address.map { "\($0)" } ?? ""
  }

  private func age(of session: BGPSession) -> String {
    guard let made = network.start(of: session) else { return "0s" }
    return GoDuration.text(seconds: Int((now.nanoseconds - made.nanoseconds) / 1_000_000_000))
  }
}

/// The words behind `bgp routes`.
///
/// Source: Cilium `cilium-dbg/cmd/bgp_route_get.go`, `parseBGPRoutesMandatoryArgs`.
struct BGPRouteWords: Sendable {
  let kind: BGPTables.Routes
  /// What the tool tells about words that were left out.
  let note: String

  init(_ words: [String], tool: String) throws(ToolFailure) {
    guard let first = words.first else {
      kind = .available
      note = "(Defaulting to `available ipv4 unicast` routes, please see help for more options)\n\n"
      return
    }
    switch first {
    case "available": kind = .available
    case "advertised": kind = .advertised
    default:
      throw .error(
        "invalid argument: invalid table type discriminator `\(first)` (should be `available` / `advertised`)\n"
      )
    }
    let families = Array(words.dropFirst().prefix(2))
    switch families {
    case []: note = "(Defaulting to `ipv4 unicast` AFI & SAFI, please see help for more options)\n\n"
    case ["ipv4"]: note = "(Defaulting to `unicast` SAFI, please see help for more options)\n\n"
    case ["ipv4", "unicast"]: note = ""
    default: throw .notModelled("\(tool) bgp routes " + words.joined(separator: " "))
    }
    if words.count > 3 { throw .notModelled("\(tool) bgp routes " + words.joined(separator: " ")) }
  }
}
