import ControlPlane
import NetModel

/// `kubectl rollout status`: waits until a rollout is over.
///
/// Source: kubectl `pkg/polymorphichelpers/rollout_status.go`.
struct RolloutStatusJob: Job {
  let target: ResourceArguments.Target
  let call: KubectlCall
  let isWatching: Bool
  /// When it gives up; `nil` for never.
  let end: Instant?
  private var lastLine = ""

  init(target: ResourceArguments.Target, call: KubectlCall, isWatching: Bool, end: Instant?) {
    self.target = target
    self.call = call
    self.isWatching = isWatching
    self.end = end
  }

  mutating func resume(
    _ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput
  ) -> JobState {
    if event == .interrupted { return .ended(status: 130) }
    let document: JSONValue
    do {
      document = try call.object(target, in: lab)
    } catch {
      output.writeError("error: watch closed before UntilWithSync timeout\n")
      return .ended(status: 1)
    }
    let name = document.objectName
    if Self.isStuck(document) {
      output.writeError("error: deployment \(JSONValue.quoted(name)) exceeded its progress deadline\n")
      return .ended(status: 1)
    }
    let (line, isOver) = Self.status(of: document, target.resource.kind)
    if line != lastLine { output.write(line + "\n") }
    lastLine = line
    if isOver || !isWatching { return .ended(status: 0) }
    if let end, lab.now >= end {
      output.writeError("error: timed out waiting for the condition\n")
      return .ended(status: 1)
    }
    let workload = WorkloadID(.deployment, namespace: document.objectNamespace, name: name)
    let deadline =
      target.resource.kind == "Deployment" ? lab.network?.cluster?.progressDeadline(of: workload) : nil
    let until = [end, deadline].compactMap(\.self).min()
    return .waiting(JobWait(until: until, forLabChange: true))
  }

  private static func isStuck(_ document: JSONValue) -> Bool {
    (document["status"]?["conditions"]?.elements ?? []).contains {
      $0["type"] == "Progressing" && $0["reason"] == "ProgressDeadlineExceeded"
    }
  }

  private static func status(of document: JSONValue, _ kind: String) -> (line: String, isOver: Bool) {
    let name = document.objectName
    let status = document["status"]
    func count(_ field: String) -> Int { status?[field]?.integer ?? 0 }
    if kind == "DaemonSet" {
      let wanted = count("desiredNumberScheduled")
      let beginning = "Waiting for daemon set \"\(name)\" rollout to finish: "
      if count("updatedNumberScheduled") < wanted {
        return (
          beginning + "\(count("updatedNumberScheduled")) out of \(wanted) new pods have been updated...",
          false
        )
      }
      if count("numberAvailable") < wanted {
        return (beginning + "\(count("numberAvailable")) of \(wanted) updated pods are available...", false)
      }
      return ("daemon set \"\(name)\" successfully rolled out", true)
    }
    let wanted = document.value(at: "spec", "replicas")?.integer ?? 1
    let (all, updated, available) = (count("replicas"), count("updatedReplicas"), count("availableReplicas"))
    let beginning = "Waiting for deployment \"\(name)\" rollout to finish: "
    if updated < wanted {
      return (beginning + "\(updated) out of \(wanted) new replicas have been updated...", false)
    }
    if all > updated {
      return (beginning + "\(all - updated) old replicas are pending termination...", false)
    }
    if available < updated {
      return (beginning + "\(available) of \(updated) updated replicas are available...", false)
    }
    return ("deployment \"\(name)\" successfully rolled out", true)
  }
}
