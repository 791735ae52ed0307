/// One field of a kind or of a type below it, as documentation names it.
package struct DocumentedField: Hashable, Sendable {
  package let name: String
  /// In the words of the API's documentation, such as `[]Container` or `map[string]string`.
  package let type: String
  /// The type whose fields stand below; `nil` where there are none.
  package let element: String?
  package let isRequired: Bool
  /// All that is allowed; empty where anything is.
  package let choices: [String]

  /// The fields of a kind or a type, in no particular order; `nil` for one that no schema has.
  package static func all(of type: String) -> [DocumentedField]? {
    Schema.all.fields(of: type).map { $0.map(DocumentedField.init) }
  }

  private init(_ field: Schema.Field) {
    name = field.name
    type = field.shape.documentedType
    element = field.shape.documentedElement
    isRequired = field.isRequired
    if case .text(let allowed) = field.shape { choices = allowed } else { choices = [] }
  }
}

extension Schema.Shape {
  fileprivate var documentedType: String {
    switch self {
    case .text, .cidr: "string"
    case .flag: "boolean"
    case .number: "integer"
    case .scalar: "IntOrString"
    case .any: "Object"
    case .map(let value): "map[string]\(value.documentedType)"
    case .list(let element): "[]\(element.documentedType)"
    case .object(let type): type
    }
  }

  fileprivate var documentedElement: String? {
    switch self {
    case .object(let type): Schema.all.fields(of: type) == nil ? nil : type
    case .list(let element), .map(let element): element.documentedElement
    case .text, .cidr, .flag, .number, .scalar, .any: nil
    }
  }
}
