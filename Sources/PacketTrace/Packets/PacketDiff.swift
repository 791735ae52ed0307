import NetModel

/// What sets two states of a packet apart: headers put on, headers taken off, fields changed.
///
/// Headers are aligned from the innermost outwards, as tunnels and links put theirs on from outside.
package struct PacketDiff: Hashable, Sendable {
  /// The headers of both states, outermost first; those taken off stand before those put on.
  package var headers: [Header]
  /// Bytes behind the last header, where their number changed.
  package var payloadLength: Change<Int>?

  /// Empty where nothing changed.
  package var isEmpty: Bool {
    payloadLength == nil && headers.allSatisfy { $0.change == .kept([]) }
  }

  package struct Header: Hashable, Sendable {
    package var kind: Packet.Header.Kind
    package var change: HeaderChange
  }

  package enum HeaderChange: Hashable, Sendable {
    /// The header stayed; the fields that changed, in the order of the header.
    case kept([FieldChange])
    /// Put on, with these fields.
    case added([PacketField])
    /// Taken off, with these fields.
    case removed([PacketField])
  }

  package struct FieldChange: Hashable, Sendable {
    package var name: PacketField.Name
    /// `nil` where the field was not there.
    package var before: PacketField.Value?
    /// `nil` where the field is no longer there.
    package var after: PacketField.Value?
  }

  package struct Change<Value: Hashable & Sendable>: Hashable, Sendable {
    package var before: Value
    package var after: Value
  }

  package init(from before: Packet, to after: Packet) {
    let kept = zip(before.headers.reversed(), after.headers.reversed())
      .prefix { $0.kind == $1.kind }.count
    let removed = before.headers.indices.dropLast(kept).map { index in
      Header(kind: before.headers[index].kind, change: .removed(before.fields(ofHeaderAt: index)))
    }
    let added = after.headers.indices.dropLast(kept).map { index in
      Header(kind: after.headers[index].kind, change: .added(after.fields(ofHeaderAt: index)))
    }
    let pairs = zip(before.headers.indices.suffix(kept), after.headers.indices.suffix(kept))
    let changed = pairs.map { old, new in
      let fields = changes(from: before.fields(ofHeaderAt: old), to: after.fields(ofHeaderAt: new))
      return Header(kind: after.headers[new].kind, change: .kept(fields))
    }
    headers = removed + added + changed
    if before.payloadLength != after.payloadLength {
      payloadLength = Change(before: before.payloadLength, after: after.payloadLength)
    }
  }
}

private func changes(from before: [PacketField], to after: [PacketField]) -> [PacketDiff.FieldChange] {
  let gone = before.filter { old in !after.contains { $0.name == old.name } }.map { old in
    PacketDiff.FieldChange(name: old.name, before: old.value, after: nil)
  }
  let changed = after.compactMap { new -> PacketDiff.FieldChange? in
    let old = before.first { $0.name == new.name }?.value
    guard old != new.value else { return nil }
    return PacketDiff.FieldChange(name: new.name, before: old, after: new.value)
  }
  return changed + gone
}
