extension TCPHeader {
  var layout: [FieldLayout] {
    let rfc = HeaderField.Source.rfc(9293, "3.1")
    let fixed = [
      FieldLayout(.sourcePort, bits: 16, sourcePort, rfc),
      FieldLayout(.destinationPort, bits: 16, destinationPort, rfc),
      FieldLayout(.sequenceNumber, bits: 32, sequence, rfc),
      FieldLayout(.acknowledgmentNumber, bits: 32, acknowledgment, rfc),
      FieldLayout(.headerLength, bits: 4, length / 4, rfc),
      FieldLayout(.reserved, bits: 4, 0, rfc),
      FieldLayout(.controlBits, bits: 8, flags.rawValue, rfc),
      FieldLayout(.window, bits: 16, window, rfc),
      FieldLayout(.checksum, bits: 16, 0, rfc),
      FieldLayout(.urgentPointer, bits: 16, 0, rfc),
    ]
    return fixed + options.flatMap(\.layout) + padding
  }

  /// Ends of the option list, up to a multiple of 4 bytes.
  private var padding: [FieldLayout] {
    let used = options.reduce(20) { $0 + $1.length }
    return (used..<length).map { _ in FieldLayout(.optionKind, bits: 8, 0, .rfc(9293, "3.2")) }
  }
}

extension TCPHeader.Option {
  /// The option's kind.
  ///
  /// Source: IANA, TCP Option Kind Numbers.
  var kind: UInt8 {
    switch self {
    case .noOperation: 1
    case .maximumSegmentSize: 2
    case .windowScale: 3
    case .selectiveAcknowledgmentPermitted: 4
    case .timestamps: 8
    }
  }

  fileprivate var layout: [FieldLayout] {
    let head = [FieldLayout(.optionKind, bits: 8, kind, source)]
    if case .noOperation = self { return head }
    return head + [FieldLayout(.optionLength, bits: 8, length, source)] + content
  }

  private var content: [FieldLayout] {
    switch self {
    case .noOperation, .selectiveAcknowledgmentPermitted: []
    case .maximumSegmentSize(let size): [FieldLayout(.maximumSegmentSize, bits: 16, size, source)]
    case .windowScale(let shift): [FieldLayout(.windowShift, bits: 8, shift, source)]
    case .timestamps(let value, let echo):
      [
        FieldLayout(.timestampValue, bits: 32, value, source),
        FieldLayout(.timestampEcho, bits: 32, echo, source),
      ]
    }
  }

  private var source: HeaderField.Source {
    switch self {
    case .noOperation: .rfc(9293, "3.2")
    case .maximumSegmentSize: .rfc(9293, "3.7.1")
    case .windowScale: .rfc(7323, "2.2")
    case .selectiveAcknowledgmentPermitted: .rfc(2018, "2")
    case .timestamps: .rfc(7323, "3.2")
    }
  }
}
