/// Reads YAML 1.1 as libyaml does.
package enum YAML {
  /// The document of a text; `nil` where there is none.
  ///
  /// - Throws: `YAMLError` where the text is no YAML, or has several documents.
  package static func document(_ text: String) throws(YAMLError) -> Node? {
    let documents = try documents(text)
    if documents.count > 1 { throw YAMLError(mark: documents[1].mark, problem: .severalDocuments) }
    return documents.first
  }

  /// The documents of a text, in order.
  ///
  /// - Throws: `YAMLError` where the text is no YAML.
  package static func documents(_ text: String) throws(YAMLError) -> [Node] {
    var text = text
    let result = text.withUTF8 { bytes -> Result<[Node], YAMLError> in
      var parser = EventParser(bytes)
      defer { parser.close() }
      do throws(YAMLError) {
        var composer = Composer(parser: parser)
        return .success(try composer.documents())
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
