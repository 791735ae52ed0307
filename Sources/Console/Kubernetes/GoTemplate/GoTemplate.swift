import NetModel

/// A template of Go's, ready to be filled in from documents.
///
/// `define`, `template`, `block`, `break` and `continue` are not modelled.
///
/// Source: Go `text/template`.
struct GoTemplate: Sendable {
  let nodes: [GoTemplateNode]

  init(_ text: String) throws(GoTemplateError) {
    nodes = try GoTemplateParser.parse(text)
  }

  func text(on document: JSONValue) throws(GoTemplateError) -> String {
    var evaluation = GoTemplateEvaluation(root: document)
    try evaluation.run(nodes, dot: document)
    return evaluation.output
  }
}

/// One part of a template.
indirect enum GoTemplateNode: Hashable, Sendable {
  case text(String)
  /// What a pipeline gives; a declaration prints nothing.
  case action(GoPipeline)
  case condition(GoPipeline, then: [GoTemplateNode], otherwise: [GoTemplateNode])
  case loop(GoPipeline, body: [GoTemplateNode], otherwise: [GoTemplateNode])
  case with(GoPipeline, body: [GoTemplateNode], otherwise: [GoTemplateNode])
}

/// Commands, each of which gets the former one's value as its last argument.
struct GoPipeline: Hashable, Sendable {
  /// Variables that take the value; of a loop the last one takes the element, and one before it the index.
  var variables: [String] = []
  /// The variables exist already.
  var isAssignment = false
  /// The operands of each command.
  var commands: [[GoOperand]] = []
}

/// A word of a command.
indirect enum GoOperand: Hashable, Sendable {
  case literal(JSONValue)
  case dot
  case variable(String)
  case function(String)
  case pipeline(GoPipeline)
  /// Fields below another operand.
  case fields(GoOperand, [String])
}

/// Why a template cannot be read, or not be filled in.
enum GoTemplateError: Error, Hashable {
  case parsing(String)
  case executing(String)
  case notModelled(String)
}
