import ControlPlane
import NetModel

extension Kubectl {
  /// Source: kubectl `pkg/cmd/rollout`, `pkg/polymorphichelpers`.
  static let rolloutCommands: [KubectlCommand] = [
    KubectlCommand(
      "rollout restart",
      flags: printFlags + [
        Flag("selector", "l", .text), Flag("field-manager", nil, .text), .unmodelled("filename", "f", .texts),
      ]
    ) { (call, lab, answer) throws(KubectlError) in
      for (resource, document) in try workloads(call, lab, &answer) {
        do throws(KubectlError) {
          try restart(document, resource, call, &lab, &answer)
        } catch {
          answer.fail(error)
        }
      }
    },
    KubectlCommand(
      "rollout status",
      flags: [
        Flag("watch", "w", .bool), Flag("timeout", nil, .text), Flag("revision", nil, .number),
        Flag("selector", "l", .text), .unmodelled("filename", "f", .texts),
      ]
    ) { (call, lab) throws(KubectlError) -> any Job in
      guard let network = lab.network else { return FinishedJob(CommandResult()) }
      let arguments = try ResourceArguments(call.arguments, names: ResourceNames(network))
      guard let target = arguments.targets.first, target.name != nil else {
        throw .client("required resource not specified")
      }
      guard ["Deployment", "DaemonSet"].contains(target.resource.kind) else {
        throw .client("no status viewer has been implemented for \(target.resource.kind)")
      }
      _ = try call.object(target, in: lab)
      let isWatching = call.flags.contains("watch") ? call.flags.isOn("watch") : true
      let text = call.flags.text("timeout") ?? "0s"
      guard let timeout = Duration(goText: text) else {
        throw .usage(
          "invalid argument \(JSONValue.quoted(text)) for \"--timeout\" flag: time: invalid duration",
          command: "rollout status")
      }
      return RolloutStatusJob(
        target: target, call: call, isWatching: isWatching, end: timeout > .zero ? lab.now + timeout : nil)
    },
    KubectlCommand(
      "rollout history",
      flags: printFlags + [Flag("revision", nil, .number), .unmodelled("filename", "f", .texts)]
    ) { (call, lab, answer) throws(KubectlError) in
      if call.flags.contains("revision") { throw .notModelled("--revision") }
      for (resource, document) in try workloads(call, lab, &answer) {
        guard resource.kind == "Deployment" else {
          throw .notModelled("rollout history of a \(resource.kind)")
        }
        let revisions = RolloutHistory(of: document, in: lab).revisions
        var writer = TabWriter(minimumWidth: 0, padding: 2)
        let rows = [["REVISION", "CHANGE-CAUSE"]] + revisions.map { [String($0.number), $0.cause] }
        answer.output += "\(resource.kindName)/\(document.objectName) \n" + writer.format(rows: rows) + "\n"
      }
    },
    KubectlCommand(
      "rollout undo",
      flags: printFlags + [
        DryRun.flag, Flag("to-revision", nil, .number), .unmodelled("filename", "f", .texts),
      ]
    ) { (call, lab, answer) throws(KubectlError) in
      for (resource, document) in try workloads(call, lab, &answer) {
        guard resource.kind == "Deployment" else { throw .notModelled("rollout undo of a \(resource.kind)") }
        try undo(document, resource, call, &lab, &answer)
      }
    },
    pauseCommand("rollout pause", isPaused: true), pauseCommand("rollout resume", isPaused: false),
  ]

  /// Source: kubectl `pkg/cmd/rollout/rollout_pause.go`, `rollout_resume.go`,
  /// `pkg/polymorphichelpers/objectpauser.go`.
  private static func pauseCommand(_ name: String, isPaused: Bool) -> KubectlCommand {
    KubectlCommand(
      name,
      flags: printFlags + [
        Flag("selector", "l", .text), Flag("field-manager", nil, .text), .unmodelled("filename", "f", .texts),
      ]
    ) { (call, lab, answer) throws(KubectlError) in
      for (resource, document) in try workloads(call, lab, &answer) {
        do throws(KubectlError) {
          try setPaused(isPaused, document, resource, call, &lab, &answer)
        } catch {
          answer.fail(error)
        }
      }
    }
  }

  private static func setPaused(
    _ isPaused: Bool, _ document: JSONValue, _ resource: APIResource, _ call: KubectlCall,
    _ lab: inout RunningLab, _ answer: inout KubectlAnswer
  ) throws(KubectlError) {
    let subject = "\(resource.qualifiedName) \"\(document.objectName)\" "
    guard resource.kind == "Deployment" else {
      throw .client(subject + (isPaused ? "pausing" : "resuming") + " is not supported")
    }
    guard isPausedDeployment(document) != isPaused else {
      throw .client(subject + (isPaused ? "is already paused" : "is not paused"))
    }
    let patch = JSONValue.object([.init("spec", .object([.init("paused", isPaused ? .bool(true) : .null)]))])
    let after = try lab.request(
      .patch(
        resource, namespace: document.objectNamespace, name: document.objectName, patch, .strategic,
        subresource: nil))
    try answer.report(after, of: resource, isPaused ? "paused" : "resumed", dryRun: .none, call: call)
  }

