import ControlPlane

/// The columns in which the API server shows each kind.
///
/// Source: Kubernetes `pkg/printers/internalversion/printers.go`; for Cilium's kinds the `printcolumn` marks in
/// `pkg/k8s/apis/cilium.io/*/*_types.go`.
enum ResourceColumns {
  /// The columns of a resource; name and age for one that says nothing about columns.
  static func of(_ resource: APIResource) -> [TableColumn] {
    byKind[resource.kind] ?? [.name, .age]
  }

  private static let byKind: [String: [TableColumn]] = [
    "ConfigMap": [.name, .dataCount, .age],
    "Endpoints": [.name, .endpoints, .age],
    "Namespace": [.name, .phase, .age],
    "Node": node,
    "Pod": pod,
    "Service": service,
    "DaemonSet": daemonSet,
    "Deployment": deployment,
    "ReplicaSet": replicaSet,
    "Lease": [.name, .holder, .age],
    "EndpointSlice": endpointSlice,
    "NetworkPolicy": [.name, .podSelector, .age],
    "CiliumEndpoint": ciliumEndpoint,
    "CiliumNode": ciliumNode,
    "CiliumIdentity": [
      .name, TableColumn("NAMESPACE", path: ".metadata.labels.io\\.kubernetes\\.pod\\.namespace"), .age,
    ],
    "CiliumLoadBalancerIPPool": loadBalancerIPPool,
    "IPAddressPool": ipAddressPool,
    "L2Advertisement": l2Advertisement,
    "ServiceL2Status": serviceL2Status,
    "CiliumNetworkPolicy": [.name, .age, .validity],
    "CiliumClusterwideNetworkPolicy": [.name, .validity],
  ]

  private static let ciliumEndpoint: [TableColumn] = [
    .name,
    TableColumn("SECURITY IDENTITY", path: ".status.identity.id"),
    TableColumn("INGRESS ENFORCEMENT", isWide: true, path: ".status.policy.ingress.state"),
    TableColumn("EGRESS ENFORCEMENT", isWide: true, path: ".status.policy.egress.state"),
    TableColumn("ENDPOINT STATE", path: ".status.state"),
    TableColumn("IPV4", path: ".status.networking.addressing[0].ipv4"),
    TableColumn("IPV6", path: ".status.networking.addressing[0].ipv6"),
  ]

  private static let ciliumNode: [TableColumn] = [
    .name,
    TableColumn("CILIUMINTERNALIP", path: ".spec.addresses[?(@.type==\"CiliumInternalIP\")].ip"),
    TableColumn("INTERNALIP", path: ".spec.addresses[?(@.type==\"InternalIP\")].ip"),
    .age,
  ]

  /// Source: MetalLB `api/v1beta1`, marks `printcolumn`.
  private static let ipAddressPool: [TableColumn] = [
    .name, TableColumn("AUTO ASSIGN", path: ".spec.autoAssign"),
    TableColumn("AVOID BUGGY IPS", path: ".spec.avoidBuggyIPs"),
    TableColumn("ADDRESSES", path: ".spec.addresses"),
  ]

  private static let l2Advertisement: [TableColumn] = [
    .name, TableColumn("IPADDRESSPOOLS", path: ".spec.ipAddressPools"),
    TableColumn("IPADDRESSPOOL SELECTORS", path: ".spec.ipAddressPoolSelectors"),
    TableColumn("INTERFACES", path: ".spec.interfaces"),
    TableColumn("NODE SELECTORS", isWide: true, path: ".spec.nodeSelectors"),
  ]

  private static let serviceL2Status: [TableColumn] = [
    .name, TableColumn("ALLOCATED NODE", path: ".status.node"),
    TableColumn("SERVICE NAME", path: ".status.serviceName"),
    TableColumn("SERVICE NAMESPACE", path: ".status.serviceNamespace"),
  ]

  private static let loadBalancerIPPool: [TableColumn] = [
    .name,
    TableColumn("DISABLED", path: ".spec.disabled"),
    TableColumn(
      "CONFLICTING", path: ".status.conditions[?(@.type==\"cilium.io/PoolConflict\")].status"),
    TableColumn(
      "IPS AVAILABLE", path: ".status.conditions[?(@.type==\"cilium.io/IPsAvailable\")].message"),
    .age,
  ]
}

extension TableColumn {
  fileprivate static let validity = TableColumn(
    "VALID", path: ".status.conditions[?(@.type=='Valid')].status")

  fileprivate static let dataCount = TableColumn("DATA") { document in
    String((document["data"]?.members.count ?? 0) + (document["binaryData"]?.members.count ?? 0))
  }

  fileprivate static let phase = TableColumn("STATUS") { document in
    document.value(at: "status", "phase")?.text ?? ""
  }

  fileprivate static let holder = TableColumn("HOLDER") { document in
    document.value(at: "spec", "holderIdentity")?.text ?? ""
  }

  fileprivate static let podSelector = TableColumn("POD-SELECTOR") { document in
    LabelText.selector(document.value(at: "spec", "podSelector"))
  }
}
