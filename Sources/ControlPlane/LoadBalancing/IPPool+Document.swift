import NetModel

extension IPPool {
  /// A pool as the cluster stores it.
  init(_ object: StoredObject, startTime: WallTime) {
    let spec = object.spec
    self.init(
      name: object.id.name,
      blocks: (spec["blocks"]?.elements ?? []).map { block in
        Block(cidr: block["cidr"]?.text, start: block["start"]?.text, stop: block["stop"]?.text)
      },
      allowsFirstAndLast: spec["allowFirstLastIPs"]?.text != "No",
      isDisabled: spec["disabled"]?.boolean ?? false,
      serviceSelector: spec["serviceSelector"].map { LabelSelector(document: $0) },
      created: object.created.given(object.record.givenCreation, startTime: startTime),
      generation: object.record.generation,
      conditions: [Condition](status: object.record.status, startTime: startTime))
  }
}

extension Creation {
  /// The moment that an object's author gave as that of its creation, where there is one; then order tells nothing.
  func given(_ time: WallTime?, startTime: WallTime) -> Creation {
    guard let time else { return self }
    return Creation(
      instant: Instant(nanoseconds: time.nanoseconds - startTime.nanoseconds), order: 0)
  }
}
