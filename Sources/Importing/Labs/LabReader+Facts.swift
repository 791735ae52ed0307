import ControlPlane
import NetModel
import YAML

extension LabReader {
  mutating func facts(_ node: Node, machines: [Machine]) -> RecordedFacts {
    guard let fields = fields(node, keys: ["nodes", "services", "workloads", "tracepath"]) else {
      return RecordedFacts()
    }
    var pods: [PodFact] = []
    var workloads: [WorkloadFact] = []
    for node in list(fields, "workloads") {
      guard let (workload, podFacts) = workloadFacts(node, machines: machines) else { continue }
      workloads.append(workload)
      pods += podFacts
    }
    var facts = RecordedFacts(
      pods: pods, workloads: workloads,
      services: list(fields, "services").compactMap { serviceFact($0, machines: machines) },
      nodes: list(fields, "nodes").compactMap { nodeFact($0, machines: machines) })
    if let tracepath = fields["tracepath"].flatMap({ self.fields($0, keys: ["summary"]) }) {
      facts.tracepathShowsSummary = bool(tracepath, "summary") ?? true
    }
    return facts
  }

  private mutating func nodeFact(_ node: Node, machines: [Machine]) -> NodeFact? {
    guard let fields = fields(node, keys: ["node", "router", "macs"]),
      let id = machineID(fields, "node", among: machines)
    else { return nil }
    let macs = fields["macs"].flatMap { openFields($0) }
    let devices = macs?.keys ?? []
    return NodeFact(
      node: id, routerAddress: address(fields, "router"),
      deviceMACs: devices.compactMap { device in
        macs.flatMap { mac($0, device) }.map { NodeFact.DeviceMAC(device: device, mac: $0) }
      })
  }

  private mutating func serviceFact(_ node: Node, machines: [Machine]) -> ServiceFact? {
    guard
      let fields = fields(
        node, keys: ["service", "clusterIP", "ports", "slices", "sliceOrder", "leaseHolders"]),
      let name = required(fields, "service").flatMap({ namespacedName($0) })
    else { return nil }
    var fact = ServiceFact(
      service: ServiceID(namespace: name.namespace, name: name.name), clusterIP: address(fields, "clusterIP"),
      ports: list(fields, "ports").compactMap { portFact($0, machines: machines) },
      leaseHolders: list(fields, "leaseHolders").compactMap { machineID($0, among: machines) })
    fact.sliceNames = list(fields, "slices").compactMap { text($0) }
    fact.sliceOrder = list(fields, "sliceOrder").compactMap { address($0) }
    return fact
  }

  private mutating func portFact(_ node: Node, machines: [Machine]) -> ServiceFact.PortFact? {
    guard let fields = fields(node, keys: ["port", "nodePort", "ids"]),
      let port = required(fields, "port").flatMap({ self.port($0) })
    else { return nil }
    var fact = ServiceFact.PortFact(port: port, nodePort: fields["nodePort"].flatMap { self.port($0) })
    guard let ids = fields["ids"].flatMap({ openFields($0) }) else { return fact }
    for (key, keyNode) in zip(ids.keys, ids.keyNodes) {
      guard let node = machineID(keyNode, among: machines), let id = number(ids, key, in: 1...65535) else {
        continue
      }
      fact.frontendIDs.append(ServiceFact.NodeNumber(node: node, number: id))
    }
    return fact
  }

  private mutating func workloadFacts(
    _ node: Node, machines: [Machine]
  ) -> (WorkloadFact, [PodFact])? {
    let keys = ["deployment", "daemonSet", "pod", "on", "templateHash", "identity", "pods"]
    guard let fields = fields(node, keys: keys), let id = workloadID(fields) else { return nil }
    let home = fields["on"].flatMap { machineID($0, among: machines) }
    let pods = list(fields, "pods").enumerated().compactMap { ordinal, node in
      podFact(node, key: PodFact.Key(workload: id, node: home, ordinal: ordinal), machines: machines)
    }
    let identity = number(fields, "identity", in: 1...65535).map { SecurityIdentity(UInt32($0)) }
    let fact = WorkloadFact(
      workload: id, templateHash: text(fields, "templateHash"), identity: identity)
    return (fact, pods)
  }

  private mutating func workloadID(_ fields: Fields) -> WorkloadID? {
    let kinds = [("deployment", WorkloadID.Kind.deployment), ("daemonSet", .daemonSet), ("pod", .pod)]
    guard let (key, kind) = kinds.first(where: { fields[$0.0] != nil }) else {
      report(.missingKey("deployment"), at: fields.node)
      return nil
    }
    let name = fields[key].flatMap { namespacedName($0) }
    return name.map { WorkloadID(kind, namespace: $0.namespace, name: $0.name) }
  }

  private mutating func podFact(_ node: Node, key: PodFact.Key, machines: [Machine]) -> PodFact? {
    let keys = ["name", "node", "address", "mac", "interface", "hostMAC", "endpoint", "knownNeighbor"]
    guard let fields = fields(node, keys: keys) else { return nil }
    return PodFact(
      key: key, name: text(fields, "name"), node: fields["node"].flatMap { machineID($0, among: machines) },
      address: address(fields, "address"), mac: mac(fields, "mac"), interface: text(fields, "interface"),
      hostMAC: mac(fields, "hostMAC"), endpointID: number(fields, "endpoint", in: 1...65535),
      isKnownNeighbor: bool(fields, "knownNeighbor") ?? false)
  }
}
