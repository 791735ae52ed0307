import ControlPlane
import Foundation
import NetModel
import Testing

@testable import Presentation

/// Golden screens: text files in `Tests/Fixtures/screens`.
///
/// `UPDATE_GOLDEN=1 swift test --filter Screens` writes them anew; read the difference before it is committed.
@Suite struct Screens {
  struct Screen: Sendable, CustomTestStringConvertible {
    var name: String
    var view = ViewID.walk
    var size = Size(columns: 120, rows: 36)
    var keys = ""
    var language = Language.english
    var glyphs = Glyphs.box

    var testDescription: String { name }
  }

  static let small = Size(columns: 80, rows: 24)

  static let screens: [Screen] = [
    Screen(name: "walk-120x36-native-start"),
    Screen(name: "walk-120x36-native-exit", keys: "End"),
    Screen(name: "walk-120x36-native-router", keys: "PgDn"),
    Screen(name: "walk-120x36-native-router-ko", keys: "PgDn L"),
    Screen(
      name: "walk-120x36-vxlan-encap",
      keys: "F2 Right Right Right Right Right Right Right Right Right Right Right"),
    Screen(
      name: "walk-120x36-vxlan-encap-ko",
      keys: "F2 Right Right Right Right Right Right Right Right Right Right Right L"),
    Screen(name: "walk-120x36-vxlan-end-ko", keys: "F2 End L"),
    Screen(name: "walk-120x36-vxlan-reply", keys: "F2 F3 PgDn"),
    Screen(name: "walk-120x36-ascii", keys: "PgDn", glyphs: .ascii),
    Screen(name: "walk-80x24-router", size: small, keys: "PgDn"),
    Screen(name: "walk-80x24-router-ko", size: small, keys: "PgDn L"),
    Screen(name: "walk-80x24-vxlan-ascii", size: small, keys: "F2 PgDn Tab", glyphs: .ascii),
    Screen(name: "walk-100x30-table", size: Size(columns: 100, rows: 30), keys: "PgDn Tab Tab"),
    Screen(name: "walk-60x15", size: Size(columns: 60, rows: 15), keys: "PgDn"),
    Screen(name: "walk-60x15-ko", size: Size(columns: 60, rows: 15), keys: "PgDn L Tab"),
    Screen(name: "walk-160x50", size: Size(columns: 160, rows: 50), keys: "F2 PgDn"),
    // The layouts that were drawn beside each other before one was chosen: Fixtures/screens/layouts/README.md.
    Screen(name: "layouts/steps-beside-112x36", size: Size(columns: 112, rows: 36), keys: "PgDn"),
    Screen(name: "layouts/path-alone-111x36", size: Size(columns: 111, rows: 36), keys: "PgDn"),
    Screen(name: "layouts/stacked-84x36", size: Size(columns: 84, rows: 36), keys: "PgDn"),
    Screen(name: "too-small", size: Size(columns: 24, rows: 5)),
    Screen(name: "help-120x36", keys: "F1 Down Down"),
    Screen(name: "help-80x24-ko", size: small, keys: "L F1"),
    Screen(name: "choose-destination", keys: "d \"web\" Down"),
    Screen(name: "choose-destination-80x24-ko", size: small, keys: "L d"),
    Screen(name: "packet-120x36-vxlan", view: .packet, keys: "F2 PgDn"),
    Screen(name: "tables-120x36", view: .tables, keys: "PgDn Tab Tab"),
    Screen(name: "tables-80x24-ko", view: .tables, size: small, keys: "L"),
    Screen(name: "compare-120x36", view: .compare),
    Screen(name: "compare-80x24-ko", view: .compare, size: small, keys: "L"),
    Screen(
      name: "bytes-120x36-vxlan-encap",
      keys: "F2 Right Right Right Right Right Right Right Right Right Right Right x"),
    Screen(
      name: "packet-bytes-100x30", view: .packet, size: Size(columns: 100, rows: 30), keys: "PgDn Right x"),
    Screen(name: "service-120x36", keys: "d \"webpod cluster\" Enter Right"),
    Screen(name: "backends-80x24", size: small, keys: "d \"webpod cluster\" Enter b"),
    Screen(name: "topology-120x36", view: .topology),
    Screen(name: "capture-80x24", view: .capture, size: small),
    Screen(name: "walk-120x36-fixed", keys: "PgDn a"),
    Screen(
      name: "command-120x36",
      keys: "PgDn : \"ip route get 172.20.2.33\" Enter \"nonsense\" Enter \"ip \" Tab"),
    Screen(name: "command-60x15-ko", size: Size(columns: 60, rows: 15), keys: "L : \"hostname\" Enter"),
    Screen(name: "tables-edited-120x36", view: .tables, keys: "PgDn Tab Tab Del Enter Esc"),
    Screen(name: "tables-filter-80x24", view: .tables, size: small, keys: "PgDn Tab Tab / \"192\""),
    Screen(
      name: "compare-edit-160x50", view: .walk, size: Size(columns: 160, rows: 50), keys: "PgDn a F4 F4"),
    Screen(name: "log-120x36", keys: "PgDn a u F2 8"),
    Screen(name: "capture-reply-120x36", view: .capture, keys: "F2 F3 End"),
    Screen(name: "reach-cell-120x36", view: .reach, keys: "Down Down Right Right Right"),
  ]

