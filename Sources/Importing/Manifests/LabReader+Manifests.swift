import ControlPlane
import NetModel
import YAML

/// Kubernetes manifests: what decides about packets is read, all else is passed over.
extension LabReader {
  enum Manifest {
    case object(ClusterObject)
    /// What stands behind a Service that has no selector.
    case endpoints(ServiceID, [IPv4Address])
  }

  private enum Kind: String, CaseIterable {
    case deployment = "Deployment"
    case daemonSet = "DaemonSet"
    case pod = "Pod"
    case service = "Service"
    case endpoints = "Endpoints"
    case namespace = "Namespace"
    case networkPolicy = "NetworkPolicy"
    case ciliumNetworkPolicy = "CiliumNetworkPolicy"
    case ciliumClusterwideNetworkPolicy = "CiliumClusterwideNetworkPolicy"
  }

  mutating func manifest(_ node: Node) -> Manifest? {
    guard let fields = openFields(node), required(fields, "kind") != nil,
      let kind = word(fields, "kind", as: Kind.self),
      let metadata = required(fields, "metadata").flatMap({ openFields($0) }),
      let name = requiredText(metadata, "name")
    else { return nil }
    let namespace = text(metadata, "namespace") ?? "default"
    let labels = labels(metadata, "labels")
    switch kind {
    case .endpoints: return .endpoints(ServiceID(namespace: namespace, name: name), endpointAddresses(fields))
    case .service:
      return service(fields, ServiceID(namespace: namespace, name: name), labels).map {
        .object(.service($0))
      }
    case .pod:
      let id = PodID(namespace: namespace, name: name)
      return pod(fields, id, labels).map { .object(.pod($0)) }
    case .deployment:
      let id = WorkloadID(.deployment, namespace: namespace, name: name)
      return workload(fields, id, labels).map { .object(.workload($0)) }
    case .daemonSet:
      let id = WorkloadID(.daemonSet, namespace: namespace, name: name)
      return workload(fields, id, labels).map { .object(.workload($0)) }
    case .namespace: return .object(.namespace(Namespace(name: name, labels: labels)))
    case .networkPolicy:
      return networkPolicy(fields, namespace: namespace, name: name).map { .object(.policy(.kubernetes($0))) }
    case .ciliumNetworkPolicy:
      return ciliumPolicy(fields, namespace: namespace, name: name).map { .object(.policy(.cilium($0))) }
    case .ciliumClusterwideNetworkPolicy:
      return ciliumPolicy(fields, namespace: "", name: name).map { .object(.policy(.cilium($0))) }
    }
  }

  private mutating func workload(_ fields: Fields, _ id: WorkloadID, _ labels: Labels) -> Workload? {
    guard let spec = required(fields, "spec").flatMap({ openFields($0) }),
      let selector = required(spec, "selector").flatMap({ openFields($0) }),
      let template = required(spec, "template").flatMap({ openFields($0) })
    else { return nil }
    let metadata = template["metadata"].flatMap { openFields($0) }
    guard let podTemplate = podTemplate(template, metadata.map { self.labels($0, "labels") } ?? Labels())
    else { return nil }
    return Workload(
      id: id, labels: labels, replicas: number(spec, "replicas", in: 0...10_000) ?? 1,
      selector: self.labels(selector, "matchLabels"), template: podTemplate)
  }

  private mutating func pod(_ fields: Fields, _ id: PodID, _ labels: Labels) -> Pod? {
    let workload = WorkloadID(.pod, namespace: id.namespace, name: id.name)
    return podTemplate(fields, labels).map { Pod(id: id, workload: workload, template: $0) }
  }

  private mutating func podTemplate(_ fields: Fields, _ labels: Labels) -> PodTemplate? {
    guard let spec = required(fields, "spec").flatMap({ openFields($0) }) else { return nil }
    return PodTemplate(
      labels: labels, containers: list(spec, "containers").compactMap { container($0) },
      usesHostNetwork: bool(spec, "hostNetwork") ?? false, nodeName: text(spec, "nodeName").map { NodeID($0) }
    )
  }

  private mutating func container(_ node: Node) -> PodTemplate.Container? {
    guard let fields = openFields(node), let name = requiredText(fields, "name"),
      let image = requiredText(fields, "image")
    else { return nil }
    return PodTemplate.Container(
      name: name, image: image, command: list(fields, "command").compactMap { text($0) },
      arguments: list(fields, "args").compactMap { text($0) },
      ports: list(fields, "ports").compactMap { containerPort($0) })
  }

  private mutating func containerPort(_ node: Node) -> PodTemplate.Port? {
    guard let fields = openFields(node), let number = required(fields, "containerPort").flatMap({ port($0) })
    else { return nil }
    return PodTemplate.Port(name: text(fields, "name") ?? "", number: number, transport: transport(fields))
  }

  private mutating func service(_ fields: Fields, _ id: ServiceID, _ labels: Labels) -> Service? {
    guard let spec = required(fields, "spec").flatMap({ openFields($0) }) else { return nil }
    var service = Service(
      id: id, labels: labels, type: word(spec, "type") ?? .clusterIP,
      selector: spec["selector"].map { self.labels($0) },
      ports: list(spec, "ports").compactMap { servicePort($0) })
    service.internalTrafficPolicy = word(spec, "internalTrafficPolicy") ?? .cluster
    service.externalTrafficPolicy = word(spec, "externalTrafficPolicy") ?? .cluster
    if text(spec, "clusterIP") == "None" {
      service.clusterIP = .headless
    } else if let address = address(spec, "clusterIP") {
      service.clusterIP = .address(address)
    }
    return service
  }

  private mutating func servicePort(_ node: Node) -> Service.Port? {
    guard let fields = openFields(node), let number = required(fields, "port").flatMap({ port($0) })
    else { return nil }
    let target = text(fields, "targetPort").map { text in
      UInt16(text).map { Service.Target.number($0) } ?? .name(text)
    }
    return Service.Port(
      name: text(fields, "name") ?? "", transport: transport(fields), number: number, target: target,
      nodePort: fields["nodePort"].flatMap { port($0) })
  }

  private mutating func transport(_ fields: Fields) -> Transport {
    let transport = fields["protocol"].flatMap { node in
      value(node, .word(["TCP", "UDP"])) { ["TCP": Transport.tcp, "UDP": .udp][$0] }
    }
    return transport ?? .tcp
  }

  private mutating func endpointAddresses(_ fields: Fields) -> [IPv4Address] {
    var addresses: [IPv4Address] = []
    for subset in list(fields, "subsets") {
      guard let fields = openFields(subset) else { continue }
      for node in list(fields, "addresses") {
        addresses += [openFields(node).flatMap { requiredAddress($0, "ip") }].compactMap { $0 }
      }
    }
    return addresses.sorted()
  }
}
