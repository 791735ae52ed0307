import Console
import ControlPlane
import Importing
import NetModel
import PacketTesting
import PacketTrace
import Testing

/// What the recorded lab's router printed while curl-pod asked the webpod on k8s-w0.
@Suite struct RecordedLabTests {
  @Test func nativelyThePingComesInByEth1AndLeavesByEth0() throws {
    let lines = try routerLines(chapter: "webpod", content: .icmp) { $0.icmp != nil }
    #expect(
      lines.map(masked) == [
        "eth1  In  IP 172.20.0.88 > 172.20.2.33: ICMP echo request, id *, seq 1, length 64",
        "eth0  Out IP 172.20.0.88 > 172.20.2.33: ICMP echo request, id *, seq 1, length 64",
      ])
  }

  @Test func inTheTunnelTheRouterSeesTheOuterHeader() throws {
    let lines = try routerLines(chapter: "tunnel", content: .tcp) { $0.isEncapsulated }
    let request = """
      IP 192.168.10.100.* > 192.168.20.100.8472: OTV, flags [I] (0x08), overlay 0, instance 45966
      IP 172.20.0.88.* > 172.20.2.33.80: Flags [S], seq *, win 64860, options \
      [mss 1410,sackOK,TS val * ecr 0,nop,wscale 7], length 0
      """
    let answer = """
      IP 192.168.20.100.* > 192.168.10.100.8472: OTV, flags [I] (0x08), overlay 0, instance 62886
      IP 172.20.2.33.80 > 172.20.0.88.*: Flags [S.], seq *, ack *, win 64308, options \
      [mss 1410,sackOK,TS val * ecr *,nop,wscale 7], length 0
      """
    #expect(
      lines.map(masked) == [
        "eth1  In  " + request, "eth2  Out " + request, "eth2  In  " + answer, "eth1  Out " + answer,
      ])
  }

  private func routerLines(
    chapter: String, content: FlowRequest.Content, where isWanted: (Packet) -> Bool
  ) throws -> [String] {
    let snapshot = try Importing.Lab.builtIn("cilium-week4").network(chapter: chapter).snapshot()
    let request = FlowRequest(source: "curl-pod", destination: "172.20.2.33", content: content)
    let walk = snapshot.walk(try snapshot.flow(request).flow, roundTrip: true)
    var lines = PacketLines()
    return walk.captures(in: snapshot)
      .filter { $0.interface.stack == .host(NodeID("router")) && isWanted($0.packet) }
      .map { lines.cookedText(of: $0, interfaceIndex: 0) }
  }

  /// The line with a star for every number that the real thing draws at random.
  private func masked(_ line: String) -> String {
    line.replacing(/(id|seq|ack|val) \d+(?!\d*, length)/) { "\($0.output.1) *" }
      .replacing(/ecr [1-9]\d*/) { _ in "ecr *" }
      .replacing(/(\d+\.\d+\.\d+\.\d+)\.(3[2-9]|[4-6]\d)\d{3}\b/) { "\($0.output.1).*" }
  }
}
