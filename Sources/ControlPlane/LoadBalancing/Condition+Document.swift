import NetModel

extension Condition {
  /// One entry of `status.conditions`; `nil` where it is none.
  init?(document: JSONValue, startTime: WallTime) {
    guard let type = document["type"]?.text,
      let status = document["status"]?.text.flatMap({ Status(rawValue: $0) })
    else { return nil }
    let time = document["lastTransitionTime"]?.text.flatMap { WallTime(parsing: $0) } ?? startTime
    self.init(
      type: type, status: status, observedGeneration: document["observedGeneration"]?.integer,
      lastTransition: Instant(nanoseconds: time.nanoseconds - startTime.nanoseconds),
      reason: document["reason"]?.text ?? "", message: document["message"]?.text ?? "")
  }

  /// The condition as it stands in a status.
  func document(startTime: WallTime) -> JSONValue {
    .fields([
      "lastTransitionTime": .string(WallTime(lastTransition, since: startTime).description),
      "message": .string(message), "observedGeneration": observedGeneration.map { .number($0) },
      "reason": .string(reason), "status": .string(status.rawValue), "type": .string(type),
    ])
  }
}

extension [Condition] {
  /// The conditions of a status.
  init(status: JSONValue?, startTime: WallTime) {
    self = (status?["conditions"]?.elements ?? []).compactMap {
      Condition(document: $0, startTime: startTime)
    }
  }

  /// As they stand in a status; `nil` where there are none.
  func document(startTime: WallTime) -> JSONValue? {
    isEmpty ? nil : .array(map { $0.document(startTime: startTime) })
  }
}
