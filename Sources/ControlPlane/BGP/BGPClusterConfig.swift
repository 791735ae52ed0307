import NetModel

/// A CiliumBGPClusterConfig: which nodes speak BGP, as whom, and to whom.
///
/// Source: Cilium `pkg/k8s/apis/cilium.io/v2/bgp_cluster_types.go`.
package struct BGPClusterConfig: Hashable, Sendable {
  package var name: String
  /// `nil` for all nodes.
  package var nodeSelector: LabelSelector?
  package var instances: [Instance]

  package struct Instance: Hashable, Sendable {
    package var name: String
    package var localASN: UInt32
    package var localPort: UInt16?
    package var peers: [Peer]
  }

  package struct Peer: Hashable, Sendable {
    package var name: String
    package var address: IPv4Address?
    package var asn: UInt32
    /// The name of the CiliumBGPPeerConfig; `nil` where the defaults hold.
    package var config: String?
  }

  init(_ object: StoredObject) {
    name = object.id.name
    nodeSelector = object.spec["nodeSelector"].map { LabelSelector(document: $0) }
    instances = (object.spec["bgpInstances"]?.elements ?? []).map { Instance(document: $0) }
  }

  func selects(_ node: ClusterNode) -> Bool { nodeSelector?.selects(node.labels) ?? true }
}

extension BGPClusterConfig.Instance {
  fileprivate init(document: JSONValue) {
    name = document["name"]?.text ?? ""
    localASN = UInt32(clamping: document["localASN"]?.integer ?? 0)
    localPort = document["localPort"]?.integer.flatMap { UInt16(exactly: $0) }
    peers = (document["peers"]?.elements ?? []).map { peer in
      BGPClusterConfig.Peer(
        name: peer["name"]?.text ?? "",
        address: peer["peerAddress"]?.text.flatMap { IPv4Address(parsing: $0) },
        asn: UInt32(clamping: peer["peerASN"]?.integer ?? 0),
        config: peer.value(at: "peerConfigRef", "name")?.text)
    }
  }
}

/// A CiliumBGPPeerConfig: how sessions are kept and what goes through them.
///
/// Source: Cilium `pkg/k8s/apis/cilium.io/v2/bgp_peer_types.go`.
package struct BGPPeerConfig: Hashable, Sendable {
  package var name: String
  package var holdTime: Duration
  package var keepAliveTime: Duration
  package var connectRetryTime: Duration
  /// How many hops away a peer of another system may be.
  package var multihop: Int
  package var peerPort: UInt16
  /// How long a peer keeps routes after the session has ended; `nil` without graceful restart.
  package var restartTime: Duration?
  /// In the order of the object.
  package var families: [Family]

  package struct Family: Hashable, Sendable {
    package var afi: String
    package var safi: String
    /// Which advertisements go through; `nil` for none.
    package var advertisements: LabelSelector?
  }

  /// What holds where a peer names no configuration: both families, and no advertisement.
  init() {
    self.init(name: "", spec: .object([]))
  }

  init(_ object: StoredObject) {
    self.init(name: object.id.name, spec: object.spec)
  }

  private init(name: String, spec: JSONValue) {
    self.name = name
    func seconds(_ path: String, _ fallback: Int) -> Duration {
      .seconds(spec.value(at: "timers", path)?.integer ?? fallback)
    }
    holdTime = seconds("holdTimeSeconds", 90)
    keepAliveTime = seconds("keepAliveTimeSeconds", 30)
    connectRetryTime = seconds("connectRetryTimeSeconds", 120)
    multihop = spec["ebgpMultihop"]?.integer ?? 1
    peerPort = spec.value(at: "transport", "peerPort")?.integer.flatMap { UInt16(exactly: $0) } ?? 179
    let isGraceful = spec.value(at: "gracefulRestart", "enabled")?.boolean ?? false
    restartTime =
      isGraceful ? .seconds(spec.value(at: "gracefulRestart", "restartTimeSeconds")?.integer ?? 120) : nil
    families = (spec["families"]?.elements ?? []).map { family in
      Family(
        afi: family["afi"]?.text ?? "ipv4", safi: family["safi"]?.text ?? "unicast",
        advertisements: family["advertisements"].map { LabelSelector(document: $0) })
    }
    if families.isEmpty {
      families = ["ipv4", "ipv6"].map { Family(afi: $0, safi: "unicast", advertisements: nil) }
    }
  }
}

/// A CiliumBGPAdvertisement: what is advertised.
///
/// Source: Cilium `pkg/k8s/apis/cilium.io/v2/bgp_advert_types.go`.
package struct BGPAdvertisement: Hashable, Sendable {
  package var name: String
  package var labels: Labels
  package var entries: [Entry]

  package struct Entry: Hashable, Sendable {
    package var type: String
    /// Which addresses of Services: `LoadBalancerIP`, `ClusterIP`, `ExternalIP`.
    package var serviceAddresses: [String]
    /// Which Services; `nil` for none.
    package var selector: LabelSelector?
    /// In the order of the object.
    package var communities: [String]
  }

  init(_ object: StoredObject) {
    name = object.id.name
    labels = object.labels
    entries = (object.spec["advertisements"]?.elements ?? []).map { entry in
      let communities = entry.value(at: "attributes", "communities")
      return Entry(
        type: entry["advertisementType"]?.text ?? "",
        serviceAddresses: (entry.value(at: "service", "addresses")?.elements ?? []).compactMap(\.text),
        selector: entry["selector"].map { LabelSelector(document: $0) },
        communities: ["standard", "wellKnown", "large"].flatMap {
          (communities?[$0]?.elements ?? []).compactMap(\.text)
        })
    }
  }
}

extension Cluster {
  /// The oldest first: it keeps the nodes that a later one selects, too.
  package var bgpClusterConfigs: [BGPClusterConfig] {
    bgpClusterConfigObjects.map { BGPClusterConfig($0) }
  }

  /// Their objects, in the same order.
  var bgpClusterConfigObjects: [StoredObject] {
    documents.filter { $0.id.kind == "CiliumBGPClusterConfig" }.sorted { $0.created < $1.created }
  }

  /// The configuration of that name; `nil` where there is none.
  package func bgpPeerConfig(_ name: String) -> BGPPeerConfig? {
    document(DocumentID(kind: "CiliumBGPPeerConfig", name: name)).map { BGPPeerConfig($0) }
  }

  /// In ascending order of name.
  package var bgpAdvertisements: [BGPAdvertisement] {
    documents.filter { $0.id.kind == "CiliumBGPAdvertisement" }.map { BGPAdvertisement($0) }
  }
}
