import ControlPlane
import NetModel

@testable import PacketTrace

/// Names to resolve: pods and Services in three namespaces on two nodes, and a router without an agent.
enum SmallCluster {
  static let snapshot = Snapshot(
    revision: 1, wires: [], stacks: stacks,
    agents: ["n1", "n2"].map { Snapshot.Agent(node: NodeID($0), datapath: datapath($0)) }, pods: pods)

  private static let pods = [
    pod("default", "curl-pod", "n1", 10, workload: "curl-pod"),
    pod("default", "web-1", "n1", 11, workload: "web"),
    pod("default", "web-2", "n2", 12, workload: "web"),
    pod("default", "web-3", "n2", 13, workload: "web"),
    pod("blue", "job", "n1", 14, workload: "job"),
    pod("green", "job", "n2", 15, workload: "job"),
    pod("blue", "only", "n1", 16, workload: "shared"),
    pod("green", "other", "n1", 17, workload: "shared"),
  ].sorted { $0.pod < $1.pod }

  private static func pod(
    _ namespace: String, _ name: String, _ node: String, _ number: UInt8, workload: String
  ) -> Snapshot.PodPlacement {
    Snapshot.PodPlacement(
      pod: PodID(namespace: namespace, name: name), node: NodeID(node),
      address: IPv4Address(10, 0, 0, number),
      identity: SecurityIdentity(1000), workload: workload)
  }

  private static let stacks =
    [
      host("n1", IPv4Address(192, 168, 0, 1)), host("n2", IPv4Address(192, 168, 0, 2)),
      host("router", IPv4Address(192, 168, 0, 254)),
    ] + pods.map { NetworkStack(id: .pod($0.pod), interfaces: [interface("eth0", $0.address)]) }

  private static func host(_ name: String, _ address: IPv4Address) -> NetworkStack {
    NetworkStack(id: .host(NodeID(name)), interfaces: [interface("eth0", address)])
  }

  private static func interface(_ name: String, _ address: IPv4Address) -> Interface {
    let local = IPv4InterfaceAddress(address, length: 24)
    return Interface(
      name: name, index: 2, mac: .zero, addresses: [Interface.Address(local: local, label: name)],
      attachment: .unknown)
  }

  private static func datapath(_ node: String) -> Datapath {
    Datapath(
      settings: CiliumSettings(), devices: [], directRoutingDevice: "eth0", routerAddress: .any,
      nodeAddress: IPv4Address(192, 168, 0, node == "n1" ? 1 : 2), podCIDRs: [], endpoints: [], ipcache: [],
      services: services)
  }

  private static let services = [
    service(1, "default", "web", 80, .tcp, .clusterIP), service(5, "default", "web", 443, .tcp, .clusterIP),
    service(6, "default", "web", 30080, .tcp, .nodePort),
    service(2, "blue", "dns", 53, .udp, .clusterIP), service(3, "blue", "dns", 9153, .tcp, .clusterIP),
    service(4, "blue", "log", 514, .udp, .clusterIP),
    service(7, "blue", "twin", 80, .tcp, .clusterIP), service(8, "green", "twin", 80, .tcp, .clusterIP),
  ]

  private static func service(
    _ id: Int, _ namespace: String, _ name: String, _ port: UInt16, _ transport: Transport,
    _ type: ServiceEntry.FrontendType
  ) -> ServiceEntry {
    let address = IPv4Address(10, 96, 0, UInt8(namespace.count + name.count))
    let backends = pods.filter { $0.workload == name }.enumerated().map { index, pod in
      ServiceBackend(id: index + 1, address: pod.address, port: 8080, pod: pod.pod, node: pod.node)
    }
    return ServiceEntry(
      id: id, frontend: Frontend(address: address, port: port, transport: transport), type: type,
      service: ServiceID(namespace: namespace, name: name), backends: backends)
  }
}
