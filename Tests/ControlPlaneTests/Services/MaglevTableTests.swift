import ControlPlane
import NetModel
import Testing

struct MaglevTableTests {
  private static func backends(_ hosts: [UInt8]) -> [Frontend] {
    hosts.map { Frontend(address: IPv4Address(10, 1, 0, $0), port: 8080, transport: .tcp) }
  }

  @Test func twoBackendsShareTheSlotsAsCiliumsOwn() {
    let table = MaglevTable(of: Self.backends([1, 2]), settings: .init(size: 251))
    #expect(table.slots.prefix(16).map { $0 + 1 } == [1, 2, 2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 2])
    #expect(table.slots.count { $0 == 0 } == 126)
    #expect(table.slots.count { $0 == 1 } == 125)
  }

  @Test func theOrderOfTheBackendsDoesNotMatter() {
    let hosts: [UInt8] = [5, 1, 9, 3]
    let table = MaglevTable(of: Self.backends(hosts), settings: .init(size: 1021))
    let sorted = MaglevTable(of: Self.backends(hosts.sorted()), settings: .init(size: 1021))
    #expect(table.slots.map { hosts[$0] } == sorted.slots.map { hosts.sorted()[$0] })
  }

  @Test func noBackendsMakeNoSlots() {
    #expect(MaglevTable(of: []).slots.isEmpty)
  }

  /// With a hundred slots and more for each backend, fewer than one in a hundred of the others' slots move.
  @Test(arguments: [2, 3, 7, 20])
  func fewSlotsMoveWhenABackendGoes(count: UInt8) {
    let all = MaglevTable(of: Self.backends(Array(1...count)))
    let fewer = MaglevTable(of: Self.backends(Array(1..<count)))
    let kept = all.slots.indices.filter { all.slots[$0] != Int(count) - 1 }
    let moved = kept.count { all.slots[$0] != fewer.slots[$0] }
    #expect(moved * 100 < kept.count)
  }

  @Test func theSlotDependsOnTheClientAndNotOnTheVirtualAddress() {
    let tuple = MaglevTuple(
      client: IPv4Address(192, 168, 10, 200), clientPort: 40000, servicePort: 80, protocol: 6)
    var other = tuple
    other.clientPort = 40001
    let seed = MaglevTable.Seed.byDefault
    #expect(tuple.hash(seed: seed) == tuple.hash(seed: seed))
    #expect(tuple.hash(seed: seed) != other.hash(seed: seed))
  }
}
