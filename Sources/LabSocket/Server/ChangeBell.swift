import NIOCore
import Synchronization

/// Tells the sessions, on their own thread, that the lab was changed; many changes at once are one.
final class ChangeBell: Sendable {
  private let room: NIOLoopBound<SessionRoom>
  private let isRinging = Atomic(false)

  init(in room: NIOLoopBound<SessionRoom>) {
    self.room = room
  }

  func ring() {
    guard !isRinging.exchange(true, ordering: .acquiringAndReleasing) else { return }
    room.eventLoop.execute {
      self.isRinging.store(false, ordering: .releasing)
      self.room.value.tellChange()
    }
  }
}
