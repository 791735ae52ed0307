import NetModel
import PacketTesting
import Testing

@testable import ControlPlane

/// A table behaves like a sorted array, and tells what two copies differ in.
@Suite struct ObjectTableTests {
  struct Entry: Hashable, Identifiable, Sendable {
    var id: Int
    var value: Int
  }

  @Test(arguments: [1, 5, 2_026] as [UInt64])
  func isASortedArray(seed: UInt64) {
    var draw = Draw(seed: seed, for: "object-table")
    var table = ObjectTable<Entry>()
    var model: [Int: Int] = [:]
    for _ in 0..<3_000 {
      let entry = Entry(id: draw.number(in: 0...700), value: draw.number(in: 0...9))
      let before = (table, model)
      switch draw.number(in: 0...4) {
      case 0:
        table[id: entry.id] = nil
        model[entry.id] = nil
      case 1 where draw.number(in: 0...100) == 0:
        table.removeAll { $0.value == entry.value }
        model = model.filter { $0.value != entry.value }
      default:
        table[id: entry.id] = entry
        model[entry.id] = entry.value
      }
      #expect(table.count == model.count && table[id: entry.id]?.value == model[entry.id])
      var rebuilt = before.1
      for change in table.changes(since: before.0) {
        #expect(change.old?.value == before.1[change.new?.id ?? change.old?.id ?? -1])
        if let old = change.old { rebuilt[old.id] = nil }
        if let new = change.new { rebuilt[new.id] = new.value }
      }
      #expect(rebuilt == model)
    }
    let expected = model.sorted { $0.key < $1.key }.map { Entry(id: $0.key, value: $0.value) }
    #expect(Array(table) == expected && Array(table.reversed()) == expected.reversed())
    #expect(table == ObjectTable(expected.reversed()) && Set([table, ObjectTable(expected)]).count == 1)
  }

  @Test func aCopyIsNotChanged() {
    let table = ObjectTable((0..<1_000).map { Entry(id: $0, value: 0) })
    var copy = table
    #expect(copy.isSame(as: table) && copy.changes(since: table).isEmpty)
    for place in copy.indices where copy[place].id == 500 { copy[place].value = 1 }
    #expect(table[id: 500]?.value == 0 && copy[id: 500]?.value == 1 && copy != table)
    #expect(copy.changes(since: table).map { [$0.old?.value, $0.new?.value] } == [[0, 1]])
  }
}
