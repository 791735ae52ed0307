import NetModel

/// The order that `--sort-by` asks for.
///
/// Source: kubectl `pkg/cmd/get/sorter.go`.
enum DocumentOrder {
  static func sorted(_ documents: [JSONValue], by field: String) throws(KubectlError) -> [JSONValue] {
    var keyed: [(key: JSONValue?, document: JSONValue)] = []
    do throws(JSONPathError) {
      let path = try JSONPath(relaxed: field)
      for document in documents { keyed.append((try path.values(in: document).first, document)) }
      if !documents.isEmpty, keyed.allSatisfy({ $0.key == nil }) {
        throw JSONPathError("couldn't find any field with path \"\(path.template)\" in the list of objects")
      }
    } catch {
      throw .client(error.message)
    }
    return keyed.enumerated().sorted { left, right in
      if precedes(left.element.key, right.element.key) { return true }
      return !precedes(right.element.key, left.element.key) && left.offset < right.offset
    }.map(\.element.document)
  }

  /// Objects without the field come first.
  private static func precedes(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
    switch (left, right) {
    case (nil, .some): return true
    case (.number(let left)?, .number(let right)?): return left < right
    case (.bool(let left)?, .bool(let right)?): return !left && right
    case (.string(let left)?, .string(let right)?):
      if let left = Int(left), let right = Int(right) { return left < right }
      return naturallyPrecedes(left, right)
    default: return false
    }
  }

  /// Digits in a row count as one number.
  ///
  /// Source: github.com/fvbommel/sortorder `natsort.go`.
  static func naturallyPrecedes(_ left: String, _ right: String) -> Bool {
    var (left, right) = (Substring(left).utf8, Substring(right).utf8)
    let isDigit: (UInt8) -> Bool = { (0x30...0x39).contains($0) }
    while let one = left.first, let other = right.first {
      if isDigit(one) && isDigit(other) {
        let numbers = (left.prefix(while: isDigit), right.prefix(while: isDigit))
        let significant = (numbers.0.drop { $0 == 0x30 }, numbers.1.drop { $0 == 0x30 })
        if significant.0.count != significant.1.count { return significant.0.count < significant.1.count }
        if !significant.0.elementsEqual(significant.1) {
          return significant.0.lexicographicallyPrecedes(significant.1)
        }
        if numbers.0.count != numbers.1.count { return numbers.0.count < numbers.1.count }
        (left, right) = (left[numbers.0.endIndex...], right[numbers.1.endIndex...])
      } else {
        if one != other { return one < other }
        (left, right) = (left.dropFirst(), right.dropFirst())
      }
    }
    return left.isEmpty && !right.isEmpty
  }
}
