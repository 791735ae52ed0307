import ControlPlane
import NetModel

extension Kubectl {
  /// Source: kubectl `pkg/cmd/run/run.go`.
  static let runCommand = KubectlCommand(
    "run",
    flags: changeFlags + [
      Flag("image", nil, .text), Flag("port", nil, .number), Flag("labels", "l", .text),
      Flag("env", nil, .text),
      Flag("restart", nil, .text), Flag("command", nil, .bool), Flag("image-pull-policy", nil, .text),
      Flag("annotations", nil, .text), Flag("quiet", "q", .bool), Flag("stdin", "i", .bool),
      Flag("tty", "t", .bool), Flag("rm", nil, .bool), Flag("attach", nil, .bool),
      .unmodelled("expose", nil, .bool), .unmodelled("overrides", nil, .text),
    ]
  ) { (call, lab) throws(KubectlError) -> any Job in
    let isAttached = call.flags.isOn("attach") || call.flags.isOn("stdin") || call.flags.isOn("tty")
    if call.flags.isOn("rm"), !isAttached {
      throw .client("--rm should only be used for attached containers")
    }
    if isAttached { return try AttachedRun(call) }
    var answer = KubectlAnswer()
    do throws(KubectlError) {
      try createPod(call, &lab, &answer)
    } catch {
      answer.fail(error)
    }
    return FinishedJob(answer.result)
  }

  /// Creates the pod that the command line describes.
  fileprivate static func createPod(
    _ call: KubectlCall, _ lab: inout RunningLab, _ answer: inout KubectlAnswer
  ) throws(KubectlError) {
    guard let name = call.arguments.first else { throw .client("NAME is required for run") }
    guard let image = call.flags.text("image"), !image.isEmpty else {
      throw .client("required flag(s) \"image\" not set")
    }
    let words = call.arguments.dropFirst() + call.wordsBehindDashes
    let isCommand = call.flags.isOn("command")
    let labels = pairs(call.flags.text("labels").map { [$0] } ?? ["run=\(name)"], apart: ",")
    let container = JSONValue.fields([
      "args": words.isEmpty || isCommand ? nil : .texts(Array(words)),
      "command": words.isEmpty || !isCommand ? nil : .texts(Array(words)),
      "env": environment(call.flags.texts("env")), "image": .string(image),
      "imagePullPolicy": call.flags.text("image-pull-policy").map { .string($0) }, "name": .string(name),
      "ports": call.flags.number("port").map { .array([.object([.init("containerPort", .number($0))])]) },
      "resources": .object([]),
    ])
    let spec = JSONValue.fields([
      "containers": .array([container]), "dnsPolicy": "ClusterFirst",
      "restartPolicy": .string(call.flags.text("restart") ?? "Always"),
    ])
    let document = NewObjects.object(
      "v1", "Pod", name, ["spec": spec, "status": .object([])], labels: .object(labels))
    try create(document, call, &lab, &answer)
  }

  private static func pairs(_ texts: [String], apart separator: Character) -> [JSONValue.Member] {
    texts.flatMap { $0.split(separator: separator) }.map { text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return .init(String(parts[0]), .string(parts.count > 1 ? String(parts[1]) : ""))
    }
  }

  private static func environment(_ texts: [String]) -> JSONValue? {
    if texts.isEmpty { return nil }
    return .array(
      pairs(texts, apart: "\0").map { .object([.init("name", .string($0.name)), .init("value", $0.value)]) })
  }

  /// Source: kubectl `pkg/cmd/expose/expose.go`.
  static let exposeCommand = KubectlCommand(
    "expose",
    flags: changeFlags + [
      Flag("port", nil, .text), Flag("target-port", nil, .text), Flag("name", nil, .text),
      Flag("type", nil, .text),
      Flag("protocol", nil, .text), Flag("selector", nil, .text), Flag("labels", "l", .text),
      Flag("external-ip", nil, .text), Flag("load-balancer-ip", nil, .text), Flag("cluster-ip", nil, .text),
      Flag("session-affinity", nil, .text), .unmodelled("filename", "f", .texts),
      .unmodelled("overrides", nil, .text),
    ]
  ) { (call, lab, answer) throws(KubectlError) in
    guard let network = lab.network else { return }
    let arguments = try ResourceArguments(call.arguments, names: ResourceNames(network))
    guard let target = arguments.targets.first, target.name != nil else {
      throw .client("resource(s) were provided, but no name was specified")
    }
    let document = try call.object(target, in: lab)
    let selector = try exposedSelector(call, of: document, target.resource.kind)
    let ports = try exposedPorts(call, of: document)
    let labels = call.flags.text("labels").map { JSONValue.object(pairs([$0], apart: ",")) }
    let spec = JSONValue.fields([
      "clusterIP": call.flags.text("cluster-ip").map { .string($0) },
      "externalIPs": call.flags.text("external-ip").map { .texts([$0]) },
      "loadBalancerIP": call.flags.text("load-balancer-ip").map { .string($0) }, "ports": .array(ports),
      "selector": selector, "sessionAffinity": call.flags.text("session-affinity").map { .string($0) },
      "type": call.flags.text("type").map { .string($0) },
    ])
    let service = NewObjects.object(
      "v1", "Service", call.flags.text("name") ?? document.objectName,
      ["spec": spec, "status": NewObjects.emptyBalancer],
      labels: labels ?? document.value(at: "metadata", "labels"))
    try create(service, call, &lab, &answer, verb: "exposed")
  }

