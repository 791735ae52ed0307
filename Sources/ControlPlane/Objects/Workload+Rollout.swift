extension Workload {
  /// Pods of an earlier template are still wanted, or the present one has not what it is to have.
  var isRollingOut: Bool {
    id.kind == .deployment && !isPaused
      && (revisions.dropLast().contains { $0.replicas > 0 } || revisions.last?.replicas != replicas)
  }

  /// The present template has a revision; one that came while a Deployment was paused has none.
  var hasTakenUpTemplate: Bool { revisions.last?.template.isSame(as: template) ?? false }

  /// `spec.paused`: a new template waits.
  var isPaused: Bool { record.manifest?.value(at: "spec", "paused") == true }

  /// How many pods each revision of a Deployment is to have next, one step nearer to the present template.
  ///
  /// A change of `replicas` during a rollout is not shared among the revisions in proportion.
  /// Source: Kubernetes `pkg/controller/deployment/rolling.go`, `recreate.go`,
  /// `util/deployment_util.go`, `NewRSNewReplicas`.
  /// - Parameter available: How many ready pods each revision has.
  /// - Parameter isClear: No pod of an earlier revision is left, ending ones counted.
  func nextReplicas(available: [Int], isClear: Bool) -> [Int] {
    var next = revisions.map(\.replicas)
    guard let last = next.indices.last else { return [] }
    let old = next.dropLast().reduce(0, +)
    if isPaused {
      let active = next.indices.filter { next[$0] > 0 }
      if active.count <= 1 { next[active.first ?? last] = replicas }
      return next
    }
    if strategy == .recreate {
      for index in 0..<last { next[index] = 0 }
      if isClear { next[last] = replicas }
      return next
    }
    guard old > 0, next[last] <= replicas else {
      next[last] = replicas
      return next
    }
    let bounds = strategy.bounds(of: replicas, kind: id.kind)
    let room = min(replicas + bounds.surge - old - next[last], replicas - next[last])
    if room > 0 {
      next[last] += room
    } else {
      scaleDownOld(&next, available: available, least: replicas - bounds.unavailable)
    }
    return next
  }

  /// Takes pods from earlier revisions, those that are not ready first, so that `least` ready ones stay.
  private func scaleDownOld(_ next: inout [Int], available: [Int], least: Int) {
    let last = next.count - 1
    let missing = next[last] - available[last]
    var most = next.reduce(0, +) - least - missing
    guard most > 0 else { return }
    for index in 0..<last {
      let unready = min(max(0, next[index] - available[index]), most)
      next[index] -= unready
      most -= unready
    }
    var surplus = available.reduce(0, +) - least
    for index in 0..<last where surplus > 0 {
      let fewer = min(next[index], surplus)
      next[index] -= fewer
      surplus -= fewer
    }
  }
}
