import Presentation

/// How many colours a terminal has for us.
package enum ColorDepth: Hashable, Sendable, CaseIterable {
  case none
  /// The eight ANSI colours, in the user's own shades.
  case eight
  /// The fixed palette of xterm-256color.
  case palette256

  /// The depth that `colors` colours allow.
  ///
  /// Terminals that take RGB numbers instead of a palette keep the eight ANSI colours at 0 to 7.
  package init(colors: Int) {
    switch colors {
    case ..<8: self = .none
    case 256: self = .palette256
    default: self = .eight
    }
  }
}

/// What a terminal is told to show a style.
package struct Rendition: Hashable, Sendable {
  package var attributes: Attributes
  /// The colour of the characters; `nil` is the terminal's own. The background is always its own.
  package var foreground: Int32?

  /// Attributes that monochrome terminals know as well, but for `dim`.
  package struct Attributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
      self.rawValue = rawValue
    }

    package static let bold = Attributes(rawValue: 1)
    package static let dim = Attributes(rawValue: 2)
    package static let underline = Attributes(rawValue: 4)
    package static let reverse = Attributes(rawValue: 8)
  }
}

/// What each role looks like.
///
/// The colours of the fixed palette are readable on black and on white, as nothing tells which one the user has.
package enum Palette {
  /// How to show `style` on a terminal with `depth`.
  package static func rendition(of style: Style, depth: ColorDepth) -> Rendition {
    var rendition = Rendition(
      attributes: attributes(of: style.role, depth: depth),
      foreground: foreground(of: style.role, depth: depth))
    guard style.isSelected else { return rendition }
    let mark: Rendition.Attributes = rendition.attributes.contains(.reverse) ? .underline : .reverse
    rendition.attributes.insert(mark)
    return rendition
  }

  private static func attributes(of role: Style.Role, depth: ColorDepth) -> Rendition.Attributes {
    switch role {
    case .plain, .loser, .tunnel, .success: []
    case .border, .dim: depth == .palette256 ? [] : .dim
    case .title, .changed, .winner, .failure, .key: .bold
    case .current: [.reverse, .bold]
    case .statusBar: .reverse
    }
  }

  private static func foreground(of role: Style.Role, depth: ColorDepth) -> Int32? {
    switch depth {
    case .none: nil
    case .eight: ansiColor(of: role)
    case .palette256: paletteColor(of: role)
    }
  }

  private static func ansiColor(of role: Style.Role) -> Int32? {
    switch role {
    case .plain, .border, .title, .dim, .loser, .current, .statusBar: nil
    case .failure: 1
    case .winner, .success: 2
    case .changed: 3
    case .tunnel: 5
    case .key: 6
    }
  }

  private static func paletteColor(of role: Style.Role) -> Int32? {
    switch role {
    case .plain, .title, .current, .statusBar: nil
    case .border, .dim, .loser: 244
    case .failure: 196
    case .winner, .success: 28
    case .changed: 166
    case .tunnel: 133
    case .key: 31
    }
  }
}
