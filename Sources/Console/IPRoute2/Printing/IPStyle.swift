/// How `ip` prints what it lists.
struct IPStyle: Hashable, Sendable {
  var form = Form.text
  var isBrief = false
  /// `-o`: one entry a line, a backslash where the line would end.
  var isOneLine = false
  /// `-d`: also what is usual.
  var showsDetails = false
  /// Colour codes of a terminal with a light background, as without `COLORFGBG`.
  var isColored = false

  enum Form: Hashable, Sendable {
    case text
    case json
    /// `-j -p`.
    case prettyJSON
  }

  /// What stands where an entry of several lines begins a new one.
  var lineBreak: String { isOneLine ? "\\" : "\n" }
}

/// What a piece of text is, for its colour.
///
/// Source: iproute2 `lib/color.c`, `attr_colors_light`.
enum IPColor: String, Hashable, Sendable {
  case interfaceName = "36"
  case mac = "33"
  case ipv4 = "35"
  case ipv6 = "34"
  case stateUp = "32"
  case stateDown = "31"
}
