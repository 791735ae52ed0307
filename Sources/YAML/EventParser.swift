import CYAML

/// One event of a YAML stream.
struct Event {
  enum Kind {
    case streamEnd, documentStart, documentEnd
    case scalar(String, isPlain: Bool)
    case sequenceStart, sequenceEnd, mappingStart, mappingEnd
    case alias(String)
    /// What says nothing about the content.
    case other
  }

  var kind: Kind
  var anchor: String?
  var mark: Node.Mark
}

/// libyaml's parser over bytes that outlive it.
struct EventParser {
  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    parser.initialize(to: yaml_parser_t())
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  mutating func close() {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// The next event.
  ///
  /// - Throws: `syntax` with libyaml's words.
  func next() throws(YAMLError) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw error }
    defer { yaml_event_delete(&event) }
    let mark = Node.Mark(event.start_mark)
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      let kind = Event.Kind.scalar(text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
      return Event(kind: kind, anchor: Self.text(scalar.anchor), mark: mark)
    case YAML_SEQUENCE_START_EVENT:
      return Event(kind: .sequenceStart, anchor: Self.text(event.data.sequence_start.anchor), mark: mark)
    case YAML_MAPPING_START_EVENT:
      return Event(kind: .mappingStart, anchor: Self.text(event.data.mapping_start.anchor), mark: mark)
    case YAML_ALIAS_EVENT:
      return Event(kind: .alias(Self.text(event.data.alias.anchor) ?? ""), anchor: nil, mark: mark)
    default: return Event(kind: Self.kind(of: event.type), anchor: nil, mark: mark)
    }
  }

  private static func kind(of type: yaml_event_type_t) -> Event.Kind {
    switch type {
    case YAML_SEQUENCE_END_EVENT: .sequenceEnd
    case YAML_MAPPING_END_EVENT: .mappingEnd
    case YAML_DOCUMENT_START_EVENT: .documentStart
    case YAML_DOCUMENT_END_EVENT: .documentEnd
    case YAML_STREAM_END_EVENT: .streamEnd
    default: .other
    }
  }

  private static func text(_ bytes: UnsafeMutablePointer<UInt8>?) -> String? {
    bytes.map { String(cString: $0) }
  }

  private var error: YAMLError {
    let parts = [parser.pointee.context, parser.pointee.problem].compactMap { $0.map { String(cString: $0) } }
    let isReader = parser.pointee.error == YAML_READER_ERROR
    return YAMLError(
      mark: isReader ? nil : Node.Mark(parser.pointee.problem_mark),
      problem: .syntax(parts.joined(separator: " ")))
  }
}

extension Node.Mark {
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }
}