  private static func isPausedDeployment(_ document: JSONValue) -> Bool {
    document.value(at: "spec", "paused")?.boolean == true
  }

  private static func workloads(
    _ call: KubectlCall, _ lab: RunningLab, _ answer: inout KubectlAnswer
  ) throws(KubectlError) -> [(APIResource, JSONValue)] {
    guard let network = lab.network else { return [] }
    guard !call.arguments.isEmpty else { throw .client("required resource not specified") }
    let arguments = try ResourceArguments(call.arguments, names: ResourceNames(network))
    var errors: [KubectlError] = []
    let found = try ResourceQuery(arguments, call: call).run(on: lab, errors: &errors)
    errors.forEach { answer.fail($0) }
    return found.flatMap { part in part.documents.map { (part.resource, $0) } }
  }

  private static func restart(
    _ document: JSONValue, _ resource: APIResource, _ call: KubectlCall, _ lab: inout RunningLab,
    _ answer: inout KubectlAnswer
  ) throws(KubectlError) {
    guard ["Deployment", "DaemonSet"].contains(resource.kind) else {
      throw .client("\(resource.plural) \"\(document.objectName)\" restarting is not supported")
    }
    guard !isPausedDeployment(document) else {
      throw .client(
        "\(resource.qualifiedName) \"\(document.objectName)\" can't restart paused deployment "
          + "(run rollout resume first)")
    }
    let patch = JSONValue.object([]).setting(
      ["spec", "template", "metadata", "annotations", "kubectl.kubernetes.io/restartedAt"],
      to: .string(lab.wallTime.description))
    let change = APIChange.patch(
      resource, namespace: document.objectNamespace, name: document.objectName, patch, .strategic,
      subresource: nil)
    let after = try lab.request(change)
    try answer.report(after, of: resource, "restarted", dryRun: .none, call: call)
  }

  private static func undo(
    _ document: JSONValue, _ resource: APIResource, _ call: KubectlCall, _ lab: inout RunningLab,
    _ answer: inout KubectlAnswer
  ) throws(KubectlError) {
    let dryRun = try DryRun(call.flags)
    guard !isPausedDeployment(document) else {
      throw .client(
        "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again"
      )
    }
    let revisions = RolloutHistory(of: document, in: lab).revisions
    let wanted = call.flags.number("to-revision") ?? 0
    let chosen = wanted == 0 ? revisions.dropLast().last : revisions.first { $0.number == wanted }
    guard let chosen else {
      throw .client(
        wanted == 0
          ? "no rollout history found for deployment \"\(document.objectName)\""
          : "unable to find specified revision \(wanted) in history")
    }
    if chosen.number == revisions.last?.number {
      answer.output +=
        "\(resource.kindName)/\(document.objectName) skipped rollback (current template already matches revision \(wanted))\n"
      return
    }
    let patch = JSONValue.array([
      .object([
        .init("op", "replace"), .init("path", "/spec/template"), .init("value", chosen.template),
      ])
    ])
    let change = APIChange.patch(
      resource, namespace: document.objectNamespace, name: document.objectName, patch, .json, subresource: nil
    )
    let after = try lab.request(change, dryRun: dryRun)
    try answer.report(after, of: resource, "rolled back", dryRun: dryRun, call: call)
  }
}

/// The revisions of a Deployment: its ReplicaSets.
///
/// Source: kubectl `pkg/polymorphichelpers/history.go`.
private struct RolloutHistory {
  struct Revision {
    var number: Int
    var cause: String
    var template: JSONValue
  }

  /// In ascending order.
  let revisions: [Revision]

  init(of deployment: JSONValue, in lab: RunningLab) {
    guard let network = lab.network, let sets = ResourceNames(network).resource(named: "replicasets") else {
      revisions = []
      return
    }
    let owned = network.apiList(sets, namespace: deployment.objectNamespace, at: lab.now).filter { set in
      set.value(at: "metadata", "ownerReferences")?.elements.contains {
        $0["uid"] == deployment.value(at: "metadata", "uid")
      } == true
    }
    revisions = owned.compactMap { set -> Revision? in
      let annotations = set.value(at: "metadata", "annotations")
      guard let number = annotations?["deployment.kubernetes.io/revision"]?.text.flatMap({ Int($0) }),
        let template = set.value(at: "spec", "template")
      else { return nil }
      let cause = annotations?["kubernetes.io/change-cause"]?.text ?? "<none>"
      let bare = template.setting(["metadata", "labels", "pod-template-hash"], to: nil)
      return Revision(number: number, cause: cause, template: bare)
    }.sorted { $0.number < $1.number }
  }
}
