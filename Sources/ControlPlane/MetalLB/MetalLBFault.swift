import NetModel

/// Why MetalLB refuses a configuration; the description is its own sentence.
///
/// Source: MetalLB `internal/config/config.go`, `poolsFor`; `internal/k8s/webhooks/webhookv1beta1`.
enum MetalLBFault: Error, Hashable, CustomStringConvertible {
  case noAddresses(pool: String)
  /// An entry of a pool, and what is wrong with it.
  case badAddresses(String, String, pool: String)
  case overlap(String, pool: String, with: String)
  case foreignNamespace

  var description: String {
    switch self {
    case .noAddresses(let pool): "parsing address pool \(pool): pool has no prefixes defined"
    case .badAddresses(let entry, let problem, let pool):
      "parsing address pool \(pool): invalid CIDR \(JSONValue.quoted(entry)) in pool \"\(pool)\": \(problem)"
    case .overlap(let prefix, let pool, let other):
      "CIDR \"\(prefix)\" in pool \"\(pool)\" overlaps with already defined CIDR \"\(other)\""
    case .foreignNamespace: "resource must be created in \(MetalLB.namespace) namespace"
    }
  }
}
