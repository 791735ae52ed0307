import ControlPlane
import Importing
import NetModel

extension Main {
  /// How long control loops take to bring a new cluster to rest, and then after one change.
  static func reportControlLoops() throws {
    print(
      row(
        "nodes", "pods", "Services", "first reconcile, ms", "one changed Service, ms", "one changed pod, ms",
        "one node's tables, ms", "MiB"))
    print(row("--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:"))
    for nodes in [50, 500, 5_000] {
      let cluster = LargeCluster(nodes: nodes)
      let start = try cluster.network()
      var network = start
      let first = try shortestNanoseconds(rounds: 1) { network = try cluster.reconciled(start) }
      let service = try shortestNanoseconds { try _ = cluster.withChangedService(network) }
      let pod = try shortestNanoseconds { try _ = cluster.withDeletedPod(network) }
      let tables = shortestNanoseconds { cluster.readTables(of: network) }
      let pods = network.cluster?.pods.count { $0.endpoint != nil } ?? 0
      let served = network.cluster?.services.count { !$0.loadBalancerAddresses.isEmpty } ?? 0
      precondition(pods == cluster.pods && served == cluster.services)
      print(
        row(
          grouped(Double(nodes)), grouped(Double(pods)), grouped(Double(served)), milliseconds(first),
          milliseconds(service), milliseconds(pod), milliseconds(tables),
          residentBytes().map { grouped(Double($0) / 1_048_576) } ?? "unknown"))
    }
  }

  private static func milliseconds(_ nanoseconds: Double) -> String {
    let tenths = Int((nanoseconds / 1e5).rounded())
    return "\(grouped(Double(tenths / 10))).\(tenths % 10)"
  }
}

/// A cluster with twenty pods a node and two Services of type LoadBalancer, each for ten pods.
struct LargeCluster {
  let nodes: Int
  var services: Int { nodes * 2 }
  var pods: Int { nodes * 20 }

  private static let values: [(String, HelmValue)] = [
    ("kubeProxyReplacement", .bool(true)), ("routingMode", .string("tunnel")),
    ("ipam.operator.clusterPoolIPv4PodCIDRList", .string("10.0.0.0/8")),
  ]

  /// The machines, before any agent was started.
  func network() throws -> Network {
    let wire = WireID("lan")
    let machines = (0..<nodes).map { index in
      var stack = NetworkStack(id: .host(id(index)), interfaces: [.loopback])
      stack.interfaces.append(
        Interface(
          name: "eth0", index: 2, mac: MACAddress(rawValue: UInt64(0x0200_0000_0000 + index)), mtu: 1500,
          addresses: [.init(local: IPv4InterfaceAddress(address(index), length: 12), label: "eth0")],
          attachment: .wire(wire)))
      return Machine(stack: stack)
    }
    var values = HelmValues()
    for (path, value) in Self.values { values[path] = value }
    let members = (0..<nodes).map { ClusterNode(id: id($0), address: address($0), joinOrder: $0) }
    let cluster = Cluster(
      serviceCIDR: IPv4Prefix(IPv4Address(10, 255, 0, 0), length: 16), nodes: members, helmValues: values)
    return Network(name: "large", wires: [Wire(id: wire)], machines: machines, cluster: cluster)
  }

  /// Agents start, and all objects are there at once.
  func reconciled(_ network: Network) throws -> Network {
    let pool = JSONValue.fields([
      "apiVersion": "cilium.io/v2", "kind": "CiliumLoadBalancerIPPool",
      "metadata": .fields(["name": "pool"]),
      "spec": .fields(["blocks": .array([.fields(["cidr": "172.31.0.0/16"])])]),
    ])
    var network = network
    try network.apply(
      [.restartAgents(.all), .create(objects), .changeObject(.create(pool, namespace: ""))], at: .start)
    return network
  }

  /// One Service gets one more port.
  func withChangedService(_ network: Network) throws -> Network {
    let port = JSONValue.fields(["name": "more", "port": .number(8080)])
    let patch = JSONValue.fields(["spec": .fields(["ports": .array([port])])])
    var network = network
    try network.apply(
      .changeObject(
        .patch(Self.services, namespace: namespace(1), name: "service-1", patch, .strategic, subresource: nil)
      ),
      at: .start)
    return network
  }

  /// One pod is deleted, so that another one is made in its place.
  func withDeletedPod(_ network: Network) throws -> Network {
    guard let pod = network.cluster?.pods.first else { return network }
    var network = network
    try network.apply(.delete(.pod(pod.id)), at: .start)
    return network
  }

  /// Looks a node's tables up from end to end.
  func readTables(of network: Network) {
    let tables = network.datapath(on: id(nodes / 2))
    precondition((tables?.services.count ?? 0) >= services * 2)
    precondition((tables?.ipcache.count ?? 0) >= pods)
  }

  private static let services = APIResource(kind: "Service", plural: "services", singular: "service")

  private var objects: [ClusterObject] {
    (0..<services).flatMap { index -> [ClusterObject] in
      let labels = Labels([("app", "app-\(index)")])
      let workload = Workload(
        id: WorkloadID(.deployment, namespace: namespace(index), name: "app-\(index)"), replicas: 10,
        selector: labels,
        template: PodTemplate(labels: labels, containers: [.init(name: "app", image: "traefik/whoami")]))
      let service = Service(
        id: ServiceID(namespace: namespace(index), name: "service-\(index)"), type: .loadBalancer,
        selector: labels, ports: [.init(name: "web", number: 80)])
      var balanced = service
      balanced.allocatesNodePorts = false
      return [.workload(workload), .service(balanced)]
    }
  }

  private func id(_ index: Int) -> NodeID { NodeID("node-\(index)") }
  private func namespace(_ index: Int) -> String { "team-\(index % 100)" }
  private func address(_ index: Int) -> IPv4Address {
    IPv4Address(rawValue: 0xac10_0000 + UInt32(index) + 1)
  }
}
