import ControlPlane
import NetModel
import PacketTrace

/// The way from the API server to the kubelet of a pod's node, which everything inside containers takes.
///
/// Source: Kubernetes `pkg/kubelet/client/kubelet_client.go`; `staging/src/k8s.io/apiserver/pkg/util/proxy`.
struct KubeletAccess {
  private let node: String
  private let address: IPv4Address?

  private static let port: UInt16 = 10250

  init(_ pod: JSONValue) {
    node = pod.value(at: "spec", "nodeName")?.text ?? ""
    address = pod.value(at: "status", "hostIP")?.text.flatMap { IPv4Address(parsing: $0) }
  }

  /// - Parameter path: what is read there; `nil` for a stream to a container.
  /// - Throws: what the API server says where a connection cannot be made.
  func check(in lab: inout RunningLab, reading path: String? = nil) throws(KubectlError) {
    guard let address, let server = apiServer(lab), server.description != node else { return }
    let flow = Flow(
      origin: server, destination: address, content: .transport(.tcp, port: Self.port))
    switch ConnectionOutcome(of: lab.send(flow)) {
    case .connected, .outside: return
    case .failed(let error, _):
      let dialing = "dial tcp \(address):\(Self.port): \(Self.words(error))"
      let doing = path.map { "Get \"https://\(address):\(Self.port)\($0)\"" } ?? "error dialing backend"
      throw .plain("Error from server: \(doing): \(dialing)")
    }
  }

  /// The host on which the API server runs.
  private func apiServer(_ lab: RunningLab) -> StackID? {
    let pod = lab.network?.cluster?.pods.first { $0.template.labels["component"] == "kube-apiserver" }
    return pod?.node.map { .host($0) }
  }

  private static func words(_ error: ConnectionOutcome.SystemError) -> String {
    switch error {
    case .refused: "connect: connection refused"
    case .hostUnreachable: "connect: no route to host"
    case .networkUnreachable: "connect: network is unreachable"
    case .timedOut: "i/o timeout"
    }
  }
}
