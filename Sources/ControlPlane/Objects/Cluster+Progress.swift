import NetModel

extension Cluster {
  /// When a Deployment's rollout counts as stuck unless something happens before; `nil` where nothing is left to do.
  ///
  /// Source: Kubernetes `pkg/controller/deployment/progress.go`, `util/deployment_util.go`, `DeploymentTimedOut`.
  package func progressDeadline(of id: WorkloadID) -> Instant? {
    guard let workload = workload(id), id.kind == .deployment, !workload.isPaused, !isComplete(workload)
    else { return nil }
    let events = [workload.created, workload.revisions.last?.created].compactMap { $0?.instant }
    let last = (events + countedPods(of: id).map(\.created.instant)).max() ?? .start
    let seconds = workload.record.manifest?.value(at: "spec", "progressDeadlineSeconds")?.integer
    return last + .seconds(seconds ?? 600)
  }

  /// All pods that a Deployment wants are there, are of its present template and ready, and there are no others.
  func isComplete(_ workload: Workload) -> Bool {
    let pods = countedPods(of: workload.id)
    return workload.hasTakenUpTemplate && pods.count == workload.replicas
      && pods.allSatisfy { $0.revision == workload.templateHash && isReady($0) }
  }

  /// The pods that a workload counts as its own.
  func countedPods(of id: WorkloadID) -> [Pod] {
    pods(of: id).filter { !$0.isDetached && $0.termination == nil }
  }
}
