import NetModel

extension Main {
  /// Lookups per second in tables of several sizes, with what they take in memory.
  static func reportLookups() {
    print(
      row(
        "routes", "answer alone, ns", "with all losers, ns", "losers", "a second, with losers",
        "bytes a route"))
    print(row("--:", "--:", "--:", "--:", "--:", "--:"))
    for size in sizes {
      let random = RandomRoutes(count: size)
      let before = residentBytes()
      let stack = random.stack
      let bytes = residentBytes().flatMap { after in before.map { (after - $0) / size } }
      report(random, stack, bytes)
    }
  }

  private static func report(_ random: RandomRoutes, _ stack: NetworkStack, _ bytes: Int?) {
    let count = Double(random.addresses.count)
    let queries = random.addresses.map { RouteQuery(destination: $0) }
    var found = 0
    let alone = shortestNanoseconds {
      for query in queries where stack.decidingRoute(for: query) != nil { found += 1 }
    }
    var losers = 0
    let withLosers = shortestNanoseconds {
      losers = 0
      for query in queries {
        for consultation in stack.lookup(query).consultations { losers += consultation.candidates.count }
      }
    }
    precondition(found > 0)
    print(
      row(
        grouped(Double(random.prefixes.count)), grouped(alone / count), grouped(withLosers / count),
        String(Int((Double(losers) / count * 10).rounded()) / 10), grouped(count / withLosers * 1e9),
        bytes.map(String.init) ?? "unknown"))
  }
}
