/// An amount of a resource, such as `100m` or `512Mi`.
///
/// Source: k8s.io/apimachinery `pkg/api/resource/quantity.go`.
struct ResourceQuantity: Hashable, Comparable, Sendable {
  private let thousandths: Int
  private let isBinary: Bool

  private static let binary = [("Ki", 10), ("Mi", 20), ("Gi", 30), ("Ti", 40)]
  private static let decimal = [
    ("k", 1000), ("M", 1_000_000), ("G", 1_000_000_000), ("T", 1_000_000_000_000),
  ]

  /// What is no quantity counts as nothing.
  init(_ text: String) {
    if let (unit, bits) = Self.binary.first(where: { text.hasSuffix($0.0) }) {
      self.init(thousandths: Self.thousandths(text.dropLast(unit.count), times: 1 << bits), isBinary: true)
    } else if text.hasSuffix("m") {
      self.init(thousandths: Int(text.dropLast()) ?? 0, isBinary: false)
    } else if let (unit, factor) = Self.decimal.first(where: { text.hasSuffix($0.0) }) {
      self.init(thousandths: Self.thousandths(text.dropLast(unit.count), times: factor), isBinary: false)
    } else {
      self.init(thousandths: Self.thousandths(text[...], times: 1), isBinary: false)
    }
  }

  /// `nil` for what is no quantity.
  init?(exactly text: String) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let units = Self.binary.map(\.0) + Self.decimal.map(\.0) + ["m", ""]
    guard digits.first?.isNumber == true, digits.count(where: { $0 == "." }) < 2,
      units.contains(String(text.dropFirst(digits.count)))
    else { return nil }
    self.init(text)
  }

  private init(thousandths: Int, isBinary: Bool) {
    self.thousandths = thousandths
    self.isBinary = isBinary
  }

  private static func thousandths(_ text: Substring, times factor: Int) -> Int {
    let parts = text.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first.flatMap({ Int($0) }) else { return 0 }
    let digits = parts.count > 1 ? String((parts[1] + "000").prefix(3)) : "000"
    let (product, overflow) = factor.multipliedReportingOverflow(by: 1000)
    guard !overflow, whole < Int.max / max(1, product) else { return 0 }
    return whole * product + (Int(digits) ?? 0) * factor
  }

  static func < (left: ResourceQuantity, right: ResourceQuantity) -> Bool {
    left.thousandths < right.thousandths
  }

  static func + (left: ResourceQuantity, right: ResourceQuantity) -> ResourceQuantity {
    ResourceQuantity(
      thousandths: left.thousandths &+ right.thousandths, isBinary: left.isBinary || right.isBinary)
  }

  /// The share of a whole, rounded down; 0 of nothing.
  func percent(of whole: ResourceQuantity) -> Int {
    whole.thousandths == 0 ? 0 : Int(Double(thousandths) / Double(whole.thousandths) * 100)
  }

  /// In the largest unit that leaves no rest.
  var text: String {
    if thousandths == 0 { return "0" }
    guard thousandths % 1000 == 0 else { return "\(thousandths)m" }
    let units = thousandths / 1000
    guard isBinary else { return String(units) }
    for (unit, bits) in Self.binary.reversed() where units % (1 << bits) == 0 {
      return "\(units >> bits)\(unit)"
    }
    return String(units)
  }
}
