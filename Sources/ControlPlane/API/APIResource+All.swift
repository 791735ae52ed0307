/// Source: `kubectl api-resources` of Kubernetes 1.33; Cilium `pkg/k8s/apis/cilium.io/v2/*_types.go`.
extension APIResource {
  /// All resources that a cluster serves, in the order of `kubectl api-resources`.
  package static let all: [APIResource] =
    core + apps + cilium + metalLB + [
      APIResource(
        group: "coordination.k8s.io", kind: "Lease", plural: "leases", singular: "lease"),
      APIResource(
        group: "discovery.k8s.io", kind: "EndpointSlice", plural: "endpointslices", singular: "endpointslice"),
      APIResource(
        group: "networking.k8s.io", kind: "NetworkPolicy", plural: "networkpolicies",
        singular: "networkpolicy", shortNames: ["netpol"]),
    ]

  private static let core = [
    APIResource(kind: "ConfigMap", plural: "configmaps", singular: "configmap", shortNames: ["cm"]),
    APIResource(kind: "Endpoints", plural: "endpoints", singular: "endpoints", shortNames: ["ep"]),
    APIResource(
      kind: "Namespace", plural: "namespaces", singular: "namespace", shortNames: ["ns"], isNamespaced: false),
    APIResource(kind: "Node", plural: "nodes", singular: "node", shortNames: ["no"], isNamespaced: false),
    APIResource(kind: "Pod", plural: "pods", singular: "pod", shortNames: ["po"], categories: ["all"]),
    APIResource(
      kind: "Service", plural: "services", singular: "service", shortNames: ["svc"], categories: ["all"]),
  ]

  private static let apps = [
    APIResource(
      group: "apps", kind: "DaemonSet", plural: "daemonsets", singular: "daemonset", shortNames: ["ds"],
      categories: ["all"]),
    APIResource(
      group: "apps", kind: "Deployment", plural: "deployments", singular: "deployment",
      shortNames: ["deploy"], categories: ["all"]),
    APIResource(
      group: "apps", kind: "ReplicaSet", plural: "replicasets", singular: "replicaset", shortNames: ["rs"],
      categories: ["all"]),
  ]

  /// Source: MetalLB v0.15 `config/crd/bases/`.
  private static let metalLB = ["IPAddressPool", "L2Advertisement", "ServiceL2Status"].map { kind in
    APIResource(
      group: "metallb.io", version: "v1beta1", kind: kind,
      plural: kind.lowercased() + (kind.hasSuffix("s") ? "es" : "s"), singular: kind.lowercased())
  }

  private static let cilium = [
    cilium("CiliumBGPAdvertisement", shortNames: ["cbgpadvert"], categories: ["cilium", "ciliumbgp"]),
    cilium("CiliumBGPClusterConfig", shortNames: ["cbgpcluster"], categories: ["cilium", "ciliumbgp"]),
    cilium(
      "CiliumBGPNodeConfigOverride", shortNames: ["cbgpnodeoverride"], categories: ["cilium", "ciliumbgp"]),
    cilium("CiliumBGPNodeConfig", shortNames: ["cbgpnode"], categories: ["cilium", "ciliumbgp"]),
    cilium("CiliumBGPPeerConfig", shortNames: ["cbgppeer"], categories: ["cilium", "ciliumbgp"]),
    cilium(
      "CiliumClusterwideNetworkPolicy", plural: "ciliumclusterwidenetworkpolicies", shortNames: ["ccnp"],
      categories: ["cilium", "ciliumpolicy"]),
    cilium("CiliumEndpoint", shortNames: ["cep", "ciliumep"], categories: ["cilium"], isNamespaced: true),
    cilium(
      "CiliumIdentity", plural: "ciliumidentities", shortNames: ["ciliumid"], categories: ["cilium"]),
    cilium(
      "CiliumL2AnnouncementPolicy", version: "v2alpha1", plural: "ciliuml2announcementpolicies",
      shortNames: ["l2announcement"], categories: ["cilium"]),
    cilium(
      "CiliumLoadBalancerIPPool", plural: "ciliumloadbalancerippools",
      shortNames: ["ippools", "ippool", "lbippool", "lbippools"], categories: ["cilium"],
      otherVersions: ["v2alpha1"]),
    cilium(
      "CiliumNetworkPolicy", plural: "ciliumnetworkpolicies", shortNames: ["cnp", "ciliumnp"],
      categories: ["cilium", "ciliumpolicy"], isNamespaced: true),
    cilium("CiliumNode", shortNames: ["cn", "ciliumn"], categories: ["cilium"]),
  ]

  private static func cilium(
    _ kind: String, version: String = "v2", plural: String? = nil, shortNames: [String],
    categories: [String], isNamespaced: Bool = false, otherVersions: [String] = []
  ) -> APIResource {
    APIResource(
      group: "cilium.io", version: version, kind: kind, plural: plural ?? kind.lowercased() + "s",
      singular: kind.lowercased(), shortNames: shortNames, categories: categories, isNamespaced: isNamespaced,
      otherVersions: otherVersions)
  }

  /// The resource of a kind; `nil` where the cluster serves none.
  package static func of(kind: String) -> APIResource? {
    all.first { $0.kind == kind }
  }

  /// The resource of an object by its `apiVersion` and `kind`; `nil` where the cluster serves none.
  package static func of(apiVersion: String, kind: String) -> APIResource? {
    all.first { $0.kind == kind && $0.serves(apiVersion) }
  }
}
