import ControlPlane
import NetModel

/// The pod that a command about a container means: by its name, or the first of a workload or Service.
struct PodChoice: Sendable {
  let pod: JSONValue
  /// How many pods there were to choose from.
  private(set) var count = 1

  /// What the pod is wanted for: kubectl prefers others for each.
  enum Purpose {
    case running, logs
  }

  init(_ pod: JSONValue) {
    self.pod = pod
  }

  /// - Parameter word: `POD`, `pod/POD`, `TYPE/NAME`.
  init(
    _ word: String, _ call: KubectlCall, _ lab: RunningLab, for purpose: Purpose = .running
  ) throws(KubectlError) {
    guard let network = lab.network, let pods = ResourceNames(network).resource(named: "pods") else {
      throw .notModelled("a recorded cluster")
    }
    let words = word.contains("/") ? [word] : ["pods", word]
    let arguments = try ResourceArguments(words, names: ResourceNames(network))
    guard let target = arguments.targets.first, target.name != nil else {
      throw .client("expected 'POD CONTAINER' or 'TYPE/NAME'")
    }
    let object = try call.object(target, in: lab)
    if target.resource.kind == "Pod" {
      pod = object
      return
    }
    let selector = try Self.selector(of: object, target.resource)
    let candidates = network.apiList(pods, namespace: call.namespace, at: lab.now).filter { pod in
      let labels = pod.value(at: "metadata", "labels")
      return selector.members.allSatisfy { labels?[$0.name] == $0.value }
    }
    let ordered = candidates.sorted { Self.rank($0, for: purpose) < Self.rank($1, for: purpose) }
    guard let first = ordered.first else { throw .client("timed out waiting for the condition") }
    pod = first
    count = ordered.count
  }

  /// Source: kubectl `pkg/polymorphichelpers/helpers.go` (`SelectorsForObject`).
  private static func selector(of object: JSONValue, _ resource: APIResource) throws(KubectlError)
    -> JSONValue
  {
    let spec = object["spec"]
    let labels = resource.kind == "Service" ? spec?["selector"] : spec?.value(at: "selector", "matchLabels")
    if let labels, !labels.members.isEmpty { return labels }
    throw .client(
      "cannot attach to *\(resource.apiVersion).\(resource.kind): selector for \(resource.kind) not implemented"
    )
  }

  /// Pods that run come first, then those that have been ready for longest; for logs, then those whose containers
  /// restarted most often.
  ///
  /// Source: kubectl `pkg/util/podutils/podutils.go` (`ActivePods`, reversed, and `ByLogging`); equal ones in the
  /// order in which they were made.
  private static func rank(_ pod: JSONValue, for purpose: Purpose) -> (Int, String, Int, Int) {
    let ready = pod.condition("Ready")
    let isReady = ready?["status"]?.text == "True"
    let isRunning = pod.value(at: "status", "phase")?.text == "Running"
    let statuses = pod.value(at: "status", "containerStatuses")?.elements ?? []
    let restarts = statuses.map { $0["restartCount"]?.integer ?? 0 }.max() ?? 0
    return (
      isReady ? 0 : isRunning ? 1 : 2, ready?["lastTransitionTime"]?.text ?? "",
      purpose == .logs ? -restarts : 0,
      pod.value(at: "metadata", "resourceVersion")?.text.flatMap { Int($0) } ?? 0
    )
  }

  var name: String { pod.objectName }
  var id: PodID { PodID(namespace: pod.objectNamespace, name: pod.objectName) }

  /// The stack on which the pod's programs run; `nil` while it is on no node.
  var stack: StackID? {
    if pod.value(at: "spec", "hostNetwork")?.boolean == true {
      return pod.value(at: "spec", "nodeName")?.text.map { .host(NodeID($0)) }
    }
    return .pod(id)
  }

  /// A container of the pod, with the notice that kubectl prints where it chose among several.
  ///
  /// Source: kubectl `pkg/cmd/util/podcmd/podcmd.go` (`FindOrDefaultContainerByName`).
  func container(named name: String?) throws(KubectlError) -> (container: JSONValue, notice: String?) {
    let containers = pod.value(at: "spec", "containers")?.elements ?? []
    let initial = pod.value(at: "spec", "initContainers")?.elements ?? []
    if let name {
      if let found = (containers + initial).first(where: { $0["name"]?.text == name }) { return (found, nil) }
      throw .client("container \(name) not found in pod \(self.name)")
    }
    let chosen = pod.value(at: "metadata", "annotations", "kubectl.kubernetes.io/default-container")?.text
    if let found = containers.first(where: { $0["name"]?.text == chosen }), chosen != nil {
      return (found, nil)
    }
    guard let first = containers.first else { throw .client("pod \(self.name) has no containers") }
    guard containers.count + initial.count > 1 else { return (first, nil) }
    let all =
      containers.map { $0["name"]?.text ?? "" } + initial.map { "\($0["name"]?.text ?? "") (init)" }
    return (
      first, "Defaulted container \"\(first["name"]?.text ?? "")\" out of: \(all.joined(separator: ", "))"
    )
  }
}
