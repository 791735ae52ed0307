import NetModel

extension ServiceView {
  /// What LB-IPAM and the agents see of a Service.
  init(_ service: Service, startTime: WallTime) {
    let spec = service.record.manifest?["spec"]
    let families = (spec?["ipFamilies"]?.elements ?? []).compactMap(\.text).compactMap(IPFamily.init)
    self.init(
      id: service.id, labels: service.labels,
      created: service.created.given(service.record.givenCreation, startTime: startTime),
      isLoadBalancer: service.type == .loadBalancer, loadBalancerClass: spec?["loadBalancerClass"]?.text,
      ipFamilyPolicy: spec?["ipFamilyPolicy"]?.text.flatMap(IPFamilyPolicy.init) ?? .singleStack,
      ipFamilies: families.isEmpty ? [.ipv4] : families,
      request: LoadBalancerRequest(
        loadBalancerIP: spec?["loadBalancerIP"]?.text, annotations: service.annotations),
      ports: service.ports.map { Port($0.number, $0.transport) },
      externalTrafficPolicy: service.externalTrafficPolicy, selector: service.selector ?? Labels(),
      externalIPs: service.externalIPs.map { .v4($0) }, ingress: service.ingress,
      conditions: [Condition](status: service.record.status, startTime: startTime))
  }
}

extension Service {
  /// `status.loadBalancer.ingress`.
  package var ingress: [LoadBalancerIngress] {
    (record.status?.value(at: "loadBalancer", "ingress")?.elements ?? []).map {
      LoadBalancerIngress(ip: $0["ip"]?.text ?? "", hostname: $0["hostname"]?.text ?? "")
    }
  }

  /// Takes over what LB-IPAM writes.
  mutating func take(_ status: LoadBalancerIPAM.Status, startTime: WallTime) {
    var document = record.status ?? .object([])
    let ingress = status.ingress.map(\.document)
    document["loadBalancer"] =
      ingress.isEmpty ? .object([]) : .fields(["ingress": .array(ingress)])
    document["conditions"] = status.conditions.document(startTime: startTime)
    record.status = document
    takeAddresses(from: document)
  }
}

extension LoadBalancerIngress {
  /// As the API server stores it: it adds how the address is reached.
  ///
  /// Source: Kubernetes `pkg/registry/core/service/strategy.go`, feature LoadBalancerIPMode.
  var document: JSONValue {
    .fields([
      "hostname": hostname.isEmpty ? nil : .string(hostname), "ip": ip.isEmpty ? nil : .string(ip),
      "ipMode": ip.isEmpty ? nil : "VIP",
    ])
  }
}
