import NetModel

extension LabelSelector {
  /// A selector as an object's document has it; parts that are none are passed over.
  package init(document: JSONValue) {
    self.init(
      matchLabels: Labels(document: document["matchLabels"]),
      matchExpressions: (document["matchExpressions"]?.elements ?? []).compactMap { part in
        guard let key = part["key"]?.text,
          let relation = part["operator"]?.text.flatMap({ Operator(rawValue: $0) })
        else { return nil }
        return Requirement(
          key: key, operator: relation, values: (part["values"]?.elements ?? []).compactMap(\.text))
      })
  }
}
