import NetModel
import Testing

@testable import ControlPlane

/// Runs LB-IPAM by itself over the steps of a scenario.
struct AddressScenarioRunner {
  private var ipam: LoadBalancerIPAM
  private var isRunning = true
  private var pools: [IPPool] = []
  private var services: [ServiceView] = []
  private var made = 0
  private var now = Instant.start

  init(settings: JSONValue) {
    let families = settings["families"]?.elements.compactMap(\.text).compactMap(IPFamily.init) ?? [.ipv4]
    ipam = LoadBalancerIPAM(
      settings: .init(
        families: Set(families),
        handlesClassless: settings["defaultLBServiceIPAM"]?.text ?? "lbipam" == "lbipam",
        classes: Set(settings["classes"]?.elements.compactMap(\.text) ?? [])))
  }

  mutating func run(_ scenario: Scenario) {
    for (index, step) in scenario.steps.enumerated() {
      guard let action = step.members.first else { continue }
      now = Instant(seconds: now.seconds + 1)
      switch action.name {
      case "apply": apply(action.value)
      case "delete": delete(action.value)
      case "operator": setOperator(isRunning: action.value.anyText == "1")
      case "expect": expect(action.value, "\(scenario.name), step \(index + 1): \(scenario.rule)")
      default: Issue.record("\(scenario.name): unknown step \(action.name)")
      }
    }
  }

  private mutating func apply(_ document: JSONValue) {
    made += 1
    let created = Creation(instant: document.timestamp ?? now, order: document.timestamp == nil ? made : 0)
    if document["kind"]?.text == "Service" {
      let known = services.firstIndex { $0.id == document.serviceID }
      let view = ServiceView(document, created: created, before: known.map { services[$0] })
      if let known { services[known] = view } else { services.append(view) }
      if isRunning, ipam.isAwake { ipam.upsert(view, at: now) }
    } else {
      let known = pools.firstIndex { $0.name == document.name }
      let pool = IPPool(document, created: created, before: known.map { pools[$0] })
      if let known { pools[known] = pool } else { pools.append(pool) }
      if isRunning {
        if ipam.isAwake { ipam.upsert(pool, at: now) } else { start() }
      }
    }
    takeChanges()
  }

  private mutating func delete(_ document: JSONValue) {
    if document["kind"]?.text == "Service" {
      services.removeAll { $0.id == document.serviceID }
      if isRunning { ipam.deleteService(document.serviceID, at: now) }
    } else {
      pools.removeAll { $0.name == document.name }
      if isRunning { ipam.deletePool(document.name, at: now) }
    }
    takeChanges()
  }

  private mutating func setOperator(isRunning: Bool) {
    self.isRunning = isRunning
    ipam = LoadBalancerIPAM(settings: ipam.settings)
    if isRunning, !pools.isEmpty { start() }
    takeChanges()
  }

  private mutating func start() {
    ipam.start(pools: pools, services: services, at: now)
  }

  private mutating func takeChanges() {
    let changes = ipam.takeChanges()
    for pool in changes.pools {
      guard let index = pools.firstIndex(where: { $0.name == pool.name }) else { continue }
      pools[index].conditions = pool.conditions
    }
    for (id, status) in changes.services {
      guard let index = services.firstIndex(where: { $0.id == id }) else { continue }
      services[index].ingress = status.ingress
      services[index].conditions = status.conditions
    }
  }

  // MARK: What is expected

  private func expect(_ expected: JSONValue, _ comment: String) {
    for member in expected["services"]?.members ?? [] {
      let parts = member.name.split(separator: "/").map(String.init)
      let id = ServiceID(namespace: parts.count == 2 ? parts[0] : "default", name: parts.last ?? "")
      guard let view = services.first(where: { $0.id == id }) else {
        Issue.record("\(comment): no Service \(id)")
        continue
      }
      expect(member.value, of: view, "\(comment): \(id)")
    }
    for member in expected["pools"]?.members ?? [] {
      guard let pool = pools.first(where: { $0.name == member.name }) else {
        Issue.record("\(comment): no pool \(member.name)")
        continue
      }
      for wanted in member.value.members {
        #expect(pool.shown(wanted.name) == wanted.value.anyText, "\(comment): \(member.name) \(wanted.name)")
      }
    }
  }

