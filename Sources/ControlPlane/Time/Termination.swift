import NetModel

/// A pod that was deleted and has not ended yet.
///
/// Source: Kubernetes documentation, Pod Lifecycle, Termination of Pods.
package struct Termination: Hashable, Sendable {
  /// When it was deleted.
  package var since: Instant
  /// How long its programs may take.
  package var gracePeriod: Duration
  /// When they are killed; `nil` while nobody can say, as their node does not answer.
  package var end: Instant?
}

extension Cluster {
  /// Deletes a pod: it is gone where its programs heed the signal to end, or none run; else it takes its time.
  ///
  /// On a node that does not answer it stays until the node is back, unless it is deleted without any grace.
  /// - Parameter asked: What the client allows instead of the pod's own; for a pod that ends already only less counts.
  mutating func endPod(
    _ id: PodID, gracePeriod asked: Duration? = nil, in network: Network, at instant: Instant
  ) {
    guard let pod = pod(id) else { return }
    guard asked != .zero else {
      pods[id: id] = nil
      return
    }
    if let termination = pod.termination {
      if let asked { hasten(id, termination, to: asked, at: instant) }
      return
    }
    let isAnswering = pod.node.map { network.machine($0)?.isUp == true } ?? true
    let isStubborn = isRunning(pod) && pod.template.ignoresTermination && pod.template.gracePeriod > .zero
    guard isStubborn || !isAnswering else {
      pods[id: id] = nil
      return
    }
    let gracePeriod = asked ?? pod.template.gracePeriod
    pods[id: id]?.termination = Termination(
      since: instant, gracePeriod: gracePeriod, end: isAnswering ? instant + gracePeriod : nil)
  }

  private mutating func hasten(
    _ id: PodID, _ termination: Termination, to gracePeriod: Duration, at instant: Instant
  ) {
    guard let end = termination.end, instant + gracePeriod < end else { return }
    pods[id: id]?.termination = Termination(
      since: termination.since, gracePeriod: gracePeriod, end: instant + gracePeriod)
  }

  /// When the next pod is killed; `nil` where none is to be.
  var nextKill: Instant? {
    index.value.terminatingPods.compactMap { pod($0)?.termination?.end }.min()
  }

  /// Kills the pods whose time is over.
  mutating func killPods(at instant: Instant) {
    for id in index.value.terminatingPods {
      if let end = pod(id)?.termination?.end, end <= instant { pods[id: id] = nil }
    }
  }
}

extension PodTemplate {
  /// `terminationGracePeriodSeconds`; 30 seconds unless set.
  var gracePeriod: Duration {
    .seconds(manifest?["terminationGracePeriodSeconds"]?.integer ?? 30)
  }

  /// The first program of a container has no handler for SIGTERM, so that the kernel keeps the signal from it; what
  /// an image starts by itself is taken to have one.
  ///
  /// Source: Linux `kernel/signal.c`, `sig_task_ignored`; signal(7), pid_namespaces(7).
  var ignoresTermination: Bool {
    containers.contains { container in
      let program = (container.command.first ?? "").split(separator: "/").last.map(String.init) ?? ""
      return PodTemplate.programsWithoutHandlers.contains(program)
    }
  }

  private static let programsWithoutHandlers: Set<String> = ["bash", "cat", "sh", "sleep", "tail", "yes"]
}
