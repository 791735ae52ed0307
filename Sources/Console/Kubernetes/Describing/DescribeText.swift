import NetModel

/// The text of `kubectl describe`, with its values in columns.
///
/// Source: kubectl `pkg/describe/describe.go` (`tabbedString`, `PrefixWriter`).
struct DescribeText {
  private var raw = ""

  /// One line, indented by two blanks a level; a tab ends each cell but the last.
  mutating func line(_ level: Int = 0, _ text: String) {
    raw += String(repeating: "  ", count: level) + text + "\n"
  }

  /// A name and its value.
  mutating func field(_ name: String, _ value: String, level: Int = 0) {
    line(level, "\(name):\t\(value)")
  }

  /// A list of values under one name, one a line.
  mutating func fields(_ name: String, _ values: [String], level: Int = 0) {
    let indent = String(repeating: "  ", count: level)
    guard let first = values.first else { return field(name, "<none>", level: level) }
    field(name, first, level: level)
    for value in values.dropFirst() { raw += "\(indent)\t\(value)\n" }
  }

  /// The lines that all kinds begin with.
  mutating func heading(_ document: JSONValue, isNamespaced: Bool = true) {
    field("Name", document.objectName)
    if isNamespaced { field("Namespace", document.objectNamespace) }
  }

  mutating func labels(_ document: JSONValue, level: Int = 0) {
    let labels = document.value(at: "metadata", "labels")?.members ?? []
    fields(
      "Labels", labels.sorted { $0.name < $1.name }.map { "\($0.name)=\($0.value.text ?? "")" }, level: level)
  }

  /// Characters of an annotation that `kubectl describe` shows.
  private static let mostCharacters = 140

  /// Source: kubectl `pkg/describe/describe.go` (`printAnnotationsMultiline`).
  mutating func annotations(_ document: JSONValue, level: Int = 0) {
    let all = (document.value(at: "metadata", "annotations")?.members ?? []).sorted { $0.name < $1.name }
    let shown = all.filter { $0.name != JSONValue.lastAppliedKey }
    if shown.isEmpty { return field("Annotations", "<none>", level: level) }
    for (index, annotation) in shown.enumerated() {
      let beginning = String(repeating: "  ", count: level) + (index == 0 ? "Annotations:\t" : "\t")
      var value = annotation.value.text ?? ""
      if value.hasSuffix("\n") { value.removeLast() }
      if value.utf8.count + annotation.name.utf8.count + 2 <= Self.mostCharacters, !value.contains("\n") {
        raw += "\(beginning)\(annotation.name): \(value)\n"
        continue
      }
      raw += "\(beginning)\(annotation.name):\n"
      for part in value.split(separator: "\n", omittingEmptySubsequences: false) {
        let isLong = part.utf8.count > Self.mostCharacters - 2
        raw += "\t  " + (isLong ? part.prefix(Self.mostCharacters - 2) + "..." : part) + "\n"
      }
    }
  }

  /// A table of events: type, reason, age, source and message of each.
  mutating func events(_ rows: [[String]] = []) {
    guard !rows.isEmpty else { return field("Events", "<none>") }
    line(0, "Events:")
    line(1, "Type\tReason\tAge\tFrom\tMessage")
    line(1, "----\t------\t----\t----\t-------")
    for row in rows { line(1, row.joined(separator: "\t")) }
  }

  /// The text in columns.
  var text: String {
    var writer = TabWriter(minimumWidth: 0, padding: 2)
    return writer.format(raw.withoutEscapes)
  }

  /// `Thu, 07 Aug 2025 07:00:00 +0000`; `<unset>` without a time.
  static func time(_ text: String?) -> String {
    guard let time = text.flatMap({ WallTime(parsing: $0) }) else { return "<unset>" }
    let (year, month, day, hour, minute, second) = time.calendar
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return "\(days[time.weekday]), \(two(day)) \(months[month - 1]) \(year) "
      + "\(two(hour)):\(two(minute)):\(two(second)) +0000"
  }

  /// `Kind/name` of the object that controls another.
  static func controller(of document: JSONValue) -> String? {
    document.value(at: "metadata", "ownerReferences")?.elements.first { $0["controller"]?.boolean == true }
      .map {
        "\($0["kind"]?.text ?? "")/\($0["name"]?.text ?? "")"
      }
  }
}
