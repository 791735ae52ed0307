import NetModel
import Testing

@testable import ControlPlane

/// What a scenario expects of a cluster.
struct ClusterExpectation {
  let network: Network
  let now: Instant
  let comment: String

  func check(_ expected: JSONValue) {
    for part in expected.members {
      for member in part.value.members {
        let place = "\(comment): \(part.name) \(member.name)"
        switch part.name {
        case "services": checkService(member.name, member.value, place)
        case "pools": checkPool(member.name, member.value, place)
        case "leases": checkLease(member.name, member.value, place)
        case "rows": #expect(rows(of: member.name) == member.value.elements.compactMap(\.text), "\(place)")
        case "spoken":
          #expect(spoken(by: member.name) == member.value.elements.compactMap(\.text), "\(place)")
        case "addressPools": checkAddressPool(member.name, member.value, place)
        case "speaking":
          #expect(events(of: member.name) == member.value.elements.compactMap(\.text), "\(place)")
        case "policies": checkPolicy(member.name, member.value, place)
        case "routes":
          #expect(routes(of: member.name) == member.value.elements.compactMap(\.text), "\(place)")
        default: Issue.record("\(place): unknown expectation")
        }
      }
    }
  }

  private func checkService(_ name: String, _ expected: JSONValue, _ place: String) {
    let parts = name.split(separator: "/").map(String.init)
    let id = ServiceID(namespace: parts.count == 2 ? parts[0] : "default", name: parts.last ?? "")
    guard let service = network.cluster?.service(id) else {
      Issue.record("\(place): not there")
      return
    }
    let conditions = [Condition](
      status: service.record.status, startTime: network.cluster?.startTime ?? .init(unixSeconds: 0))
    let condition = conditions[ServiceView.requestSatisfied]
    for wanted in expected.members {
      let shown: String? =
        switch wanted.name {
        case "ips": service.ingress.map { $0.ip.isEmpty ? $0.hostname : $0.ip }.joined(separator: " ")
        case "reason": condition?.reason ?? "none"
        case "message": condition?.message
        case "status": condition?.status.rawValue
        default: "unknown expectation \(wanted.name)"
        }
      let value =
        wanted.name == "ips"
        ? wanted.value.elements.compactMap(\.text).joined(separator: " ") : wanted.value.text
      #expect(shown == value, "\(place) \(wanted.name)")
    }
  }

  private func checkPool(_ name: String, _ expected: JSONValue, _ place: String) {
    let pool = network.cluster?.ipPools.first { $0.name == name }
    for wanted in expected.members {
      #expect(pool?.shown(wanted.name) == wanted.value.anyText, "\(place) \(wanted.name)")
    }
  }

  private func checkLease(_ name: String, _ expected: JSONValue, _ place: String) {
    let lease = network.cluster?.leaseElections.lease(of: ServiceID(namespace: "default", name: name))
    if expected.text == "absent" {
      #expect(lease == nil, "\(place)")
      return
    }
    for wanted in expected.members {
      switch wanted.name {
      case "holder": #expect(lease?.holder?.name ?? "none" == wanted.value.text, "\(place)")
      case "holderIn":
        #expect(wanted.value.elements.compactMap(\.text).contains(lease?.holder?.name ?? "none"), "\(place)")
      case "transitions": #expect(lease?.transitions == wanted.value.integer, "\(place)")
      case "seconds":
        #expect(lease.map { Int($0.duration.components.seconds) } == wanted.value.integer, "\(place)")
      case "renewedMillisecondsAgo":
        let age = lease.map { (now - $0.renewal(at: now)).wholeNanoseconds / 1_000_000 }
        #expect(age == wanted.value.integer.map(Int64.init), "\(place)")
      default: Issue.record("\(place): unknown expectation \(wanted.name)")
      }
    }
  }

  private func rows(of node: String) -> [String] {
    let rows = network.snapshot().datapath(on: NodeID(node))?.l2Announcements ?? []
    return rows.map { "\($0.address) \($0.interface)" }
  }

  private func spoken(by node: String) -> [String] {
    let rows = network.snapshot().datapath(on: NodeID(node))?.speakerAnnouncements ?? []
    return rows.map { "\($0.address) \($0.interface)" }
  }

  private func checkAddressPool(_ name: String, _ expected: JSONValue, _ place: String) {
    let id = DocumentID(kind: "IPAddressPool", namespace: MetalLB.namespace, name: name)
    let status = network.cluster?.document(id)?.record.status
    for wanted in expected.members {
      #expect(status?[wanted.name] == wanted.value, "\(place) \(wanted.name)")
    }
  }

  private func events(of service: String) -> [String] {
    let id = ServiceID(namespace: "default", name: service)
    return (network.cluster?.metalLB?.events ?? []).filter { $0.service == id }.map { event in
      switch event.kind {
      case .assigned(let addresses): "assigned " + addresses.map(\.description).joined(separator: " ")
      case .failed(let message): message
      case .announced(let node): "announced by \(node)"
      }
    }
  }

  private func routes(of machine: String) -> [String] {
    let routes = network.snapshot().stack(.host(NodeID(machine)))?.routes.routes(in: .main) ?? []
    return routes.filter { $0.protocol == .bgp }.map(\.text)
  }

  private func checkPolicy(_ name: String, _ expected: JSONValue, _ place: String) {
    let policy = network.cluster?.l2Policies.first { $0.name == name }
    let shown = (policy?.conditions ?? []).map {
      "\($0.type) \($0.status.rawValue) \($0.reason) \($0.message)"
    }
    #expect(shown == expected.elements.compactMap(\.text), "\(place)")
  }
}

extension IPPool {
  /// What a scenario asks about a pool.
  func shown(_ what: String) -> String? {
    switch what {
    case "total": conditions[ConditionType.total]?.message
    case "available": conditions[ConditionType.available]?.message
    case "used": conditions[ConditionType.used]?.message
    case "conflict": conditions[ConditionType.conflict]?.status.rawValue
    case "reason": conditions[ConditionType.conflict]?.reason
    case "message": conditions[ConditionType.conflict]?.message
    case "types": conditions.map(\.type).joined(separator: " ")
    case "generation": conditions.last?.observedGeneration.map(String.init)
    default: "unknown expectation \(what)"
    }
  }
}
