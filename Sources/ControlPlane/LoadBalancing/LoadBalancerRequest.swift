import NetModel

/// What a Service asks LB-IPAM for: addresses, and whom it shares them with.
///
/// Source: Cilium `pkg/annotation/k8s.go`; `operator/pkg/lbipam/lbipam.go`, `getSVCRequestedIPs`.
package struct LoadBalancerRequest: Hashable, Sendable {
  /// In the order of asking; empty for any address.
  package var addresses: [IPAddress] = []
  /// Empty for nobody.
  package var sharingKey = ""
  /// The namespaces whose Services may share; `*` for all.
  package var sharingNamespaces: [String] = []

  package init() {}

  /// What stands in `spec.loadBalancerIP` and in the annotations; entries that are no addresses are passed over.
  package init(loadBalancerIP: String?, annotations: Labels) {
    let list = annotations.first(["lbipam.cilium.io/ips", "io.cilium/lb-ipam-ips"]) ?? ""
    let texts = [loadBalancerIP ?? ""] + list.split(separator: ",").map { String($0).trimmingBlanks }
    for address in texts.compactMap({ IPAddress(parsing: $0) }) where address != addresses.last {
      addresses.append(address)
    }
    sharingKey =
      annotations.first(["lbipam.cilium.io/sharing-key", "io.cilium/lb-ipam-sharing-key"]) ?? ""
    let namespaces = annotations.first([
      "lbipam.cilium.io/sharing-cross-namespace", "io.cilium/lb-ipam-sharing-cross-namespace",
    ])
    if let namespaces, !namespaces.isEmpty {
      sharingNamespaces = namespaces.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// True where Services of a namespace may share.
  func permits(_ namespace: String) -> Bool {
    sharingNamespaces.contains(namespace) || sharingNamespaces.contains("*")
  }
}

extension Labels {
  /// The value of the first of these keys that is there.
  func first(_ keys: [String]) -> String? {
    keys.lazy.compactMap { self[$0] }.first
  }
}

extension String {
  /// The text without white space at its ends.
  var trimmingBlanks: String {
    let front = drop(while: \.isWhitespace)
    return String(front.reversed().drop(while: \.isWhitespace).reversed())
  }
}
