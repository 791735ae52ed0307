import NIOCore

/// The connections of one lab; lives on the event loop.
final class SessionRoom {
  /// The most connections at a time.
  static let limit = 512

  let lab: SharedLab
  private var handlers: [ObjectIdentifier: SessionHandler] = [:]

  init(lab: SharedLab) {
    self.lab = lab
  }

  /// False where the room is full.
  func enter(_ handler: SessionHandler) -> Bool {
    guard handlers.count < Self.limit else { return false }
    handlers[ObjectIdentifier(handler)] = handler
    return true
  }

  func leave(_ handler: SessionHandler) {
    handlers[ObjectIdentifier(handler)] = nil
  }

  /// Tells every session that the lab was changed.
  func tellChange() {
    for handler in handlers.values { handler.labChanged() }
  }
}
