import ControlPlane
import Foundation
import NetModel
import PacketTrace
import Testing

@testable import Presentation

/// Golden reports of the small lab: text files in `Tests/Fixtures/reports`.
///
/// `UPDATE_GOLDEN=1 swift test --filter Reports` writes them anew; read the difference before it is committed.
@Suite struct Reports {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let make: @Sendable () throws -> String
    var testDescription: String { name }
  }

  static func trace(
    _ mode: CiliumSettings.RoutingMode, _ request: FlowRequest = toFarPod
  ) throws -> TraceReport {
    let snapshot = SmallLab.snapshot(mode)
    let flow = try snapshot.flow(request)
    let setting = ReportSetting(lab: "small", chapter: "webpod", mode: ReportSetting.Mode(snapshot))
    return TraceReport(setting: setting, flow: flow, walk: snapshot.walk(flow.flow, roundTrip: true))
  }

  static let toFarPod = FlowRequest(source: "curl-pod", destination: "webpod@k8s-w0")
  static let toService = FlowRequest(source: "curl-pod", destination: "webpod")

  static func compare() throws -> CompareReport {
    CompareReport(left: try trace(.native), right: try trace(.tunnel(.vxlan)))
  }

  static let cases = [
    Case(name: "trace-native.txt") { try trace(.native).text(English()) },
    Case(name: "trace-native-ko.txt") { try trace(.native).text(Korean()) },
    Case(name: "trace-vxlan.txt") { try trace(.tunnel(.vxlan)).text(English()) },
    Case(name: "trace-service-plain.txt") { try trace(.native, toService).plain(English()) },
    Case(name: "trace-vxlan-plain-ko.txt") { try trace(.tunnel(.vxlan)).plain(Korean()) },
    Case(name: "trace-native.md") { try trace(.native).markdown(English()) },
    Case(name: "trace-vxlan.json") { try trace(.tunnel(.vxlan)).json.indented() + "\n" },
    Case(name: "compare.txt") { try compare().text(English()) },
    Case(name: "compare-ko.txt") { try compare().text(Korean()) },
    Case(name: "compare-plain.txt") { try compare().plain(English()) },
    Case(name: "compare.md") { try compare().markdown(Korean()) },
  ]

  @Test(arguments: cases)
  func looksAsRecorded(_ example: Case) throws {
    let url = fixtures.appending(path: example.name)
    let text = try example.make()
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    #expect(text == (try String(contentsOf: url, encoding: .utf8)))
  }

  private var fixtures: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures/reports")
  }
}
