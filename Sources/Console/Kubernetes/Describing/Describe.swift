import ControlPlane
import NetModel

extension Kubectl {
  /// Source: kubectl `pkg/cmd/describe/describe.go`.
  static let describeCommands = [
    KubectlCommand(
      "describe",
      flags: selectionFlags + [
        Flag("show-events", nil, .bool), Flag("chunk-size", nil, .number),
        .unmodelled("filename", "f", .texts),
      ]
    ) { (call, lab, answer) throws(KubectlError) in
      guard let network = lab.network else { return }
      guard !call.arguments.isEmpty else {
        throw .plain(
          "You must specify the type of resource to describe. "
            + "Use \"kubectl api-resources\" for a complete list of supported resources.\n")
      }
      let arguments = try ResourceArguments(call.arguments, names: ResourceNames(network))
      var errors: [KubectlError] = []
      var found = try ResourceQuery(arguments, call: call).run(on: lab, errors: &errors)
      var isByPrefix = false
      if found.isEmpty, arguments.targets.count == 1, let target = arguments.targets.first {
        found = byPrefix(target, call, network, lab.now)
        if !found.isEmpty {
          errors = []
          isByPrefix = true
        }
      }
      let (names, now) = (ResourceNames(network), lab.now)
      let events = network.cluster?.metalLB?.events ?? []
      let describing = Describing(
        wallTime: lab.wallTime, startTime: network.cluster?.startTime, events: events
      ) { name, namespace in
        names.resource(named: name).map { network.apiList($0, namespace: namespace, at: now) } ?? []
      }
      let texts = found.flatMap { part in part.documents.map { describing.text(of: $0, part.resource) } }
      answer.output += isByPrefix ? texts.map { $0 + "\n" }.joined() : texts.joined(separator: "\n\n")
      errors.forEach { answer.fail($0) }
      if texts.isEmpty, errors.isEmpty {
        answer.warn(
          call.isAllNamespaces || arguments.targets.allSatisfy { !$0.resource.isNamespaced }
            ? "No resources found" : "No resources found in \(call.namespace) namespace.")
      }
    }
  ]

  /// Objects whose names begin with the name, where none bears it.
  private static func byPrefix(
    _ target: ResourceArguments.Target, _ call: KubectlCall, _ network: Network, _ now: Instant
  ) -> [ResourceQuery.Found] {
    guard let prefix = target.name else { return [] }
    let matches = network.apiList(target.resource, namespace: call.namespace, at: now).filter {
      $0.objectName.hasPrefix(prefix)
    }
    return matches.isEmpty ? [] : [ResourceQuery.Found(resource: target.resource, documents: matches)]
  }
}

/// Describes objects; some need others to be looked at.
struct Describing {
  let wallTime: WallTime
  /// The calendar at the model's start.
  let startTime: WallTime?
  /// Events of Services; nobody else's are known.
  let events: [MetalLB.Event]
  /// The objects of a resource, by its name, in a namespace or in all.
  let objects: (_ resource: String, _ namespace: String?) -> [JSONValue]

  func text(of document: JSONValue, _ resource: APIResource) -> String {
    var text = DescribeText()
    switch resource.kind {
    case "Pod": describePod(document, &text)
    case "Service": describeService(document, &text)
    case "Node": describeNode(document, &text)
    case "Namespace": describeNamespace(document, &text)
    case "Endpoints": describeEndpoints(document, &text)
    case "EndpointSlice": describeEndpointSlice(document, &text)
    case "ConfigMap": describeConfigMap(document, &text)
    case "Deployment": describeDeployment(document, &text)
    case "DaemonSet": describeDaemonSet(document, &text)
    case "ReplicaSet": describeReplicaSet(document, &text)
    case "NetworkPolicy": NetworkPolicyText.describe(document, &text)
    default: describeAny(document, &text)
    }
    return text.text
  }

  private func describeNamespace(_ document: JSONValue, _ text: inout DescribeText) {
    text.heading(document, isNamespaced: false)
    text.labels(document)
    text.annotations(document)
    text.field("Status", document.value(at: "status", "phase")?.text ?? "")
    for noun in ["resource quota", "LimitRange resource"] {
      text.line(0, "")
      text.line(0, "No \(noun).")
    }
  }

  private func describeConfigMap(_ document: JSONValue, _ text: inout DescribeText) {
    text.heading(document)
    text.labels(document)
    text.annotations(document)
    text.line(0, "")
    text.line(0, "Data")
    text.line(0, "====")
    for member in document["data"]?.members ?? [] {
      text.line(0, "\(member.name):")
      text.line(0, "----")
      text.line(0, member.value.text ?? "")
      text.line(0, "")
    }
    text.line(0, "")
    text.line(0, "BinaryData")
    text.line(0, "====")
    text.line(0, "")
    text.events()
  }

  private func describeAny(_ document: JSONValue, _ text: inout DescribeText) {
    text.heading(document)
    text.labels(document)
    text.annotations(document)
    UnstructuredText.write(document, level: 0, path: "", to: &text)
    text.events()
  }
}
