import Importing
import NetModel
import PacketTesting
import Testing

@testable import ControlPlane

/// Control loops that look at what has changed come to the same as those that look at everything.
@Suite struct IncrementalTests {
  private static let applications = ["a", "b", "webpod"]

  /// One thing that may happen; what makes no sense just now is refused and changes nothing.
  private static func happening(_ draw: inout Draw, _ lab: inout ObjectLab) {
    let name = applications[draw.number(in: 0...2)]
    let other = applications[draw.number(in: 0...2)]
    let node = ["k8s-ctr", "k8s-w0", "k8s-w1"][draw.number(in: 0...2)]
    let policy = ["Cluster", "Local"][draw.number(in: 0...1)]
    let type = ["ClusterIP", "NodePort", "LoadBalancer"][draw.number(in: 0...2)]
    let port = draw.number(in: 80...84)
    switch draw.number(in: 0...15) {
    case 0, 1:
      _ = try? lab.create(
        """
        {apiVersion: v1, kind: Service, metadata: {name: s-\(name)}, spec: {type: \(type), selector: {app: \(other)},
         internalTrafficPolicy: \(policy), ports: [{port: \(port), targetPort: 80}]}}
        """)
    case 2: _ = try? lab.delete("Service", "s-\(name)")
    case 3: _ = try? lab.patch("Service", "s-\(name)", "{spec: {type: \(type)}}")
    case 4: _ = try? lab.patch("Service", "s-\(name)", "{spec: {selector: {app: \(other)}}}")
    case 5: _ = try? lab.patch("Service", "s-\(name)", .merge, "{spec: {ports: [{port: \(port)}]}}")
    case 6:
      _ = try? lab.create(
        """
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: \(name)}, spec: {replicas: 2,
         selector: {matchLabels: {app: \(name)}}, template: {metadata: {labels: {app: \(name)}},
         spec: {containers: [{name: c, image: traefik/whoami}]}}}}
        """)
    case 7: _ = try? lab.delete("Deployment", name)
    case 8:
      let id = WorkloadID(.deployment, namespace: "default", name: name)
      try? lab.network.apply(.scale(id, replicas: draw.number(in: 0...5)), at: lab.now)
    case 9:
      let pods = lab.network.cluster?.pods.filter { $0.id.namespace == "default" } ?? []
      guard let pod = pods.isEmpty ? nil : pods[draw.number(in: 0...pods.count - 1)] else { return }
      try? lab.network.apply(.delete(.pod(pod.id)), at: lab.now)
    case 10:
      let pods = lab.names("Pod", namespace: "default")
      guard !pods.isEmpty else { return }
      let pod = pods[draw.number(in: 0...pods.count - 1)]
      _ = try? lab.patch("Pod", pod, "{metadata: {labels: {app: \(other)}}}")
    case 11: try? lab.network.apply(.restartAgents(.node(NodeID(node))), at: lab.now)
    case 12: try? lab.network.apply(.reboot(NodeID(node), isClean: port > 81), at: lab.now)
    case 13:
      lab.now = lab.now + .seconds(draw.number(in: 1...120))
      lab.network.advance(to: lab.now)
    case 14:
      _ = try? lab.create(
        """
        {apiVersion: cilium.io/v2, kind: CiliumLoadBalancerIPPool, metadata: {name: p-\(name)},
         spec: {blocks: [{start: 10.9.\(port).1, stop: 10.9.\(port).2}]}}
        """)
    default: _ = try? lab.patch("Node", node, namespace: "", "{spec: {unschedulable: \(policy == "Local")}}")
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func whatHasNotChangedHasNothingToDo(seed: UInt64) throws {
    var lab = try ObjectLab()
    var draw = Draw(seed: seed, for: "incremental")
    for step in 0..<50 {
      Self.happening(&draw, &lab)
      var full = lab.network
      full.cluster?.forgetIndex()
      // An edit that touches no object lets all control loops run.
      try full.apply(.learnNeighbors([]), at: full.now)
      full.revision = lab.network.revision
      #expect(full.cluster == lab.network.cluster, "seed \(seed), step \(step)")
      #expect(full.snapshot() == lab.network.snapshot(), "seed \(seed), step \(step)")
    }
  }
}
