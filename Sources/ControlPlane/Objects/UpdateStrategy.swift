import NetModel

/// How a workload's pods are replaced when its template changes.
///
/// Source: Kubernetes `apps/v1/types.go`, `DeploymentStrategy`, `DaemonSetUpdateStrategy`.
package enum UpdateStrategy: Hashable, Sendable {
  /// A few at a time: how many pods more than wanted there may be, and how many fewer.
  case rolling(surge: Share, unavailable: Share)
  /// All old pods end before new ones are made; Deployments alone know it.
  case recreate
  /// Old pods stay until somebody deletes them; DaemonSets alone know it.
  case onDelete

  /// A number of pods, or hundredths of those wanted.
  package enum Share: Hashable, Sendable {
    case number(Int)
    case percent(Int)
  }

  /// What a workload has that names none.
  static func standard(for kind: WorkloadID.Kind) -> UpdateStrategy {
    kind == .daemonSet
      ? .rolling(surge: .number(0), unavailable: .number(1))
      : .rolling(surge: .percent(25), unavailable: .percent(25))
  }

  /// How many pods more and fewer than `wanted` there may be during a rollout.
  ///
  /// Source: Kubernetes `pkg/controller/deployment/util/deployment_util.go`, `ResolveFenceposts`;
  /// `pkg/controller/daemon/util/daemonset_util.go`, `UnavailableCount`, which rounds up.
  func bounds(of wanted: Int, kind: WorkloadID.Kind) -> (surge: Int, unavailable: Int) {
    guard case .rolling(let surge, let unavailable) = self else { return (0, wanted) }
    let more = surge.count(of: wanted, roundedUp: true)
    let fewer = unavailable.count(of: wanted, roundedUp: kind == .daemonSet)
    return (more, more == 0 ? max(1, fewer) : fewer)
  }
}

extension UpdateStrategy.Share {
  fileprivate func count(of wanted: Int, roundedUp: Bool) -> Int {
    switch self {
    case .number(let number): number
    case .percent(let percent): (wanted * percent + (roundedUp ? 99 : 0)) / 100
    }
  }
}
