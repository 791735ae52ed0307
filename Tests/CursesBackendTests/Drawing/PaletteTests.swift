import Presentation
import Testing

@testable import CursesBackend

@Suite struct PaletteTests {
  @Test(arguments: Style.Role.allCases, ColorDepth.allCases)
  func selectionAlwaysShows(role: Style.Role, depth: ColorDepth) {
    let plain = Palette.rendition(of: Style(role), depth: depth)
    let selected = Palette.rendition(of: Style(role, isSelected: true), depth: depth)
    #expect(selected.attributes != plain.attributes)
    #expect(selected.foreground == plain.foreground)
  }

  @Test(arguments: Style.Role.allCases)
  func withoutColoursNothingIsColoured(role: Style.Role) {
    #expect(Palette.rendition(of: Style(role), depth: .none).foreground == nil)
  }

  /// 3 to 1 is what WCAG 2.1 asks of large text and of signs (success criterion 1.4.11).
  @Test(arguments: Style.Role.allCases, [0.0, 1.0])
  func paletteColoursCanBeReadOnBlackAndOnWhite(role: Style.Role, background: Double) throws {
    guard let color = Palette.rendition(of: Style(role), depth: .palette256).foreground else { return }
    let luminances = [try luminance(ofPaletteColor: color), background].sorted()
    #expect((luminances[1] + 0.05) / (luminances[0] + 0.05) >= 3, "colour \(color) of \(role)")
  }

  @Test(arguments: [
    (0, ColorDepth.none), (7, .none), (8, .eight), (16, .eight), (88, .eight), (256, .palette256),
    (16_777_216, .eight),
  ])
  func depthFollowsTheNumberOfColours(colors: Int, depth: ColorDepth) {
    #expect(ColorDepth(colors: colors) == depth)
  }

  /// The relative luminance of a colour of xterm's palette, from 16 on; the user may change those below.
  private func luminance(ofPaletteColor color: Int32) throws -> Double {
    try #require(color >= 16)
    let levels: [Double] = [0, 95, 135, 175, 215, 255]
    let index = Int(color) - 16
    let gray = Double(8 + (Int(color) - 232) * 10)
    let channels =
      color >= 232 ? [gray, gray, gray] : [levels[index / 36], levels[index / 6 % 6], levels[index % 6]]
    let linear = channels.map { channel -> Double in
      let value = channel / 255
      return value <= 0.03928 ? value / 12.92 : power((value + 0.055) / 1.055)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  /// `value` to the power of 2.4, by `value² · ⁵√value²` with Newton's method.
  private func power(_ value: Double) -> Double {
    let square = value * value
    var root = 1.0
    for _ in 0..<50 { root -= (root * root * root * root * root - square) / (5 * root * root * root * root) }
    return square * root
  }
}
