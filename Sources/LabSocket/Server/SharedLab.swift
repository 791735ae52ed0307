import Console
import NetModel
import Synchronization

/// The one lab that shells and the inspector look at and change, each from its own thread.
package final class SharedLab: Sendable {
  private let state: Mutex<State>

  private struct State: Sendable {
    var lab: RunningLab
    var clock: LabClock
    var observers: [(id: ObserverID, changed: @Sendable () -> Void)] = []
    var nextID = 0
  }

  /// Who is told of changes.
  package struct ObserverID: Hashable, Sendable {
    fileprivate let number: Int
  }

  package init(_ lab: RunningLab, clock: ClockMode) {
    var lab = lab
    lab.settles = clock == .settled
    state = Mutex(State(lab: lab, clock: LabClock(mode: clock, lab: lab.now)))
  }

  /// The lab as it is now.
  package var current: RunningLab {
    change { $0 }
  }

  /// Changes the lab, and tells everyone of it but `observer`, who changes it.
  package func change<Answer>(
    by observer: ObserverID? = nil, _ body: (inout RunningLab) -> sending Answer
  ) -> sending Answer {
    let (answer, told) = state.withLock { state in
      let before = state.lab.revision
      state.lab.now = state.clock.time(at: .now, reached: state.lab.now)
      let answer = body(&state.lab)
      let isChanged = state.lab.revision != before
      return (answer, isChanged ? state.observers.filter { $0.id != observer } : [])
    }
    for observer in told { observer.changed() }
    return answer
  }

  /// Calls `changed` after each change, on the thread of whoever made it, until `forget`.
  package func observe(_ changed: @escaping @Sendable () -> Void) -> ObserverID {
    state.withLock { state in
      let id = ObserverID(number: state.nextID)
      state.nextID += 1
      state.observers.append((id, changed))
      return id
    }
  }

  package func forget(_ observer: ObserverID) {
    state.withLock { $0.observers.removeAll { $0.id == observer } }
  }
}