  private func expect(_ expected: JSONValue, of view: ServiceView, _ comment: String) {
    let condition = view.conditions[ServiceView.requestSatisfied]
    for wanted in expected.members {
      switch wanted.name {
      case "ips":
        let addresses = view.ingress.map { $0.ip.isEmpty ? $0.hostname : $0.ip }
        #expect(addresses == wanted.value.elements.compactMap(\.text), "\(comment)")
      case "reason": #expect(condition?.reason ?? "none" == wanted.value.text, "\(comment)")
      case "message": #expect(condition?.message == wanted.value.text, "\(comment)")
      case "status": #expect(condition?.status.rawValue == wanted.value.text, "\(comment)")
      default: Issue.record("\(comment): unknown expectation \(wanted.name)")
      }
    }
  }
}

extension IPPool {
  fileprivate init(_ document: JSONValue, created: Creation, before: IPPool?) {
    let spec = document["spec"]
    self.init(
      name: document.name,
      blocks: (spec?["blocks"]?.elements ?? []).map { block in
        Block(cidr: block["cidr"]?.text, start: block["start"]?.text, stop: block["stop"]?.text)
      },
      allowsFirstAndLast: spec?["allowFirstLastIPs"]?.text != "No",
      isDisabled: spec?["disabled"] == .bool(true),
      serviceSelector: spec?["serviceSelector"].map { LabelSelector(document: $0) },
      created: before?.created ?? created, generation: before.map { $0.generation + 1 } ?? 1,
      conditions: before?.conditions ?? [])
  }
}

extension ServiceView {
  fileprivate init(_ document: JSONValue, created: Creation, before: ServiceView?) {
    let spec = document["spec"]
    let status = document["status"]?["loadBalancer"]?["ingress"]?.elements.map {
      LoadBalancerIngress(ip: $0["ip"]?.text ?? "", hostname: $0["hostname"]?.text ?? "")
    }
    self.init(
      id: document.serviceID, labels: Labels(document: document["metadata"]?["labels"]),
      created: before?.created ?? created, isLoadBalancer: spec?["type"]?.text == "LoadBalancer",
      loadBalancerClass: spec?["loadBalancerClass"]?.text,
      ipFamilyPolicy: spec?["ipFamilyPolicy"]?.text.flatMap(IPFamilyPolicy.init),
      ipFamilies: spec?["ipFamilies"]?.elements.compactMap(\.text).compactMap(IPFamily.init) ?? [],
      request: LoadBalancerRequest(
        loadBalancerIP: spec?["loadBalancerIP"]?.text,
        annotations: Labels(document: document["metadata"]?["annotations"])),
      ports: (spec?["ports"]?.elements ?? []).compactMap { port in
        guard case .number(let number) = port["port"] else { return nil }
        return Port(UInt16(number), port["protocol"]?.text == "UDP" ? .udp : .tcp)
      },
      externalTrafficPolicy: spec?["externalTrafficPolicy"]?.text == "Local" ? .local : .cluster,
      selector: Labels(document: spec?["selector"]), ingress: before?.ingress ?? status ?? [],
      conditions: before?.conditions ?? [])
  }
}

extension JSONValue {
  var name: String { self["metadata"]?["name"]?.text ?? "" }

  var serviceID: ServiceID {
    ServiceID(namespace: self["metadata"]?["namespace"]?.text ?? "default", name: name)
  }

  /// `metadata.creationTimestamp`, of which scenarios give the seconds alone.
  fileprivate var timestamp: Instant? {
    guard case .number(let seconds) = self["metadata"]?["creationTimestamp"] else { return nil }
    return Instant(seconds: Int64(seconds))
  }
}
