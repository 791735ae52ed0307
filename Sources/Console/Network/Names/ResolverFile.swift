import ControlPlane
import NetModel

/// A pod's `/etc/resolv.conf`.
///
/// Source: Kubernetes `pkg/kubelet/network/dns/dns.go`, policy ClusterFirst.
struct ResolverFile: Hashable, Sendable {
  var server: IPv4Address
  var searches: [String]
  /// Names with fewer dots are tried with the searched domains first.
  var dots = 5
  var library: ImageProgram.CLibrary

  /// The full names to ask for, in order, for a name as a program says it.
  func candidates(for name: String) -> [String] {
    if name.hasSuffix(".") { return [String(name.dropLast())] }
    let searched = searches.map { "\(name).\($0)" }
    let isShort = name.count { $0 == "." } < dots
    return isShort ? searched + [name] : [name] + searched
  }

  /// How long programs wait before they give up a name server that says nothing.
  ///
  /// Source: musl `src/network/res_msend.c`: 5 s in all; resolv.conf(5): 5 s twice.
  var patience: Duration {
    switch library {
    case .musl: .seconds(5)
    case .glibc: .seconds(10)
    }
  }
}

extension RunningLab {
  /// A pod's resolver; `nil` for pods in their node's own network, and where there is no cluster.
  func resolverFile(of pod: PodID) -> ResolverFile? {
    network?.cluster?.resolverFile(of: pod)
  }
}

extension Cluster {
  /// A pod's resolver; `nil` for pods in their node's own network.
  func resolverFile(of pod: PodID) -> ResolverFile? {
    guard let found = self.pod(pod), found.endpoint != nil, let server = nameServer else { return nil }
    let searches = ["\(pod.namespace).svc", "svc"].map { "\($0).\(ClusterDNS.zone)" } + [ClusterDNS.zone]
    return ResolverFile(server: server, searches: searches, library: program(of: pod)?.library ?? .glibc)
  }

  /// What kubelets write down as the cluster's name server: the tenth address for Services.
  ///
  /// Source: Kubernetes `cmd/kubeadm/app/constants/constants.go`, `GetDNSIP`.
  fileprivate var nameServer: IPv4Address? {
    IPv4Address(rawValue: serviceCIDR.address.rawValue &+ 10)
  }
}
