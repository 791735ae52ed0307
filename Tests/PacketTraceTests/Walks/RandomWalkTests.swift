import NetModel
import PacketTesting
import PacketTrace
import Testing

@Suite struct RandomWalkTests {
  /// 2,000 networks with ten packets each: every walk ends, is sound, and comes out the same twice.
  @Test(arguments: 0..<20)
  func walksAreSoundAndRepeatable(batch: UInt64) {
    for seed in batch * 100..<(batch + 1) * 100 {
      var network = RandomSnapshot(seed: seed)
      for number in 0..<10 {
        let flow = network.flow()
        let walk = network.snapshot.walk(flow, roundTrip: true)
        #expect(walk.violations(in: network.snapshot) == [], "seed \(seed), packet \(number): \(flow)")
        #expect(walk == network.snapshot.walk(flow, roundTrip: true), "seed \(seed), packet \(number)")
        #expect(!walk.paths.isEmpty)
      }
    }
  }

  /// The random networks are worth walking: every kind of ending that plain routing can make turns up.
  @Test func endingsAreMany() {
    var seen: Set<Disposition> = []
    for seed in UInt64(0)..<2000 {
      var network = RandomSnapshot(seed: seed)
      seen.formUnion(network.snapshot.walk(network.flow()).paths.map(\.outcome.disposition))
    }
    let expected: Set<Disposition> = [
      .delivered, .exitsNetwork, .noRoute, .nullRouted, .neighborUnreachable, .dropped, .loop,
    ]
    #expect(seen.isSuperset(of: expected), "missing: \(expected.subtracting(seen))")
  }
}