  /// Every view at the usual sizes in both languages, and in ASCII.
  static let everyView: [Screen] = ViewID.allCases.flatMap { view in
    let sizes = [small, Size(columns: 120, rows: 36), Size(columns: 200, rows: 60)]
    let drawn = sizes.flatMap { size in
      Language.allCases.map { language in
        Screen(
          name: "every/\(view)-\(size.columns)x\(size.rows)-\(language.rawValue)", view: view, size: size,
          keys: "PgDn", language: language)
      }
    }
    return drawn + [
      Screen(name: "every/\(view)-120x36-ascii", view: view, keys: "F2 PgDn", glyphs: .ascii)
    ]
  }

  @Test(arguments: screens + everyView)
  func isAsRecorded(_ screen: Screen) throws {
    let state = try WeekFour.state(language: screen.language, glyphs: screen.glyphs)
    let keys = try KeyTokens.keys(parsing: screen.keys)
    let text = render(state, view: screen.view, size: screen.size, keys: keys).text
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Fixtures/screens/\(screen.name).txt").standardized
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
    let others = Set(text.unicodeScalars.filter { !$0.isASCII })
    #expect(screen.glyphs != .ascii || others.isEmpty)
    // Every terminal counts these alike: Hangul syllables, and lines that are not of ambiguous width.
    #expect(others.allSatisfy { ("가"..."힣").contains($0) || ("\u{254c}"..."\u{254f}").contains($0) })
  }

  /// An address that lacks its end would be another address; two dots stand for what was left out.
  @Test(arguments: screens + everyView)
  func noAddressIsCutWithoutAMark(_ screen: Screen) throws {
    var state = try WeekFour.state(language: screen.language, glyphs: screen.glyphs)
    state.open(screen.view)
    state = try state.pressing(KeyTokens.keys(parsing: screen.keys))
    // A list that lies over the view covers addresses.
    if state.overlay != nil { return }
    let whole = PaneID.allCases.flatMap { addresses(in: state.content(of: $0, columns: 1000)) }
    let known = Set(whole + state.scene.snapshot.stacks.flatMap(\.addresses))
    let cut = addresses(in: view(state, size: screen.size).text).filter { shown in
      !known.contains(shown) && known.contains { $0.hasPrefix(shown) }
    }
    #expect(cut.isEmpty, "\(screen)")
  }

  private func addresses(in content: PaneContent) -> [String] {
    content.items.flatMap(\.lines).flatMap { addresses(in: $0.spans.map(\.text).joined()) }
  }

  /// What looks like an IP or a MAC address, or the beginning of one, without a mark behind it.
  private func addresses(in text: String) -> [String] {
    let address = /(?:[0-9]{1,3}\.){2,3}[0-9]{1,3}(?![0-9]*\.)|(?:[0-9a-f]{2}:){1,5}[0-9a-f]{1,2}(?!\.\.)/
    return text.matches(of: address).map { String($0.output) }
  }
}

extension NetworkStack {
  fileprivate var addresses: [String] {
    interfaces.flatMap { $0.addresses.map(\.local.address.description) + [$0.mac.description] }
  }
}
