import ControlPlane
import NetModel

extension RunningLab {
  /// The lines of a stack's `/etc/hosts`: a machine's own, or what the kubelet writes into a pod.
  ///
  /// Source: Kubernetes `pkg/kubelet/kubelet_pods.go`, `managedHostsFileContent`.
  func hostsFile(of stack: StackID) -> [Machine.HostName] {
    switch stack {
    case .host(let node): network?.machine(node)?.hostNames ?? []
    case .pod(let pod):
      [Machine.HostName(address: IPv4Address(127, 0, 0, 1), name: "localhost")]
        + (snapshot.placement(of: pod).map {
          [Machine.HostName(address: $0.address, name: pod.name)]
        } ?? [])
    }
  }

  /// The first address of a name by `/etc/hosts`; `nil` where it is not there.
  func addressInHostsFile(of name: String, on stack: StackID) -> IPv4Address? {
    hostsFile(of: stack).first { $0.name == name }?.address
  }

  /// The first name of an address by `/etc/hosts`; `nil` where it is not there.
  func nameInHostsFile(of address: IPv4Address, on stack: StackID) -> String? {
    hostsFile(of: stack).first { $0.address == address }?.name
  }

  /// Every address of `/etc/hosts` with its first name.
  func namesInHostsFile(of stack: StackID) -> [IPv4Address: String] {
    Dictionary(hostsFile(of: stack).map { ($0.address, $0.name) }) { first, _ in first }
  }
}
