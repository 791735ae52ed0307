import NetModel

/// Kubernetes manifests: what decides about packets is read, all else is passed over.
extension ManifestReader {
  /// What a manifest says.
  package enum Manifest {
    case object(ClusterObject)
    /// What stands behind a Service that has no selector.
    case endpoints(ServiceID, [IPv4Address])
  }

  /// Reads one manifest; `nil` where it has faults that leave nothing of it.
  package mutating func manifest(_ document: JSONValue) -> Manifest? {
    guard let fields = openFields(ManifestNode(document)), required(fields, "kind") != nil,
      let kind = kind(fields),
      let metadata = required(fields, "metadata").flatMap({ openFields($0) }),
      let name = requiredText(metadata, "name")
    else { return nil }
    let id = DocumentID(
      kind: kind.kind, namespace: kind.isNamespaced ? text(metadata, "namespace") ?? "default" : "",
      name: name)
    if kind.kind == "Endpoints" {
      return .endpoints(ServiceID(namespace: id.namespace, name: name), endpointAddresses(fields))
    }
    guard var object = object(id, fields, labels: labels(metadata, "labels")) else { return nil }
    object.record.manifest = document
    object.record.givenCreation = text(metadata, "creationTimestamp").flatMap { WallTime(parsing: $0) }
    if case .service(var service) = object {
      service.annotations = labels(metadata, "annotations")
      object = .service(service)
    }
    return .object(object)
  }

  private mutating func kind(_ fields: ManifestFields) -> APIResource? {
    fields["kind"].flatMap { node in
      value(node, .word(APIResource.all.map(\.kind))) { kind in APIResource.all.first { $0.kind == kind } }
    }
  }

  private mutating func object(
    _ id: DocumentID, _ fields: ManifestFields, labels: Labels
  ) -> ClusterObject? {
    switch id.kind {
    case "Service":
      return service(fields, ServiceID(namespace: id.namespace, name: id.name), labels).map { .service($0) }
    case "Pod":
      return pod(fields, PodID(namespace: id.namespace, name: id.name), labels).map { .pod($0) }
    case "Deployment":
      let workload = WorkloadID(.deployment, namespace: id.namespace, name: id.name)
      return self.workload(fields, workload, labels).map { .workload($0) }
    case "DaemonSet":
      let workload = WorkloadID(.daemonSet, namespace: id.namespace, name: id.name)
      return self.workload(fields, workload, labels).map { .workload($0) }
    case "Namespace": return .namespace(Namespace(name: id.name, labels: labels))
    case "NetworkPolicy":
      let policy = networkPolicy(fields, namespace: id.namespace, name: id.name)
      return policy.map { .policy(.kubernetes($0)) }
    case "CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy":
      let policy = ciliumPolicy(fields, namespace: id.namespace, name: id.name)
      return policy.map { .policy(.cilium($0)) }
    default: return .document(StoredObject(id: id, labels: labels))
    }
  }

  private mutating func workload(_ fields: ManifestFields, _ id: WorkloadID, _ labels: Labels) -> Workload? {
    guard let spec = required(fields, "spec").flatMap({ openFields($0) }),
      let selector = required(spec, "selector").flatMap({ openFields($0) }),
      let template = required(spec, "template").flatMap({ openFields($0) })
    else { return nil }
    let metadata = template["metadata"].flatMap { openFields($0) }
    guard var podTemplate = podTemplate(template, metadata.map { self.labels($0, "labels") } ?? Labels())
    else { return nil }
    podTemplate.annotations = metadata.map { self.labels($0, "annotations") } ?? Labels()
    var workload = Workload(
      id: id, labels: labels, replicas: number(spec, "replicas", in: 0...10_000) ?? 1,
      selector: self.labels(selector, "matchLabels"), template: podTemplate)
    let strategy = spec[id.kind == .daemonSet ? "updateStrategy" : "strategy"].flatMap { openFields($0) }
    if let strategy { workload.strategy = updateStrategy(strategy, of: id.kind) }
    return workload
  }

  private mutating func updateStrategy(_ fields: ManifestFields, of kind: WorkloadID.Kind) -> UpdateStrategy {
    switch text(fields, "type") {
    case "Recreate": return .recreate
    case "OnDelete": return .onDelete
    default: break
    }
    guard let rolling = fields["rollingUpdate"].flatMap({ openFields($0) }),
      case .rolling(let surge, let unavailable) = UpdateStrategy.standard(for: kind)
    else { return .standard(for: kind) }
    return .rolling(
      surge: share(rolling, "maxSurge") ?? surge, unavailable: share(rolling, "maxUnavailable") ?? unavailable
    )
  }

  /// A number of pods, or a text such as `25%`.
  private mutating func share(_ fields: ManifestFields, _ key: String) -> UpdateStrategy.Share? {
    guard let text = text(fields, key) else { return nil }
    return text.hasSuffix("%")
      ? decimalNumber(text.dropLast(), atMost: 10_000).map { .percent($0) }
      : decimalNumber(text[...], atMost: 10_000).map { .number($0) }
  }

