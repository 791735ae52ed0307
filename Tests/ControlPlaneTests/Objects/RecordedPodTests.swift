import ControlPlane
import NetModel
import Testing

@Suite struct RecordedPodTests {
  /// `kubectl get pod -A -owide` and `kubectl get ciliumendpoints -A` of the fresh lab.
  @Test func freshPods() throws {
    let cluster = try #require(week4("fresh").cluster)
    let rows = cluster.pods.map { pod in
      "\(pod.id) \(cluster.address(of: pod).map(\.description) ?? "-") \(pod.node?.name ?? "-") "
        + "\(pod.endpoint.map { String($0.identity.number) } ?? "-")"
    }
    #expect(
      rows == [
        "cilium-monitoring/grafana-5c69859d9-sd2px 172.20.0.177 k8s-ctr 47241",
        "cilium-monitoring/prometheus-6fc896bc5d-6zp8l 172.20.0.147 k8s-ctr 50875",
        "kube-system/cilium-envoy-jxfql 192.168.10.101 k8s-w1 -",
        "kube-system/cilium-envoy-ktv8n 192.168.20.100 k8s-w0 -",
        "kube-system/cilium-envoy-qcq4n 192.168.10.100 k8s-ctr -",
        "kube-system/cilium-fbmct 192.168.10.100 k8s-ctr -",
        "kube-system/cilium-kz49w 192.168.20.100 k8s-w0 -",
        "kube-system/cilium-operator-76788cffb7-h7tl2 192.168.10.100 k8s-ctr -",
        "kube-system/cilium-vmvxn 192.168.10.101 k8s-w1 -",
        "kube-system/coredns-674b8bbfcf-qnc4f 172.20.0.164 k8s-ctr 16563",
        "kube-system/coredns-674b8bbfcf-zr9kv 172.20.0.51 k8s-ctr 16563",
        "kube-system/etcd-k8s-ctr 192.168.10.100 k8s-ctr -",
        "kube-system/hubble-relay-5b48c999f9-d9vwl 172.20.0.136 k8s-ctr 1879",
        "kube-system/hubble-ui-655f947f96-zl8tb 172.20.0.153 k8s-ctr 9336",
        "kube-system/kube-apiserver-k8s-ctr 192.168.10.100 k8s-ctr -",
        "kube-system/kube-controller-manager-k8s-ctr 192.168.10.100 k8s-ctr -",
        "kube-system/kube-proxy-mgwgt 192.168.10.101 k8s-w1 -",
        "kube-system/kube-proxy-wqrg7 192.168.20.100 k8s-w0 -",
        "kube-system/kube-proxy-zz4dx 192.168.10.100 k8s-ctr -",
        "kube-system/kube-scheduler-k8s-ctr 192.168.10.100 k8s-ctr -",
        "kube-system/metrics-server-5dd7b49d79-dzqx8 172.20.0.233 k8s-ctr 307",
        "local-path-storage/local-path-provisioner-74f9666bc9-pjlvv 172.20.0.223 k8s-ctr 14074",
      ])
  }

  @Test(arguments: ["webpod", "tunnel"])
  func sampleApplication(chapter: String) throws {
    let snapshot = try week4(chapter).snapshot()
    let rows = snapshot.pods.filter { $0.pod.namespace == "default" }.map {
      "\($0.pod.name) \($0.address) \($0.node) \($0.identity.number) \($0.workload)"
    }
    #expect(
      rows == [
        "curl-pod 172.20.0.88 k8s-ctr 45966 curl-pod",
        "webpod-697b545f57-2dg5m 172.20.2.33 k8s-w0 62886 webpod",
        "webpod-697b545f57-sgb7k 172.20.1.108 k8s-w1 62886 webpod",
        "webpod-697b545f57-t87x7 172.20.0.121 k8s-ctr 62886 webpod",
      ])
  }

  /// Recorded facts belong to the first pods alone: those that follow are allotted by rule.
  @Test func laterPodsAreNotTheRecordedOnes() throws {
    let id = WorkloadID(.deployment, namespace: "default", name: "webpod")
    let before = try #require(week4("webpod").cluster).pods.filter { $0.workload == id }
    let after = try #require(week4("webpod", [.scale(id, replicas: 0), .scale(id, replicas: 3)]).cluster)
    let pods = after.pods.filter { $0.workload == id }
    #expect(pods.count == 3)
    #expect(Set(pods.map(\.id)).isDisjoint(with: before.map(\.id)))
    #expect(
      Set(pods.compactMap(\.endpoint?.address)).isDisjoint(with: before.compactMap(\.endpoint?.address)))
    #expect(Set(pods.compactMap(\.node)).count == 3)
    #expect(pods.allSatisfy { $0.id.name.hasPrefix("webpod-697b545f57-") })
    #expect(pods.allSatisfy { $0.endpoint?.identity == SecurityIdentity(62886) })
  }

  /// The same application in another namespace gets nothing of what was recorded.
  @Test func anotherNamespace() throws {
    let template = PodTemplate(
      labels: Labels([("app", "webpod")]), containers: [.init(name: "webpod", image: "traefik/whoami")])
    let workload = Workload(
      id: WorkloadID(.deployment, namespace: "other", name: "webpod"), replicas: 4,
      selector: Labels([("app", "webpod")]), template: template)
    let service = Service(
      id: ServiceID(namespace: "other", name: "webpod"), selector: Labels([("app", "webpod")]),
      ports: [Service.Port(number: 80)])
    let cluster = try #require(week4("webpod", [.create([.workload(workload), .service(service)])]).cluster)
    let pods = cluster.pods.filter { $0.id.namespace == "other" }
    #expect(pods.count == 4)
    #expect(pods.allSatisfy { !$0.id.name.contains("697b545f57") })
    #expect(Set(pods.compactMap(\.endpoint?.identity)).count == 1)
    #expect(pods.first?.endpoint?.identity != SecurityIdentity(62886))
    #expect(cluster.service(service.id)?.address != IPv4Address(10, 96, 189, 34))
    let perNode = Dictionary(grouping: pods) { $0.node }.mapValues(\.count)
    #expect(perNode.values.sorted() == [1, 1, 2])
  }

  /// The pods of the first agents, of the second (recorded by nobody), and of the third.
  @Test func agentsGetNewPodsWhenTheyRestart() throws {
    func agents(_ network: Network) -> [String] {
      network.cluster?.pods.filter { $0.workload == .ciliumAgent }.map(\.id.name).sorted() ?? []
    }
    let second = try agents(week4("tunnel"))
    #expect(try agents(week4("webpod")) == ["cilium-fbmct", "cilium-kz49w", "cilium-vmvxn"])
    #expect(second.count == 3)
    #expect(Set(second).isDisjoint(with: try agents(week4("webpod"))))
    #expect(
      try agents(week4("tunnel", [.restartAgents(.all)])) == ["cilium-f5cr4", "cilium-f8f6c", "cilium-jc7wx"])
  }
}
