import Foundation
import Testing

@testable import Importing
@testable import NetModel

/// The lookup agrees with a real kernel on every recorded question.
struct KernelVectorTests {
  private static let files = [
    "fib-basic.json", "fib-edge.json", "fib-input.json", "fib-link.json", "fib-lpm.json",
    "fib-metric-tos.json", "fib-mixed.json", "fib-multipath.json", "fib-rules.json", "fib-source.json",
    "fib-types.json",
  ]

  @Test func everyAnswerIsTheKernels() throws {
    var agreed = 0
    var skipped = 0
    for file in Self.files {
      for vector in try KernelVector.load(file) {
        #expect(vector.findings.isEmpty, "\(vector.id): \(vector.findings)")
        for query in vector.queries {
          if query.dependsOnHistory {
            skipped += 1
          } else if let difference = query.difference(
            from: vector.stack.lookup(query.query), in: vector.stack)
          {
            Issue.record("\(vector.id): \(query.command): \(difference)")
          } else {
            agreed += 1
          }
        }
      }
    }
    print("kernel vectors: \(agreed) answers agree, \(skipped) depend on history")
    #expect(agreed == 4425)
    #expect(skipped == 4)
  }

  @Test(arguments: files)
  func plainTextIsReadLikeJSON(_ file: String) throws {
    let fromJSON = try KernelVector.load(file)
    let fromText = try KernelVector.load(file, asText: true)
    for (json, text) in zip(fromJSON, fromText) {
      #expect(json.stack.withoutWhatOneFormOmits == text.stack.withoutWhatOneFormOmits, "\(json.id)")
      #expect(text.findings.isEmpty, "\(text.id): \(text.findings)")
    }
  }

  @Test(arguments: files)
  func exactlyOneCandidateWinsUnlessNoneMatched(_ file: String) throws {
    for vector in try KernelVector.load(file) {
      for query in vector.queries {
        let lookup = vector.stack.lookup(query.query)
        let matching = lookup.candidates.filter { $0.why != .wouldNotMatch }
        let winners = lookup.candidates.filter(\.won)
        #expect(winners.count <= 1, "\(vector.id): \(query.command)")
        #expect(lookup.candidates.count - matching.count <= 1, "\(vector.id): \(query.command)")
        if let route = lookup.selection?.route {
          #expect(winners.first?.route == route, "\(vector.id): \(query.command)")
        }
      }
    }
  }

  @Test(arguments: files)
  func aLookupTellsWhatItsRoutesAre(_ file: String) throws {
    for vector in try KernelVector.load(file) {
      for query in vector.queries {
        for consultation in vector.stack.lookup(query.query).consultations {
          guard case .lookup(let table) = consultation.rule.action, consultation.verdict != .notForThisPacket
          else { continue }
          let expected = vector.stack.routes(of: table, containing: query.query.destination)
          let found = consultation.candidates.filter { $0.why != .wouldNotMatch }.map(\.route)
          #expect(found == expected, "\(vector.id): \(query.command)")
        }
      }
    }
  }
}

extension NetworkStack {
  /// The text names other namespaces instead of numbering them; JSON does not say that a value is locked.
  fileprivate var withoutWhatOneFormOmits: NetworkStack {
    var stack = self
    for index in stack.interfaces.indices { stack.interfaces[index].recordedLink = nil }
    stack.routes = RouteTables(
      routes.routes.map { route in
        var route = route
        for index in route.metrics.indices { route.metrics[index].isLocked = false }
        return route
      })
    return stack
  }

  /// Every route of a table that contains an address, best first: the slow and obvious way.
  fileprivate func routes(of table: TableID, containing address: IPv4Address) -> [Route] {
    let matching = routes.routes(in: table).filter { $0.destination.contains(address) }
    return matching.enumerated().sorted {
      ($1.element.destination.length, $0.offset) < ($0.element.destination.length, $1.offset)
    }.map(\.element)
  }
}

extension KernelVector.Query {
  /// Where the answer is not the kernel's; `nil` where it is.
  func difference(from lookup: RouteLookup, in stack: NetworkStack) -> String? {
    if case .failed(let error) = lookup.result {
      return error.errno == errno ? nil : "\(error) instead of \(errno ?? device ?? "")"
    }
    guard errno == nil, let selection = lookup.selection else {
      return "\(lookup.result) instead of \(errno ?? "")"
    }
    if !nextHops.isEmpty { return multipathDifference(from: lookup, in: stack) }
    let pairs: [(String, String?, String?)] = [
      ("type", lookup.result.typeName, type),
      ("dev", selection.interface, device),
      ("gateway", selection.gateway?.description, gateway),
      ("src", selection.preferredSource?.description, source),
      ("table", selection.tableName, table),
      (
        "metrics", "\(selection.metrics)",
        "\(metrics.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })"
      ),
      ("redirect", "\(selection.wouldRedirect)", "\(redirects)"),
    ]
    return pairs.first { $0.1 != $0.2 }.map { "\($0.0) \($0.1 ?? "none") instead of \($0.2 ?? "none")" }
  }

  /// Any live next hop is right; where the source is given, those that it belongs to come first.
  private func multipathDifference(from lookup: RouteLookup, in stack: NetworkStack) -> String? {
    guard let selection = lookup.selection, let branch = selection.branch else { return "no branch" }
    let live = nextHops.indices.filter { (nextHops[$0]["flags"] as? [String])?.contains("dead") != true }
    guard live.contains(branch.index), branch.count == nextHops.count else { return "branch \(branch)" }
    let hop = nextHops[branch.index]
    if hop["dev"] as? String != selection.interface { return "dev \(selection.interface)" }
    guard lookup.branches.contains(selection) else { return "not among its branches" }
    let isRecorded = selection.interface == device && selection.gateway?.description == gateway
    if isRecorded, selection.preferredSource?.description != source { return "src" }
    if isRecorded || query.source == nil || query.inputInterface != nil { return nil }
    return hasOwnSource(selection, in: stack) == recordedHasOwnSource(selection, in: stack) ? nil : "source"
  }

  private func hasOwnSource(_ selection: RouteLookup.Selection, in stack: NetworkStack) -> Bool {
    guard let route = selection.route, let branch = selection.branch else { return false }
    return stack.preferredSource(of: route, by: route.nextHops[branch.index]) == query.source
  }

  private func recordedHasOwnSource(_ selection: RouteLookup.Selection, in stack: NetworkStack) -> Bool {
    let hop = selection.route?.nextHops.first { $0.interface == device && $0.gateway?.description == gateway }
    guard let route = selection.route, let hop else { return false }
    return stack.preferredSource(of: route, by: hop) == query.source
  }
}

extension RouteLookup.Result {
  fileprivate var typeName: String {
    switch self {
    case .unicast: "unicast"
    case .local: "local"
    case .broadcast: "broadcast"
    case .multicast: "multicast"
    case .failed: "failed"
    }
  }
}

extension RouteLookup.Selection {
  fileprivate var tableName: String? {
    table == .main || table == .local ? nil : table.description
  }

  fileprivate var metrics: [String] {
    route?.metrics.map { "\($0.name) \($0.value)" } ?? []
  }
}