  private mutating func pod(_ fields: ManifestFields, _ id: PodID, _ labels: Labels) -> Pod? {
    let workload = WorkloadID(.pod, namespace: id.namespace, name: id.name)
    return podTemplate(fields, labels).map { Pod(id: id, workload: workload, template: $0) }
  }

  private mutating func podTemplate(_ fields: ManifestFields, _ labels: Labels) -> PodTemplate? {
    guard let spec = required(fields, "spec").flatMap({ openFields($0) }) else { return nil }
    var template = PodTemplate(
      labels: labels, containers: list(spec, "containers").compactMap { container($0) },
      usesHostNetwork: bool(spec, "hostNetwork") ?? false, nodeName: text(spec, "nodeName").map { NodeID($0) }
    )
    template.manifest = spec.node.value
    template.placement = placement(spec)
    return template
  }

  private mutating func container(_ node: ManifestNode) -> PodTemplate.Container? {
    guard let fields = openFields(node), let name = requiredText(fields, "name"),
      let image = requiredText(fields, "image")
    else { return nil }
    return PodTemplate.Container(
      name: name, image: image, command: list(fields, "command").compactMap { text($0) },
      arguments: list(fields, "args").compactMap { text($0) },
      ports: list(fields, "ports").compactMap { containerPort($0) },
      environment: list(fields, "env").compactMap { variable($0) })
  }

  private mutating func variable(_ node: ManifestNode) -> PodTemplate.Variable? {
    guard let fields = openFields(node), let name = requiredText(fields, "name") else { return nil }
    let field = fields["valueFrom"].flatMap { openFields($0) }?["fieldRef"].flatMap { openFields($0) }
    return PodTemplate.Variable(
      name: name, value: text(fields, "value") ?? "", field: field.flatMap { text($0, "fieldPath") })
  }

  private mutating func containerPort(_ node: ManifestNode) -> PodTemplate.Port? {
    guard let fields = openFields(node), let number = required(fields, "containerPort").flatMap({ port($0) })
    else { return nil }
    return PodTemplate.Port(name: text(fields, "name") ?? "", number: number, transport: transport(fields))
  }

  private mutating func service(_ fields: ManifestFields, _ id: ServiceID, _ labels: Labels) -> Service? {
    guard let spec = required(fields, "spec").flatMap({ openFields($0) }) else { return nil }
    var service = Service(
      id: id, labels: labels, type: word(spec, "type") ?? .clusterIP,
      selector: spec["selector"].map { self.labels($0) },
      ports: list(spec, "ports").compactMap { servicePort($0) })
    service.externalName = service.type == .externalName ? text(spec, "externalName") : nil
    service.internalTrafficPolicy = word(spec, "internalTrafficPolicy") ?? .cluster
    service.externalTrafficPolicy = word(spec, "externalTrafficPolicy") ?? .cluster
    service.externalIPs = list(spec, "externalIPs").compactMap { address($0) }
    service.allocatesNodePorts = bool(spec, "allocateLoadBalancerNodePorts") ?? true
    service.healthCheckNodePort = number(spec, "healthCheckNodePort", in: 1...65535).map(UInt16.init)
    service.affinitySeconds = affinitySeconds(spec)
    service.loadBalancerSourceRanges = list(spec, "loadBalancerSourceRanges").compactMap { node in
      value(node, .cidr) { IPv4InterfaceAddress(parsing: $0)?.prefix }
    }
    if text(spec, "clusterIP") == "None" {
      service.clusterIP = .headless
    } else if let address = address(spec, "clusterIP") {
      service.clusterIP = .address(address)
    }
    return service
  }

  private mutating func affinitySeconds(_ spec: ManifestFields) -> Int? {
    guard text(spec, "sessionAffinity") == "ClientIP" else { return nil }
    let clientIP = spec["sessionAffinityConfig"].flatMap { openFields($0) }?["clientIP"].flatMap {
      openFields($0)
    }
    return clientIP.flatMap { number($0, "timeoutSeconds", in: 1...86_400) } ?? 10_800
  }

  private mutating func servicePort(_ node: ManifestNode) -> Service.Port? {
    guard let fields = openFields(node), let number = required(fields, "port").flatMap({ port($0) })
    else { return nil }
    let target = text(fields, "targetPort").map { text in
      UInt16(text).map { Service.Target.number($0) } ?? .name(text)
    }
    return Service.Port(
      name: text(fields, "name") ?? "", transport: transport(fields), number: number, target: target,
      nodePort: fields["nodePort"].flatMap { port($0) })
  }

  private mutating func transport(_ fields: ManifestFields) -> Transport {
    let transport = fields["protocol"].flatMap { node in
      value(node, .word(Transport.allCases.map(\.name))) { name in
        Transport.allCases.first { $0.name == name }
      }
    }
    return transport ?? .tcp
  }

  private mutating func endpointAddresses(_ fields: ManifestFields) -> [IPv4Address] {
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
