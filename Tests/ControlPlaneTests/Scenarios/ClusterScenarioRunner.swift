import Foundation
import Importing
import NetModel
import Testing

@testable import ControlPlane

/// Runs a scenario in a whole cluster, through the API server.
struct ClusterScenarioRunner {
  private(set) var network: Network
  private var now = Instant.start
  private var comment = ""

  private static let lab = Result {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Fixtures/scenarios/cluster.yaml")
    return try Lab(yaml: String(contentsOf: file, encoding: .utf8), file: "cluster.yaml")
  }

  /// - Parameter settings: `holders` are recorded holders of leases by Service, `helm` values that all agents and the
  ///   operator start with.
  init(settings: JSONValue) throws {
    network = try Self.lab.get().network()
    let facts = (settings["holders"]?.members ?? []).map { member in
      ServiceFact(
        service: ServiceID(namespace: "default", name: member.name),
        leaseHolders: member.value.elements.compactMap(\.text).map { NodeID($0) })
    }
    network.cluster?.facts = RecordedFacts(services: facts)
    let values = (settings["helm"]?.members ?? []).map { member in
      HelmSetting(path: member.name, value: HelmValue(parsing: member.value.anyText ?? ""))
    }
    if !values.isEmpty { try change(.setHelmValues(values, restart: .all)) }
  }

  mutating func run(_ scenario: Scenario) throws {
    for (index, step) in scenario.steps.enumerated() {
      comment = "\(scenario.name), step \(index + 1): \(scenario.rule)"
      for action in step.members { try run(action.name, action.value) }
    }
    try checkRest()
  }

  /// Objects come one after another.
  mutating func take(_ documents: [JSONValue]) throws {
    for document in documents { try apply(document.withAPIVersion) }
  }

  /// Control loops that look at everything anew, without any time passing, find nothing to do; only where LB-IPAM and
  /// MetalLB both give addresses they never rest.
  func checkRest() throws {
    guard network.cluster?.metalLB == nil || network.cluster?.ipPools.isEmpty == true else { return }
    var again = network
    again.cluster?.forgetIndex()
    let router = StackID.host(NodeID("router"))
    try again.apply(.setSysctl("net.ipv4.ip_forward", value: 1, on: router), at: again.now)
    let (before, after) = (network.cluster, again.cluster)
    #expect(after?.services == before?.services, "\(comment): Services are not at rest")
    #expect(after?.pods == before?.pods, "\(comment): pods are not at rest")
    #expect(after?.documents == before?.documents, "\(comment): documents are not at rest")
    #expect(after?.leaseElections == before?.leaseElections, "\(comment): leases are not at rest")
    #expect(after?.metalLB == before?.metalLB, "\(comment): MetalLB is not at rest")
    #expect(after?.nodes == before?.nodes, "\(comment): nodes are not at rest")
  }

  private mutating func run(_ action: String, _ value: JSONValue) throws {
    switch action {
    case "apply": try apply(value.withAPIVersion)
    case "refused": refused(value)
    case "patch": try patch(value)
    case "delete": try delete(value)
    case "operator":
      try change(.scale(.ciliumOperator, replicas: value.integer ?? 0))
    case "wait":
      now = now + .milliseconds(value.integer ?? 0)
      network.advance(to: now)
    case "rest":
      network.comeToRest()
      now = max(now, network.now)
    case "expect": ClusterExpectation(network: network, now: now, comment: comment).check(value)
    default: try changeMachine(action, NodeID(value.text ?? ""), value)
    }
  }

  private mutating func changeMachine(_ action: String, _ node: NodeID, _ value: JSONValue) throws {
    switch action {
    case "reboot": try change(.reboot(node))
    case "shutDown": try change(.shutDown(node))
    case "crash": try change(.setPower(node, isOn: false))
    case "powerOn": try change(.setPower(node, isOn: true))
    case "restart": try change(.restartAgents(.node(node)))
    case "down": try change(.setLink(InterfaceID(.host(node), "eth0"), isUp: false))
    case "helm":
      try change(
        .setHelmValues(
          value.members.map { HelmSetting(path: $0.name, value: HelmValue(parsing: $0.value.anyText ?? "")) },
          restart: .all))
    default: Issue.record("\(comment): unknown step \(action)")
    }
  }

  private mutating func change(_ edit: Edit) throws {
    try network.apply(edit, at: now)
  }

  private mutating func apply(_ document: JSONValue) throws {
    let name = document.name
    let resource = try #require(APIResource.of(kind: document["kind"]?.text ?? ""))
    let namespace = document["metadata"]?["namespace"]?.text ?? "default"
    let isThere = (try? network.apiGet(resource, namespace: namespace, name: name, at: now)) != nil
    let request: APIChange =
      isThere ? .replace(document, namespace: namespace) : .create(document, namespace: namespace)
    _ = try network.apply(request, at: now)
  }

  /// The API server answers with these words; nothing changes.
  private func refused(_ value: JSONValue) {
    var copy = self
    do {
      try copy.apply((value["apply"] ?? .null).withAPIVersion)
      Issue.record("\(comment): not refused")
    } catch {
      #expect((error as? APIError)?.message == value["with"]?.text, "\(comment)")
    }
  }

  private mutating func patch(_ value: JSONValue) throws {
    let resource = try #require(APIResource.of(kind: value["kind"]?.text ?? ""))
    _ = try network.apply(
      APIChange.patch(
        resource, namespace: resource.isNamespaced ? value["namespace"]?.text ?? "default" : nil,
        name: value["name"]?.text ?? "",
        value["with"] ?? .null, .merge, subresource: value["subresource"]?.text), at: now)
  }

  private mutating func delete(_ document: JSONValue) throws {
    let resource = try #require(APIResource.of(kind: document["kind"]?.text ?? ""))
    _ = try network.apply(
      APIChange.delete(
        resource, namespace: document["metadata"]?["namespace"]?.text ?? "default", name: document.name),
      at: now)
  }
}

extension JSONValue {
  /// The document with the version of its API, and with a creation time as the API has it, where scenarios give seconds.
  fileprivate var withAPIVersion: JSONValue {
    var document = self
    document["apiVersion"] = APIResource.of(kind: self["kind"]?.text ?? "").map { .string($0.apiVersion) }
    if let seconds = self["metadata"]?["creationTimestamp"]?.integer {
      let time = WallTime(unixSeconds: 1_754_500_000 + Int64(seconds))
      document = document.setting(["metadata", "creationTimestamp"], to: .string(time.description))
    }
    return document
  }
}