  private static func exposedSelector(
    _ call: KubectlCall, of document: JSONValue, _ kind: String
  ) throws(KubectlError) -> JSONValue {
    if let text = call.flags.text("selector") { return .object(pairs([text], apart: ",")) }
    let selector: JSONValue? =
      switch kind {
      case "Pod": document.value(at: "metadata", "labels")
      case "Service": document.value(at: "spec", "selector")
      case "Deployment", "ReplicaSet": document.value(at: "spec", "selector", "matchLabels")
      default: throw .client("cannot expose a \(kind)")
      }
    guard let selector, !selector.members.isEmpty else {
      throw .client(
        "couldn't retrieve selectors via --selector flag or introspection: invalid deployment: no selectors, therefore cannot be exposed"
      )
    }
    return selector
  }

  private static func exposedPorts(_ call: KubectlCall, of document: JSONValue) throws(KubectlError)
    -> [JSONValue]
  {
    let containers =
      document.value(at: "spec", "template", "spec", "containers") ?? document.value(at: "spec", "containers")
    let declared =
      document.value(at: "spec", "template") == nil && containers == nil
      ? (document.value(at: "spec", "ports")?.elements ?? []).compactMap { $0["port"]?.integer }
      : (containers?.elements ?? []).flatMap { $0["ports"]?.elements ?? [] }.compactMap {
        $0["containerPort"]?.integer
      }
    let numbers = call.flags.text("port").map { $0.split(separator: ",").compactMap { Int($0) } } ?? declared
    guard !numbers.isEmpty else { throw .client("couldn't find port via --port flag or introspection") }
    return numbers.enumerated().map { index, number in
      let target = call.flags.text("target-port").map { Int($0).map { .number($0) } ?? JSONValue.string($0) }
      return .fields([
        "name": numbers.count > 1 ? .string("port-\(index + 1)") : nil, "port": .number(number),
        "protocol": .string(call.flags.text("protocol") ?? "TCP"), "targetPort": target ?? .number(number),
      ])
    }
  }
}

/// `kubectl run -it [--rm] NAME --image=IMAGE -- PROGRAM`: the pod is made, its program runs, and the pod may go again.
private struct AttachedRun: Job {
  private let call: KubectlCall
  private let pod: PodID
  private let words: [String]
  private var inner: (any Job)?
  private var isMade = false

  init(_ call: KubectlCall) throws(KubectlError) {
    self.call = call
    words = call.arguments.dropFirst() + call.wordsBehindDashes
    pod = PodID(namespace: call.namespace, name: call.arguments.first ?? "")
    guard let program = words.first, LabCommand.named(program) != nil || Kubectl.isShell(program) else {
      throw .notModelled(
        words.first.map { "run -it with \($0)" } ?? "run -it with the image's own program")
    }
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    if !isMade {
      var answer = KubectlAnswer()
      do throws(KubectlError) {
        try Kubectl.createPod(call, &lab, &answer)
        isMade = true
      } catch {
        answer.fail(error)
        output.writeError(answer.result.standardError)
        return .ended(status: 1)
      }
    }
    if inner == nil {
      if event == .interrupted { return end(130, in: &lab, &output) }
      guard lab.snapshot.stack(.pod(pod)) != nil else { return .waiting(JobWait(forLabChange: true)) }
      if let line = shellLine {
        output.writeError("If you don't see a command prompt, try pressing enter.\n")
        return .handedOver(ShellRequest(stack: call.invocation.stack, line: line))
      }
      inner = lab.start(words, on: .pod(pod), input: call.invocation.input)
      return go(.started, in: &lab, &output)
    }
    return go(event, in: &lab, &output)
  }

  /// What the user's shell runs where the pod's program is a shell: it goes there, and takes the pod away behind it.
  private var shellLine: String? {
    guard words.count == 1, Kubectl.isShell(words[0]), isPlain(pod.name), isPlain(pod.namespace) else {
      return nil
    }
    let place = "-n \(pod.namespace)"
    let removal = call.flags.isOn("rm") ? "; kubectl delete pod \(pod.name) \(place)" : ""
    return "kubectl exec -it \(place) \(pod.name) -- \(words[0])\(removal)"
  }

  /// Nothing of it means anything to a shell.
  private func isPlain(_ name: String) -> Bool {
    name.utf8.allSatisfy {
      (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d || $0 == 0x2e
    }
  }

  private mutating func go(
    _ event: JobEvent, in lab: inout RunningLab, _ output: inout JobOutput
  ) -> JobState {
    guard var job = inner else { return .ended(status: 1) }
    let state = job.resume(event, in: &lab, output: &output)
    inner = job
    guard case .ended(let status) = state else { return state }
    if status != 0 { output.writeError("pod \(pod.namespace)/\(pod.name) terminated (Error)\n") }
    return end(status, in: &lab, &output)
  }

  private func end(_ status: Int32, in lab: inout RunningLab, _ output: inout JobOutput) -> JobState {
    guard call.flags.isOn("rm"), let network = lab.network,
      let pods = ResourceNames(network).resource(named: "pods")
    else { return .ended(status: status) }
    let change = APIChange.delete(pods, namespace: pod.namespace, name: pod.name)
    if (try? lab.request(change)) != nil { output.write("pod \"\(pod.name)\" deleted\n") }
    return .ended(status: status)
  }
}
