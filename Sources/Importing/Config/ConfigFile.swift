import YAML

/// What a configuration file says, before anything is made of it.
package struct ConfigFile: Hashable, Sendable {
  package var language: Entry?
  package var theme: Entry?
  package var view: Entry?
  /// Actions with the keys that they are to have, in the file's order.
  package var keys: [KeyEntry] = []
  /// Every fault of the file, in the order of their places.
  package var faults: [LabError] = []

  /// A value and where it stands.
  package struct Entry: Hashable, Sendable {
    package var text: String
    package var position: LabError.Position?
  }

  package struct KeyEntry: Hashable, Sendable {
    package var action: Entry
    package var keys: [Entry]
  }

  /// Reads a file's text; what is wrong is left out and among the faults.
  package init(yaml: String, file: String) {
    var reader = LabReader(file: file)
    do throws(YAMLError) {
      if let root = try YAML.document(yaml) { read(root, with: &reader) }
      faults = reader.errors
    } catch {
      faults = [LabError(file: file, parser: error)]
    }
  }

  private mutating func read(_ root: Node, with reader: inout LabReader) {
    // A file of comments alone is an empty value.
    if case .scalar(let scalar) = root, scalar.string.isEmpty { return }
    guard let fields = reader.fields(root, keys: ["language", "theme", "view", "keys"]) else { return }
    language = entry(fields["language"], with: &reader)
    theme = entry(fields["theme"], with: &reader)
    view = entry(fields["view"], with: &reader)
    guard let node = fields["keys"], let table = reader.openFields(node) else { return }
    for (name, nameNode) in zip(table.keys, table.keyNodes) {
      guard let value = table[name] else { continue }
      let nodes = if case .sequence = value { reader.list(value) } else { [value] }
      let keys = nodes.compactMap { entry($0, with: &reader) }
      self.keys.append(KeyEntry(action: Entry(text: name, position: nameNode.position), keys: keys))
    }
  }

  private func entry(_ node: Node?, with reader: inout LabReader) -> Entry? {
    guard let node, let text = reader.text(node) else { return nil }
    return Entry(text: text, position: node.position)
  }
}
