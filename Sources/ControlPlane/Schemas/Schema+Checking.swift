import NetModel

/// What a document has that its schema does not allow.
struct SchemaFindings {
  /// The paths of fields that nobody knows, in the order of the document.
  var unknownFields: [String] = []
  /// A value of another type than its field's, in the words of Go's JSON decoder; only the first is told.
  var mismatch: String?
  var causes: [APIError.Cause] = []
}

extension Schema {
  /// - Parameter isCustom: the kind is a custom resource, whose faults the API server tells in other words.
  func findings(in document: JSONValue, kind: String, isCustom: Bool) -> SchemaFindings {
    var check = SchemaCheck(schema: self, isCustom: isCustom)
    check.object(document, type: kind, path: "", goPath: "")
    return check.findings
  }

  /// The document without fields that nobody knows, and with the defaults of the schema.
  func admitted(_ value: JSONValue, type: String, drops: Bool) -> JSONValue {
    guard let fields = fields(of: type), case .object(let members) = value else { return value }
    var kept: [JSONValue.Member] = members.compactMap { member in
      guard let field = fields.first(where: { $0.name == member.name }) else { return drops ? nil : member }
      return .init(member.name, admitted(member.value, shape: field.shape, drops: drops))
    }
    for field in fields {
      guard let fallback = field.fallback, !kept.contains(where: { $0.name == field.name }) else { continue }
      kept.append(.init(field.name, fallback))
    }
    return .object(kept)
  }

  private func admitted(_ value: JSONValue, shape: Shape, drops: Bool) -> JSONValue {
    switch (shape, value) {
    case (.object(let type), _): admitted(value, type: type, drops: drops)
    case (.list(let element), .array(let elements)):
      .array(elements.map { admitted($0, shape: element, drops: drops) })
    default: value
    }
  }
}

private struct SchemaCheck {
  let schema: Schema
  let isCustom: Bool
  var findings = SchemaFindings()

  mutating func object(_ value: JSONValue, type: String, path: String, goPath: String) {
    guard let fields = schema.fields(of: type) else { return }
    for member in value.members {
      let inner = path.isEmpty ? member.name : "\(path).\(member.name)"
      let goInner = goPath.isEmpty ? member.name : "\(goPath).\(member.name)"
      guard let field = fields.first(where: { $0.name == member.name }) else {
        findings.unknownFields.append(inner)
        continue
      }
      check(member.value, field.shape, path: inner, goPath: goInner, owner: type)
    }
    for field in fields where field.isRequired && value[field.name] == nil {
      findings.causes.append(.init(path.isEmpty ? field.name : "\(path).\(field.name)", "Required value"))
    }
  }

  private mutating func check(
    _ value: JSONValue, _ shape: Schema.Shape, path: String, goPath: String, owner: String
  ) {
    switch (shape, value) {
    case (_, .null), (.any, _): return
    case (.text(let allowed), .string(let text)): self.word(text, allowed, path)
    case (.cidr, .string(let text)): prefix(text, path)
    case (.flag, .bool), (.scalar, .number), (.scalar, .string): return
    case (.number(let allowed, _), .number(let number)): range(number, allowed, path)
    case (.map(let inner), .object(let members)):
      for member in members {
        check(member.value, inner, path: "\(path).\(member.name)", goPath: goPath, owner: owner)
      }
    case (.list(let inner), .array(let elements)):
      for (position, element) in elements.enumerated() {
        check(element, inner, path: "\(path)[\(position)]", goPath: goPath, owner: owner)
      }
    case (.object(let type), .object): object(value, type: type, path: path, goPath: goPath)
    default: mismatch(value, shape, path: path, goPath: goPath, owner: owner)
    }
  }

  /// Source: `kube-openapi/pkg/validation/strfmt/default.go`, `IsCIDR`.
  private mutating func prefix(_ text: String, _ path: String) {
    guard !text.isPrefix else { return }
    let value = JSONValue.quoted(text)
    findings.causes.append(
      .init(path, "Invalid value: \(value): \(path) in body must be of type cidr: \(value)"))
  }

  private mutating func word(_ text: String, _ allowed: [String], _ path: String) {
    guard !allowed.isEmpty, !allowed.contains(text), isCustom || !text.isEmpty else { return }
    let list = allowed.map { "\"\($0)\"" }.joined(separator: ", ")
    findings.causes.append(
      .init(path, "Unsupported value: \(JSONValue.quoted(text)): supported values: \(list)"))
  }

  /// Source: `kube-openapi/pkg/validation/errors/schema.go`.
  private mutating func range(_ number: Int, _ allowed: ClosedRange<Int>?, _ path: String) {
    guard let allowed, !allowed.contains(number) else { return }
    let bound =
      number < allowed.lowerBound
      ? "greater than or equal to \(allowed.lowerBound)" : "less than or equal to \(allowed.upperBound)"
    findings.causes.append(.init(path, "Invalid value: \(number): \(path) in body should be \(bound)"))
  }

  /// Source: `sigs.k8s.io/json/internal/golang/encoding/json/decode.go`, `UnmarshalTypeError`.
  private mutating func mismatch(
    _ value: JSONValue, _ shape: Schema.Shape, path: String, goPath: String, owner: String
  ) {
    if isCustom {
      let message = "\(path) in body must be of type \(shape.jsonType): \"\(value.jsonType)\""
      findings.causes.append(.init(path, "Invalid value: \"\(value.jsonType)\": \(message)"))
    } else if findings.mismatch == nil {
      findings.mismatch =
        "json: cannot unmarshal \(value.goKind) into Go struct field \(owner).\(goPath) of type \(shape.goType)"
    }
  }
}

extension Schema.Shape {
  fileprivate var jsonType: String {
    switch self {
    case .text, .cidr, .scalar, .any: "string"
    case .flag: "boolean"
    case .number: "integer"
    case .map, .object: "object"
    case .list: "array"
    }
  }

  fileprivate var goType: String {
    switch self {
    case .text, .cidr, .any: "string"
    case .scalar: "intstr.IntOrString"
    case .flag: "bool"
    case .number(_, let bits): "int\(bits)"
    case .map(let inner): "map[string]\(inner.goType)"
    case .list(let inner): "[]\(inner.goType)"
    case .object(let type): "v1.\(type)"
    }
  }
}

extension JSONValue {
  fileprivate var jsonType: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .number: "integer"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// What Go's decoder calls the value.
  fileprivate var goKind: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
