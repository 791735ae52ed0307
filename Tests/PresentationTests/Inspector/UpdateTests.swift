import ControlPlane
import NetModel
import PacketTrace
import Testing

@testable import Presentation

@Suite struct UpdateTests {
  private func effects(of key: Key) throws -> [Effect] {
    var state = try WeekFour.state()
    return update(&state, .keyPressed(key))
  }

  @Test func quittingAndSuspendingAreEffects() throws {
    #expect(try effects(of: .function(10)) == [.quit])
    #expect(try effects(of: .character("ㅂ")) == [.quit])
    #expect(try effects(of: .control("z")) == [.suspend])
    #expect(try effects(of: .right).isEmpty)
  }

  @Test func stepsAndHops() throws {
    let state = try WeekFour.state()
    #expect(state.pressing([.right, .right, .left]).position == 1)
    #expect(state.pressing([.left]).notice == .unavailable(.previousStep, .firstStep))
    #expect(state.pressing([.end]).position == state.itinerary.stops.count - 1)
    let router = state.pressing([.pageDown])
    #expect(router.stop?.step.stack == .host(NodeID("router")))
    #expect(router.pressing([.right, .pageUp]).position == router.position)
    #expect(router.pressing([.pageUp]).position == 0)
    #expect(router.pressing([.pageDown]).notice == .unavailable(.nextHop, .lastHop))
  }

  @Test func modesFollowEachOther() throws {
    let state = try WeekFour.state()
    let modes = (0...3).map { state.pressing(Array(repeating: .character("m"), count: $0)).scene.mode }
    #expect(modes == [.native, .tunnel(.vxlan), .tunnel(.geneve), .native])
  }

  @Test func aModeSwitchIsAnEditOfTheSameNetwork() throws {
    let state = try WeekFour.state()
    let switched = state.pressing([.function(2)])
    var network = try #require(state.network)
    for edit in CiliumSettings.RoutingMode.tunnel(.vxlan).edits { try network.apply(edit, at: .start) }
    #expect(switched.network == network)
    #expect(switched.pressing([.function(8)]).network == state.network)
    #expect(switched.pressing([.function(8), .control("r")]).network == switched.network)
  }

  @Test func whatShellsChangeIsInTheLogAndCanBeUndone() throws {
    var state = try WeekFour.state()
    var lab = state.lab
    let router = try #require(lab.stack(named: "router"))
    let line = "ip route add 172.20.2.0/24 via 192.168.20.100"
    _ = lab.run(line.split(separator: " ").map(String.init), on: router)
    _ = update(&state, .labChangedByOthers(lab))
    guard case .edit(let commands)? = state.log.entries.last else {
      Issue.record("nothing is in the log")
      return
    }
    #expect(commands.map(\.host) == [router] && commands[0].line.hasPrefix(line))
    _ = update(&state, .labChangedByOthers(lab))
    #expect(state.log.entries.count == 1)
    #expect(state.pressing([.function(8)]).lab.edits.isEmpty)
  }

  /// Where both ways ask the same question the place is kept; else it is the nearest earlier one that both ask.
  @Test func aModeSwitchKeepsThePlace() throws {
    let start = try WeekFour.state()
    for position in stride(from: 0, to: start.itinerary.stops.count, by: 3) {
      let state = start.pressing([.home] + Array(repeating: .right, count: position))
      let switched = state.pressing([.function(2)])
      let marks = Set(switched.itinerary.stops.map(\.mark))
      let shared = state.itinerary.stops[...position].last { marks.contains($0.mark) }
      #expect(switched.stop?.mark == shared?.mark)
      #expect(switched.pressing([.function(2), .function(2)]).position == position)
    }
  }

  @Test func theRouterStaysInSightWhateverTheMode() throws {
    let router = try WeekFour.state().pressing([.pageDown])
    let switched = router.pressing([.function(2)])
    #expect(switched.stop?.mark == router.stop?.mark)
    #expect(switched.stop?.step.before.isEncapsulated == true)
  }

