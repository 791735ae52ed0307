import ControlPlane
import NetModel

/// `kubectl rollout status`: waits until a rollout is over.
///
/// Source: kubectl `pkg/polymorphichelpers/rollout_status.go`.
struct RolloutStatusJob: Job {
  let target: ResourceArguments.Target
  let call: KubectlCall
  let isWatching: Bool
  private var lastLine = ""

  init(target: ResourceArguments.Target, call: KubectlCall, isWatching: Bool) {
    self.target = target
    self.call = call
    self.isWatching = isWatching
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
    let (line, isOver) = Self.status(of: document, target.resource.kind)
    if line != lastLine { output.write(line + "\n") }
    lastLine = line
    return isOver || !isWatching ? .ended(status: 0) : .waiting(JobWait(forLabChange: true))
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
