import Foundation
import TerminalTesting
import Testing

/// What learners leave running in one shell while they change something in another.
@Suite(.serialized) struct WatchingTests {
  private static let announce = """
    helm upgrade cilium cilium/cilium -n kube-system --reuse-values --set l2announcements.enabled=true >/dev/null
    kubectl rollout restart ds/cilium -n kube-system >/dev/null
    cat <<EOF | kubectl apply -f -
    apiVersion: cilium.io/v2alpha1
    kind: CiliumL2AnnouncementPolicy
    metadata:
      name: policy1
    spec:
      interfaces:
      - ^eth[1-9]+
      loadBalancerIPs: true
    EOF
    """

  @Test func arpingIsAnsweredOnceAnnouncementsBeginAndByAnotherNodeAfterAFailover() throws {
    var session = try LabSession(chapter: "lb-ipam")
    defer { session.end() }
    let watcher = try session.openShell(on: "router")
    try watcher.type("exec arping -i eth1 192.168.10.211\n")
    _ = try watcher.output(upTo: "Timeout\n")
    _ = try session.run(Self.announce, on: "k8s-ctr")
    _ = try watcher.output(upTo: "60 bytes from ")
    let first = try watcher.output(upTo: " (192.168.10.211)")
    let lease =
      "kubectl -n kube-system get lease cilium-l2announce-default-webpod -o jsonpath='{.spec.holderIdentity}'"
    let holder = try session.run(lease, on: "k8s-ctr")
    _ = try session.run("sshpass -p vagrant ssh vagrant@\(holder) sudo reboot", on: "k8s-ctr")
    #expect(try session.run(lease, on: "k8s-ctr") != holder)
    var next = first
    for _ in 0..<20 where next == first {
      _ = try watcher.output(upTo: "60 bytes from ")
      next = try watcher.output(upTo: " (192.168.10.211)")
    }
    #expect(next != first)
    let logs =
      "kubectl -n kube-system logs -l k8s-app=cilium --prefix --tail=-1 | grep 'successfully acquired lease'"
    #expect(try session.run(logs, on: "k8s-ctr").contains("kube-system/cilium-l2announce-default-webpod"))
    watcher.signalGroup(SIGINT)
    #expect(try watcher.outputToEnd().output.contains("% unanswered"))
  }

  @Test func aLoopOfCurlGoesOnThroughAFailover() throws {
    var session = try LabSession(chapter: "l2")
    defer { session.end() }
    let watcher = try session.openShell(on: "router")
    try watcher.type(
      "while true; do curl -s --connect-timeout 1 192.168.10.211 | grep -c Hostname; sleep 0.1; done\n")
    _ = try watcher.output(upTo: "1\n1\n")
    _ = try session.run("sshpass -p vagrant ssh vagrant@k8s-w1 sudo reboot", on: "k8s-ctr")
    _ = try watcher.output(upTo: "1\n1\n1\n")
    watcher.signalGroup(SIGTERM)
  }

  @Test func aLoopOfCurlFailsForTheNodeBehindTheRouterUntilTheModeIsChanged() throws {
    var session = try LabSession(chapter: "webpod")
    defer { session.end() }
    let loop = """
      for i in $(seq 12); do kubectl exec curl-pod -- curl -s --connect-timeout 0.1 webpod 2>/dev/null \
      | grep Hostname || echo failed; done
      """
    let pods = try session.run(
      "kubectl get pods -l app=webpod -o jsonpath='{range .items[*]}{.spec.nodeName} {.metadata.name}{\"\\n\"}{end}'",
      on: "k8s-ctr")
    let far = try #require(pods.split(separator: "\n").first { $0.hasPrefix("k8s-w0 ") }).dropFirst(7)
    let native = try session.run(loop, on: "k8s-ctr")
    #expect(native.contains("failed") && native.contains("Hostname") && !native.contains(far), "\(native)")
    let relay = try session.run("hubble observe --last 1 2>&1 >/dev/null", on: "k8s-ctr")
    #expect(relay.hasSuffix("1 nodes are unavailable: k8s-w0\n"), "\(relay)")
    _ = try session.run(
      """
      helm upgrade cilium cilium/cilium -n kube-system --reuse-values --set routingMode=tunnel \
      --set tunnelProtocol=vxlan --set autoDirectNodeRoutes=false --set installNoConntrackIptablesRules=false >/dev/null
      kubectl rollout restart ds/cilium -n kube-system >/dev/null
      """, on: "k8s-ctr")
    let tunnel = try session.run(loop, on: "k8s-ctr")
    #expect(!tunnel.contains("failed") && tunnel.contains(far), "\(tunnel)")
    #expect(!(try session.run("hubble observe --last 1 2>&1", on: "k8s-ctr")).contains("unavailable"))
  }

  @Test func twoShellsAndTheInspectorShowOneLab() throws {
    let program = try BuiltProgram.path(of: "packetwalk")
    let home = FileManager.default.temporaryDirectory.appending(path: "home-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(
      at: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: home) }
    let environment = ["LC_ALL": "C.UTF-8", "XDG_RUNTIME_DIR": home.path, "HOME": home.path]
    let screen = try TmuxScreen(command: program, environment: environment, columns: 120, rows: 40)
    try screen.expect("EXITS_NETWORK")
    let folder = home.appending(path: "packetwalk").path
    let name = try poll(for: "the inspector's socket") {
      (try? FileManager.default.contentsOfDirectory(atPath: folder))?.first { $0.hasSuffix(".sock") }
    }
    let run = { (line: String) in
      try FinishedRun(
        program, ["shell", "router", "--socket", "\(folder)/\(name)", "-c", line],
        environment: environment.merging(["PATH": "/usr/bin:/bin"]) { $1 }
      ).output
    }
    _ = try run(
      "ip route add 172.20.2.0/24 via 192.168.20.100; ip route add 172.20.0.0/24 via 192.168.10.100")
    try screen.expect("DELIVERED")
    #expect(try run("ip route show 172.20.2.0/24") == "172.20.2.0/24 via 192.168.20.100 dev eth2 \n")
    try screen.press("8")
    try screen.expect("ip route add 172.20.2.0/24 via 192.168.20.100")
    try screen.press("F10")
    try screen.expect("[ended 0]")
  }
}
