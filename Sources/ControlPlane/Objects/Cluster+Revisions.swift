import NetModel

extension Cluster {
  /// Takes up the templates of workloads that have changed, in ascending order of their ids.
  ///
  /// Source: Kubernetes `pkg/controller/deployment/sync.go`, `getNewReplicaSet`: an earlier template is taken up
  /// again with its old hash and a new number.
  mutating func settleRevisions(_ ids: [WorkloadID], seed: UInt64, at instant: Instant) {
    for id in ids {
      guard let position = workloads.position(of: id) else { continue }
      let workload = workloads[position]
      if workload.isPaused { continue }
      if let last = workload.revisions.last, last.template.isSame(as: workload.template) { continue }
      let number = workload.revisionNumber + 1
      if let earlier = workload.revisions.firstIndex(where: { $0.template.isSame(as: workload.template) }) {
        var revision = workloads[position].revisions.remove(at: earlier)
        revision.number = number
        workloads[position].revisions.append(revision)
      } else {
        workloads[position].revisions.append(
          Workload.Revision(
            hash: templateHash(of: workload, seed: seed), number: number, template: workload.template,
            created: nextCreation(at: instant)))
      }
    }
  }

  private func templateHash(of workload: Workload, seed: UInt64) -> String {
    guard workload.revisions.isEmpty else {
      var draw = Draw(
        seed: seed, for: "template-hash", workload.id.description, String(workload.revisionNumber + 1))
      return draw.templateHash()
    }
    var draw = Draw(seed: seed, for: "template-hash", workload.id.description)
    return facts.workload(workload.id)?.templateHash ?? draw.templateHash()
  }
}

extension PodTemplate {
  /// Pods made from both are alike: what one leaves out, the other has as the API server fills it in.
  func isSame(as other: PodTemplate) -> Bool {
    if self == other { return true }
    guard labels == other.labels, annotations == other.annotations else { return false }
    return (manifest ?? spec).withPodDefaults.withoutNulls.sorted
      == (other.manifest ?? other.spec).withPodDefaults.withoutNulls.sorted
  }
}
