import ControlPlane
import NetModel

/// `cilium hubble port-forward`: goes on until it is interrupted.
///
/// Source: Cilium `cilium-cli/hubble/relay.go`.
struct HubblePortForward: Job {
  private let port: Int

  init(_ request: CiliumCLI.Request) throws(ToolFailure) {
    let relay = ServiceID(namespace: "kube-system", name: "hubble-relay")
    guard request.cluster.service(relay) != nil else {
      throw .error(
        "Unable to port forward: failed to port forward: failed to get service \"hubble-relay\": "
          + "services \"hubble-relay\" not found")
    }
    port = request.flags.number("port-forward") ?? 4245
  }

  mutating func resume(
    _ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput
  ) -> JobState {
    switch event {
    case .started:
      output.write("ℹ️  Hubble Relay is available at 127.0.0.1:\(port)\n")
      return .waiting(JobWait())
    case .interrupted:
      return .ended(status: 0)
    case .timePassed, .input, .inputEnded, .labChanged, .edited: return .waiting(JobWait())
    }
  }
}
