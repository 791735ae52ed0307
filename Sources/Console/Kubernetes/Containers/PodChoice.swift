import ControlPlane
import NetModel

/// The pod that a command about a container means: by its name, or the first of a workload or Service.
struct PodChoice: Sendable {
  let pod: JSONValue

  /// - Parameter word: `POD`, `pod/POD`, `TYPE/NAME`.
  init(_ word: String, _ call: KubectlCall, _ lab: RunningLab) throws(KubectlError) {
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
    guard let first = candidates.sorted(by: Self.precedes).first else {
      throw .client("timed out waiting for the condition")
    }
    pod = first
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

  /// Pods that run come first, then those that have been ready for longest.
  ///
  /// Source: kubectl `pkg/util/podutils/podutils.go` (`ActivePods`), reversed; equal ones in the order in which
  /// they were made.
  private static func precedes(_ left: JSONValue, _ right: JSONValue) -> Bool {
    let (one, other) = (rank(left), rank(right))
    if one.state != other.state { return one.state < other.state }
    if one.ready != other.ready { return one.ready < other.ready }
    return one.order < other.order
  }

  private static func rank(_ pod: JSONValue) -> (state: Int, ready: String, order: Int) {
    let ready = pod.condition("Ready")
    let isReady = ready?["status"]?.text == "True"
    let isRunning = pod.value(at: "status", "phase")?.text == "Running"
    return (
      isReady ? 0 : isRunning ? 1 : 2, ready?["lastTransitionTime"]?.text ?? "",
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
