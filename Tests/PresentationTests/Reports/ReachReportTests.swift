import NetModel
import PacketTrace
import Testing

@testable import Presentation

@Suite struct ReachReportTests {
  static let report: ReachReport = {
    let ends = ["a", "b,\"c\""].map { name in
      NamedFlow.End(kind: .pod, namespace: "x", name: name, node: nil, address: IPv4Address(10, 0, 0, 1))
    }
    let outcomes = [
      Outcome(disposition: .delivered, node: NodeID("n"), reason: .accepted),
      Outcome(disposition: .noRoute, node: NodeID("m"), reason: .noRoute),
    ]
    let cells = [0, 1].flatMap { row in
      [0, 1].map { Reachability.Cell(source: row, destination: $0, outcome: outcomes[row == $0 ? 0 : 1]) }
    }
    return ReachReport(
      setting: ReportSetting(lab: "l", chapter: nil, mode: .mixed),
      reach: Reachability(sources: ends, destinations: ends, cells: cells))
  }()

  @Test func csvQuotesWhatItMust() {
    #expect(
      Self.report.csv == """
        source,destination,disposition,node,reason
        x/a,x/a,DELIVERED,n,accepted
        x/a,"x/b,""c""\",NO_ROUTE,m,no-route
        "x/b,""c""\",x/a,NO_ROUTE,m,no-route
        "x/b,""c""\","x/b,""c""\",DELIVERED,n,accepted

        """)
  }

  @Test func textIsAMatrixWithReasons() {
    #expect(
      Self.report.text(English()) == """
        2 of 4 pairs reach each other; rows send, columns answer
        Lab l, routing mode mixed

                   1  2
        x/a        +  N
        x/b,"c"    N  +

          1  x/a (10.0.0.1)
          2  x/b,"c" (10.0.0.1)

        N NO_ROUTE at m: no routing table has a route to the destination
           x/a: x/b,"c"
           x/b,"c": x/a

        """)
  }

  @Test func everyDispositionHasASignOfItsOwn() {
    #expect(Set(Disposition.allCases.map(\.mark)).count == Disposition.allCases.count)
  }

  @Test func jsonNamesEveryPair() {
    #expect(
      Self.report.json["cells"]?.description
        == "["
        + [
          #"{"source":"x/a","destination":"x/a","disposition":"DELIVERED","node":"n","reason":"accepted"}"#,
          #"{"source":"x/a","destination":"x/b,\"c\"","disposition":"NO_ROUTE","node":"m","reason":"no-route"}"#,
          #"{"source":"x/b,\"c\"","destination":"x/a","disposition":"NO_ROUTE","node":"m","reason":"no-route"}"#,
          #"{"source":"x/b,\"c\"","destination":"x/b,\"c\"","disposition":"DELIVERED","node":"n","reason":"accepted"}"#,
        ].joined(separator: ",") + "]")
  }
}
