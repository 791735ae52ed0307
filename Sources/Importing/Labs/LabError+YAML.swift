import YAML

extension LabError {
  /// What the YAML parser found, with its place and on one line.
  init(file: String, parser error: YAMLError) {
    let position = error.mark.map { Position(line: $0.line, column: $0.column) }
    self.init(file: file, position: position, problem: .notYAML(LabError.message(error.problem)))
  }

  private static func message(_ problem: YAMLError.Problem) -> String {
    switch problem {
    case .syntax(let message): String(message.map { $0.isNewline ? " " : $0 })
    case .duplicateKey(let key): "the key '\(key)' stands twice in one mapping"
    case .unknownAnchor(let name): "no anchor is named '\(name)'"
    case .tooDeep: "lists and mappings lie too deep within each other"
    case .tooManyNodes: "its aliases make too much of it"
    case .severalDocuments: "a second document begins here"
    }
  }
}
