import ControlPlane
import NetModel
import PacketTrace
import Testing

@testable import Presentation

/// Tables: sorted, filtered, followed and edited, with what was changed marked.
@Suite struct EditingTests {
  private func routes(_ keys: String = "") throws -> InspectorState {
    try WeekFour.state().pressing(KeyTokens.keys(parsing: "PgDn 4 Tab Tab \(keys)"))
  }

  @Test func theDecidingRowIsEditedByItsCommand() throws {
    let state = try routes("e")
    #expect(state.commandLine.host == .host(NodeID("router")))
    #expect(state.commandLine.text.string.hasPrefix("ip route replace default via 10.0.2.2"))
    #expect(try routes("Del").commandLine.text.string.hasPrefix("ip route del default via 10.0.2.2"))
    #expect(try routes("+").commandLine.text.string == "ip route add ")
  }

  @Test(arguments: [
    TableKind.routes, .rules, .neighbors, .interfaces, .sysctls, .services, .endpoints, .settings, .nodes,
    .pods, .deployments, .kubernetesServices,
  ])
  func everyRowThatCanBeChangedHasACommand(kind: TableKind) throws {
    var state = try WeekFour.state().pressing([.character("4"), .tab, .tab])
    state.tableChoice = TableChoice(stack: .host(NodeID("k8s-ctr")), kind: kind)
    let rows = state.shownRows(of: .tableRows)
    #expect(!rows.isEmpty)
    for row in rows {
      let isNodeAddress = kind == .endpoints && row.text.contains("localhost")
      #expect((row.subject.command(for: .edit) == nil) == isNodeAddress, "\(row.text)")
    }
  }

  /// Pools, leases and policies have tables too: what is made there by hand is marked.
  @Test func objectsAreListedAndChangesMarked() throws {
    var state = try routes(": \"kubectl label node k8s-w0 tier=far\" Enter Esc")
    state.tableChoice = TableChoice(stack: .host(NodeID("k8s-ctr")), kind: .leases)
    #expect(state.shownRows(of: .tableRows).contains { $0.text.contains("HOLDER=k8s-w0") })
    #expect(state.pressing([.character("e")]).notice == .unavailable(.edit, .derived))
    state.tableChoice.kind = .deployments
    state.cursors[.tableRows] = state.shownRows(of: .tableRows).firstIndex {
      $0.text.hasPrefix("default/webpod")
    }
    let scaled = state.pressing([.character("e"), .backspace, .character("1"), .enter, .escape])
    let webpod = scaled.shownRows(of: .tableRows).filter { $0.text.hasPrefix("default/webpod") }
    #expect(webpod.map(\.change) == [.new, .gone])
    state.tableChoice.kind = .pools
    #expect(state.shownRows(of: .tableRows).isEmpty)
    #expect(state.pressing([.insert]).commandLine.text.string == "kubectl apply -f ")
  }

  @Test func rulesAreAddedAndDeleted() throws {
    var state = try routes()
    state.tableChoice = TableChoice(stack: .host(NodeID("router")), kind: .rules)
    let keys: [Key] = [.insert] + "172.20.0.0/24 lookup 100".map { .character($0) } + [.enter, .escape]
    let added = state.pressing(keys)
    #expect(added.shownRows(of: .tableRows)[1].text == "32765: from 172.20.0.0/24 lookup 100")
    #expect(added.shownRows(of: .tableRows)[1].change == .new)
    let removed = added.pressing([.down, .delete, .enter, .escape])
    #expect(removed.shownRows(of: .tableRows).map(\.text) == state.shownRows(of: .tableRows).map(\.text))
    #expect(added.pressing([.character("u")]).network == state.network)
  }

  @Test func aDerivedRowSaysSo() throws {
    var state = try WeekFour.state().pressing([.character("4"), .tab, .tab])
    state.tableChoice = TableChoice(stack: .host(NodeID("k8s-ctr")), kind: .ipcache)
    #expect(state.pressing([.character("e")]).notice == .unavailable(.edit, .derived))
  }

  @Test func aDeletedRowStaysInSightAsGone() throws {
    let before = try routes()
    let state = before.pressing([.delete, .enter, .escape])
    let gone = state.shownRows(of: .tableRows).filter { $0.change == .gone }
    #expect(gone.map(\.text) == before.shownRows(of: .tableRows).filter { $0.mark == .won }.map(\.text))
    #expect(view(state, size: Size(columns: 120, rows: 40)).text.contains("GONE"))
  }

  @Test func theFilterLeavesWhatHoldsTheText() throws {
    let state = try routes("/ \"192.168.20\" Enter")
    let rows = state.shownRows(of: .tableRows)
    #expect(!rows.isEmpty && rows.allSatisfy { $0.text.contains("192.168.20") })
    #expect(state.pressing([.escape]).shownRows(of: .tableRows).count > rows.count)
  }

  @Test func sortingGoesByNumbers() throws {
    #expect("10.0.2.0/24".sortsNaturally(before: "10.0.10.0/24"))
    #expect(!"eth10".sortsNaturally(before: "eth2"))
    let texts = try routes("o").shownRows(of: .tableRows).map(\.text)
    #expect(zip(texts, texts.dropFirst()).allSatisfy { !$1.sortsNaturally(before: $0) })
    #expect(try routes("o o").shownRows(of: .tableRows).map(\.text) == texts.reversed())
    #expect(try routes("o o o").tableOrder == .asStored)
  }

  @Test func aRowIsFollowedToWhatItRefersToAndBack() throws {
    let routes = try routes()
    let followed = routes.pressing([.enter])
    #expect(followed.tableKind != .routes)
    #expect(followed.tableHost == .host(NodeID("router")))
    let back = followed.pressing([.escape])
    #expect(back.view == .tables)
    #expect(back.tableKind == .routes)
  }
}