  @Test func anAnswerIsFollowedWhereThereIsOne() throws {
    let native = try WeekFour.state()
    #expect(native.pressing([.function(3)]).notice == .unavailable(.reply, .noReply(.exitsNetwork)))
    let reply = native.pressing([.function(2), .function(3)])
    #expect(reply.isReply)
    #expect(reply.itinerary.hops.first?.node == NodeID("k8s-w0"))
    #expect(!reply.pressing([.function(3)]).isReply)
    #expect(!reply.pressing([.function(2), .function(2)]).isReply)
  }

  @Test func choosingADestination() throws {
    let none = try WeekFour.state().pressing(KeyTokens.keys(parsing: "d \"nowhere\" Enter"))
    #expect(none.notice == .nothingMatches("nowhere"))
    let keys = try KeyTokens.keys(parsing: "d \"webpod ClusterIP\" Enter")
    let state = try WeekFour.state().pressing(keys)
    #expect(state.overlay == nil)
    #expect(state.scene.walk.paths.count == 3)
    #expect(state.scene.snapshot.owner(of: state.flow.destination) == nil)
  }

  @Test func choosingTheBackendOfAService() throws {
    let start = try WeekFour.state(destination: "webpod")
    #expect(start.unavailability(of: .chooseBackend) == nil)
    let chosen = start.pressing([.character("b"), .down, .enter])
    #expect(chosen.pathIndex == 1)
    #expect(chosen.path?.backend != start.path?.backend)
    let single = try WeekFour.state().pressing([.character("b")])
    #expect(single.notice == .unavailable(.chooseBackend, .onlyOnePath))
  }

  @Test(
    arguments: [
      ("192.168.10.200", IPv4Address(192, 168, 10, 200), 80), ("8.8.8.8:53", IPv4Address(8, 8, 8, 8), 53),
    ] as [(String, IPv4Address, UInt16)])
  func aTypedAddressIsADestination(text: String, address: IPv4Address, port: UInt16) throws {
    let keys: [Key] = [.function(6)] + text.map { .character($0) } + [.end, .enter]
    let state = try WeekFour.state().pressing(keys)
    #expect(state.flow.destination == address)
    #expect(state.flow.content == .transport(.tcp, port: port))
  }

  @Test func choosingASourceAndLeavingTheList() throws {
    let start = try WeekFour.state()
    let keys: [Key] = [.function(5)] + "router".map { .character($0) } + [.enter]
    #expect(start.pressing(keys).flow.origin == .host(NodeID("router")))
    #expect(start.pressing([.function(5), .down, .escape]).flow == start.flow)
  }

  @Test func protocolsFollowEachOther() throws {
    let contents = try (1...3).map { count in
      try WeekFour.state().pressing(Array(repeating: .character("t"), count: count)).flow.content
    }
    #expect(contents == [.transport(.udp, port: 80), .echo, .transport(.tcp, port: 80)])
  }

  @Test func viewsOpenByDigitsAndEscapeLeadsBack() throws {
    for view in ViewID.allCases {
      let digit = Character(String(view.rawValue))
      let state = try WeekFour.state().pressing([.character(digit)])
      #expect(state.view == view)
      #expect(state.pressing([.escape]).view == .walk)
    }
  }

  @Test func tablesOfAnyHost() throws {
    let state = try WeekFour.state().pressing([.character("4"), .home])
    let hosts = state.tableHosts
    let first = state.pressing(Array(repeating: .up, count: hosts.count))
    #expect(first.tableHost == hosts.first)
    for (index, host) in hosts.enumerated() {
      let chosen = first.pressing(Array(repeating: .down, count: index))
      #expect(chosen.tableHost == host)
    }
    let last = first.pressing([.tab] + Array(repeating: .down, count: first.tableKinds.count))
    #expect(last.tableKind == first.tableKinds.last)
  }

  @Test func aComparedStepIsOpenedInTheWalk() throws {
    let state = try WeekFour.state().pressing([.function(4), .enter])
    #expect(state.view == .walk)
    #expect(state.position == 1)
  }
}
