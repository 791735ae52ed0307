import ControlPlane
import NetModel
import Testing

/// Where pods are put, by what their manifests ask of nodes.
@Suite struct PlacementTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    /// The pod's demands, as members of its `spec`.
    var spec: String
    /// The nodes that will have it; none for a pod that waits.
    var nodes: Set<String>
  }

  private static func nodeAffinity(_ terms: String) -> String {
    """
    affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [\(terms)]}}}
    """
  }

  static let cases: [Case] = [
    Case(
      testDescription: "selector", spec: "nodeSelector: {kubernetes.io/hostname: k8s-w0}", nodes: ["k8s-w0"]),
    Case(testDescription: "no such node", spec: "nodeSelector: {a: b}", nodes: []),
    Case(
      testDescription: "In",
      spec: nodeAffinity(
        "{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [k8s-w0]}]}"),
      nodes: ["k8s-w0"]),
    Case(
      testDescription: "NotIn",
      spec: nodeAffinity(
        "{matchExpressions: [{key: kubernetes.io/hostname, operator: NotIn, values: [k8s-w0, k8s-ctr]}]}"),
      nodes: ["k8s-w1"]),
    Case(
      testDescription: "all of a term",
      spec: nodeAffinity(
        """
        {matchExpressions: [{key: kubernetes.io/hostname, operator: Exists},
         {key: kubernetes.io/hostname, operator: DoesNotExist}]}
        """), nodes: []),
    Case(
      testDescription: "one of the terms",
      spec: nodeAffinity(
        """
        {matchExpressions: [{key: a, operator: Exists}]},
        {matchFields: [{key: metadata.name, operator: In, values: [k8s-w1]}]}
        """), nodes: ["k8s-w1"]),
    Case(testDescription: "a term that asks for nothing", spec: nodeAffinity("{}"), nodes: []),
    Case(
      testDescription: "numbers",
      spec: nodeAffinity("{matchExpressions: [{key: cores, operator: Gt, values: [\"4\"]}]}"),
      nodes: ["k8s-w0"]),
    Case(
      testDescription: "a taint that is tolerated",
      spec: """
        nodeSelector: {kubernetes.io/hostname: k8s-w1},
        tolerations: [{key: reserved, operator: Exists, effect: NoSchedule}]
        """, nodes: ["k8s-w1"]),
    Case(
      testDescription: "away from its like",
      spec: """
        affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution:
         [{labelSelector: {matchExpressions: [{key: app, operator: In, values: [webpod]}]},
           topologyKey: kubernetes.io/hostname}]}}
        """, nodes: ["k8s-w0"]),
    Case(
      testDescription: "near others",
      spec: affinity(
        "podAffinity", "requiredDuringSchedulingIgnoredDuringExecution: [\(term("app: metrics"))]"), nodes: []
    ),
    Case(
      testDescription: "near those that are on one node",
      spec: affinity(
        "podAffinity", "requiredDuringSchedulingIgnoredDuringExecution: [\(term("app: other"))]"),
      nodes: ["k8s-w0"]),
    Case(
      testDescription: "rather on a node with a label",
      spec: affinity(
        "nodeAffinity",
        """
        preferredDuringSchedulingIgnoredDuringExecution:
         [{weight: 1, preference: {matchExpressions: [{key: cores, operator: In, values: ["8"]}]}},
          {weight: 5, preference: {matchExpressions: [{key: cores, operator: In, values: ["4"]}]}}]
        """), nodes: ["k8s-ctr"]),
    Case(
      testDescription: "rather near others",
      spec: affinity(
        "podAffinity",
        """
        preferredDuringSchedulingIgnoredDuringExecution:
         [{weight: 10, podAffinityTerm: \(term("app: other"))}]
        """), nodes: ["k8s-w0"]),
    Case(
      testDescription: "rather not near others",
      spec: affinity(
        "podAntiAffinity",
        """
        preferredDuringSchedulingIgnoredDuringExecution:
         [{weight: 10, podAffinityTerm: \(term("app: webpod"))}]
        """), nodes: ["k8s-w0"]),
    Case(
      testDescription: "spread over nodes",
      spec: """
        topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname,
         whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: webpod}}}]
        """, nodes: ["k8s-w0", "k8s-ctr", "k8s-w1"]),
    Case(
      testDescription: "spread over a label that no node has",
      spec: """
        topologySpreadConstraints: [{maxSkew: 1, topologyKey: rack, whenUnsatisfiable: DoNotSchedule,
         labelSelector: {matchLabels: {app: webpod}}}]
        """, nodes: []),
  ]

  private static func affinity(_ kind: String, _ demands: String) -> String {
    "affinity: {\(kind): {\(demands)}}"
  }

  private static func term(_ labels: String) -> String {
    "{labelSelector: {matchLabels: {\(labels)}}, topologyKey: kubernetes.io/hostname}"
  }

  /// In the lab webpod runs on k8s-ctr, k8s-w0 and k8s-w1; here it is left on the first and the last.
  private static func lab(taint: Bool) throws -> ObjectLab {
    var lab = try ObjectLab()
    try lab.patch("Node", "k8s-w0", namespace: "", "{metadata: {labels: {cores: \"8\"}}}")
    try lab.patch("Node", "k8s-ctr", namespace: "", "{metadata: {labels: {cores: \"4\"}}}")
    if taint {
      try lab.patch(
        "Node", "k8s-w1", namespace: "", .merge,
        "{spec: {taints: [{key: reserved, value: \"1\", effect: NoSchedule}]}}")
    }
    for pod in lab.network.cluster?.pods ?? []
    where pod.workload.name == "webpod" && pod.node == NodeID("k8s-w0") {
      _ = try lab.patch("Pod", pod.id.name, "{metadata: {labels: {app: other}}}")
      let replacements = (lab.network.cluster?.pods ?? []).filter {
        $0.workload.name == "webpod" && $0.created.order > pod.created.order && $0.node == NodeID("k8s-w0")
      }
      for replacement in replacements {
        _ = try lab.patch("Pod", replacement.id.name, "{metadata: {labels: {app: other}}}")
      }
    }
    return lab
  }

  @Test(arguments: cases) func aPodGoesWhereItMay(_ example: Case) throws {
    var lab = try Self.lab(taint: example.testDescription.hasPrefix("a taint"))
    try lab.create(
      """
      {apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {\(example.spec),
       containers: [{name: c, image: traefik/whoami}]}}
      """)
    let node = lab.network.cluster?.pod(PodID(namespace: "default", name: "x"))?.node?.name
    #expect(node.map { example.nodes.contains($0) } ?? example.nodes.isEmpty, "\(node ?? "none")")
  }

  @Test func spreadPodsFillPartsEvenly() throws {
    var lab = try ObjectLab()
    try lab.run(
      "x", spec: "replicas: 7,",
      pods: """
        topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname,
          whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: x}}}],
        """)
    let pods = (lab.network.cluster?.pods ?? []).filter { $0.workload.name == "x" }
    let counts = Dictionary(grouping: pods, by: \.node).mapValues(\.count)
    #expect(counts.values.sorted() == [2, 2, 3])
  }

  @Test func groupsStayTogether() throws {
    var lab = try ObjectLab()
    let together = Self.affinity(
      "podAffinity", "requiredDuringSchedulingIgnoredDuringExecution: [\(Self.term("app: x"))]")
    try lab.run("x", spec: "replicas: 3,", pods: together + ",")
    let pods = (lab.network.cluster?.pods ?? []).filter { $0.workload.name == "x" }
    #expect(pods.count == 3 && Set(pods.map(\.node)).count == 1 && pods[0].node != nil)
  }

  @Test(arguments: [("NoExecute", true), ("NoSchedule", false)])
  func podsLeaveATaintedNode(effect: String, leave: Bool) throws {
    var lab = try ObjectLab()
    func pods() -> [String] {
      (lab.network.cluster?.pods ?? []).filter { $0.node == NodeID("k8s-w1") }.map(\.workload.name).sorted()
    }
    let before = pods()
    try lab.patch(
      "Node", "k8s-w1", namespace: "", .merge, "{spec: {taints: [{key: k, effect: \(effect)}]}}")
    #expect(pods() == (leave ? ["cilium", "cilium-envoy", "kube-proxy"] : before))
    #expect(lab.network.cluster?.pods.count { $0.workload.name == "webpod" } == 3)
  }

  @Test func aTaintThatAdvisesIsHeededWhereThereIsAChoice() throws {
    var lab = try ObjectLab()
    for node in ["k8s-ctr", "k8s-w0"] {
      try lab.patch(
        "Node", node, namespace: "", .merge, "{spec: {taints: [{key: k, effect: PreferNoSchedule}]}}")
    }
    for name in ["first", "second"] {
      try lab.create(
        "{apiVersion: v1, kind: Pod, metadata: {name: \(name)}, spec: {containers: [{name: c, image: traefik/whoami}]}}"
      )
      let node = lab.network.cluster?.pod(PodID(namespace: "default", name: name))?.node?.name
      #expect(node == "k8s-w1")
    }
  }

  @Test func aTaintKeepsAway() throws {
    var lab = try Self.lab(taint: true)
    try lab.create(
      """
      {apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {nodeSelector: {kubernetes.io/hostname: k8s-w1},
       containers: [{name: c, image: traefik/whoami}]}}
      """)
    #expect(lab.network.cluster?.pod(PodID(namespace: "default", name: "x"))?.node == nil)
  }
}
