import NetModel

/// What LB-IPAM sees of a Service.
///
/// Source: Cilium `operator/pkg/lbipam/service_store.go`, `ServiceView`.
package struct ServiceView: Hashable, Sendable {
  package var id: ServiceID
  package var labels: Labels
  package var created: Creation
  /// `spec.type` is LoadBalancer.
  package var isLoadBalancer: Bool
  package var loadBalancerClass: String?
  package var ipFamilyPolicy: IPFamilyPolicy?
  package var ipFamilies: [IPFamily]
  package var request: LoadBalancerRequest
  package var ports: [Port]
  package var externalTrafficPolicy: Service.TrafficPolicy
  package var selector: Labels
  /// Addresses that somebody else brings to the nodes.
  package var externalIPs: [IPAddress]
  package var ingress: [LoadBalancerIngress]
  package var conditions: [Condition]

  package init(
    id: ServiceID, labels: Labels = Labels(), created: Creation = .unset, isLoadBalancer: Bool = true,
    loadBalancerClass: String? = nil, ipFamilyPolicy: IPFamilyPolicy? = nil, ipFamilies: [IPFamily] = [],
    request: LoadBalancerRequest = LoadBalancerRequest(), ports: [Port] = [],
    externalTrafficPolicy: Service.TrafficPolicy = .cluster, selector: Labels = Labels(),
    externalIPs: [IPAddress] = [], ingress: [LoadBalancerIngress] = [], conditions: [Condition] = []
  ) {
    self.id = id
    self.labels = labels
    self.created = created
    self.isLoadBalancer = isLoadBalancer
    self.loadBalancerClass = loadBalancerClass
    self.ipFamilyPolicy = ipFamilyPolicy
    self.ipFamilies = ipFamilies
    self.request = request
    self.ports = ports
    self.externalTrafficPolicy = externalTrafficPolicy
    self.selector = selector
    self.externalIPs = externalIPs
    self.ingress = ingress
    self.conditions = conditions
  }

  /// A port that may clash with that of a sharer.
  package struct Port: Hashable, Sendable {
    package var number: UInt16
    package var transport: Transport

    package init(_ number: UInt16, _ transport: Transport = .tcp) {
      self.number = number
      self.transport = transport
    }
  }

  /// The type of the condition that says whether the Service has what it asked for.
  package static let requestSatisfied = "cilium.io/IPAMRequestSatisfied"

  /// All that it asked for stands in its status: the requested addresses, or one of each family.
  func isSatisfied(families: Set<IPFamily>) -> Bool {
    let assigned = ingress.compactMap { IPAddress(parsing: $0.ip) }
    guard request.addresses.isEmpty else { return request.addresses.allSatisfy(assigned.contains) }
    return families.allSatisfy { family in assigned.contains { $0.family == family } }
  }
}

/// One entry of `status.loadBalancer.ingress`; a text is empty where it is not set.
package struct LoadBalancerIngress: Hashable, Sendable {
  package var ip: String
  package var hostname: String

  package init(ip: String = "", hostname: String = "") {
    self.ip = ip
    self.hostname = hostname
  }
}

/// `spec.ipFamilyPolicy`.
package enum IPFamilyPolicy: String, Hashable, Sendable, CaseIterable {
  case singleStack = "SingleStack"
  case preferDualStack = "PreferDualStack"
  case requireDualStack = "RequireDualStack"
}

/// The labels that selectors of Services meet: those of the Service, and its name and namespace, which nobody can
/// forge.
///
/// Source: Cilium `operator/pkg/lbipam/service_store.go`, `svcLabels`.
package func selectableLabels(of service: ServiceID, _ labels: Labels) -> Labels {
  var selectable = labels
  selectable["io.kubernetes.service.name"] = service.name
  selectable["io.kubernetes.service.namespace"] = service.namespace
  return selectable
}
