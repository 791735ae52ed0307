import Yams

extension LabError {
  /// What the YAML parser found, with its place and on one line.
  init(file: String, parser error: any Error) {
    let (position, message) = LabError.placeAndMessage(of: error)
    self.init(file: file, position: position, problem: .notYAML(message))
  }

  private static func placeAndMessage(of error: any Error) -> (Position?, String) {
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let prefix = context.map { "\($0.text) " } ?? ""
      return (Position(line: mark.line, column: mark.column), prefix.oneLine + problem.oneLine)
    case .duplicatedKeysInMapping(let keys, let context):
      let position = Position(line: context.mark.line, column: context.mark.column)
      return (position, "the key '\(keys.joined(separator: "', '"))' stands twice in one mapping")
    case .reader(let problem, _, _, _): return (nil, problem.oneLine)
    default: return (nil, "\(error)".oneLine)
    }
  }
}

extension String {
  fileprivate var oneLine: String {
    String(map { $0.isNewline ? " " : $0 })
  }
}
