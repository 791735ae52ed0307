import ControlPlane
import NetModel

extension Kubectl {
  /// Source: kubectl `pkg/cmd/create`.
  static let createCommands: [KubectlCommand] = [
    KubectlCommand(
      "create",
      flags: fileFlags + changeFlags + [
        Flag("validate", nil, .optionalText("strict")), .unmodelled("edit", nil, .bool),
        .unmodelled("raw", nil, .text), Flag("selector", "l", .text),
      ],
      readsManifests: true,
      answer: { (call, lab, answer) throws(KubectlError) in
        let dryRun = try DryRun(call.flags)
        try eachManifest(call, &lab, &answer) { (manifest, lab, answer) throws(KubectlError) in
          try create(manifest, dryRun, call, &lab, &answer)
        }
      }),
    KubectlCommand("create namespace", flags: changeFlags) { (call, lab, answer) throws(KubectlError) in
      let name = try call.oneName("namespace")
      try create(NewObjects.namespace(name), call, &lab, &answer)
    },
    KubectlCommand(
      "create configmap",
      flags: changeFlags + [
        Flag("from-literal", nil, .text), Flag("append-hash", nil, .bool),
        .unmodelled("from-file", nil, .text),
        .unmodelled("from-env-file", nil, .text),
      ]
    ) { (call, lab, answer) throws(KubectlError) in
      let name = try call.oneName("configmap")
      try create(
        try NewObjects.configMap(name, literals: call.flags.texts("from-literal")), call, &lab, &answer)
    },
    KubectlCommand(
      "create deployment",
      flags: changeFlags + [
        Flag("image", nil, .texts), Flag("replicas", "r", .number), Flag("port", nil, .number),
      ]
    ) { (call, lab, answer) throws(KubectlError) in
      let images = call.flags.texts("image")
      if images.isEmpty { throw .client("required flag(s) \"image\" not set") }
      let document = NewObjects.deployment(
        try call.oneName("deployment"), images: images, replicas: call.flags.number("replicas") ?? 1,
        port: call.flags.number("port"), command: call.wordsBehindDashes)
      try create(document, call, &lab, &answer)
    },
    KubectlCommand(
      "create service",
      flags: changeFlags + [
        Flag("tcp", nil, .texts), Flag("node-port", nil, .number), Flag("clusterip", nil, .text),
        Flag("external-name", nil, .text),
      ]
    ) { (call, lab, answer) throws(KubectlError) in
      guard let word = call.arguments.first, let type = NewObjects.ServiceType(rawValue: word) else {
        throw .notModelled("create service \(call.arguments.first ?? "without a type")")
      }
      let name = try call.oneName("service \(word)", behind: 1)
      try create(try NewObjects.service(name, type, call.flags), call, &lab, &answer)
    },
  ]

  private static func create(
    _ manifest: Manifest, _ dryRun: DryRun, _ call: KubectlCall, _ lab: inout RunningLab,
    _ answer: inout KubectlAnswer
  ) throws(KubectlError) {
    let document = call.flags.isOn("save-config") ? Apply.annotated(manifest.document) : manifest.document
    if dryRun == .client {
      return try answer.report(document, of: manifest.resource, "created", dryRun: dryRun, call: call)
    }
    let created = try lab.request(
      .create(document, namespace: manifest.namespace), dryRun: dryRun,
      doing: "creating \"\(manifest.source)\"")
    try answer.report(created, of: manifest.resource, "created", dryRun: dryRun, call: call)
  }

  /// Creates an object that a command line describes.
  ///
  /// With `--dry-run=client` nobody is asked: the document is what kubectl would send.
  static func create(
    _ document: JSONValue, _ call: KubectlCall, _ lab: inout RunningLab, _ answer: inout KubectlAnswer,
    verb: String = "created"
  ) throws(KubectlError) {
    guard let network = lab.network,
      let resource = ResourceNames(network).resource(
        apiVersion: document["apiVersion"]?.text ?? "", kind: document["kind"]?.text ?? "")
    else { throw .notModelled("kind \(document["kind"]?.text ?? "")") }
    let dryRun = try DryRun(call.flags)
    let hasNamespace = resource.isNamespaced && call.flags.contains("namespace")
    let sent =
      hasNamespace
      ? document.setting(["metadata", "namespace"], to: .string(call.namespace)).sorted : document
    if dryRun == .client { return try answer.report(sent, of: resource, verb, dryRun: dryRun, call: call) }
    let change = APIChange.create(
      sent.withoutNulls, namespace: resource.isNamespaced ? call.namespace : "")
    let created = try lab.request(change, dryRun: dryRun, doing: nil)
    try answer.report(created, of: resource, verb, dryRun: dryRun, call: call)
  }
}

extension KubectlCall {
  /// The single NAME that a command takes.
  func oneName(_ command: String, behind skipped: Int = 0) throws(KubectlError) -> String {
    let names = arguments.dropFirst(skipped)
    guard names.count == 1, let name = names.first else {
      throw .client(
        "exactly one NAME is required, got \(names.count)\n"
          + "See 'kubectl create \(command) -h' for help and examples")
    }
    return name
  }

  /// The words behind `--`.
  var wordsBehindDashes: [String] {
    flags.dashPosition.map { Array(flags.arguments.dropFirst($0)) } ?? []
  }
}
