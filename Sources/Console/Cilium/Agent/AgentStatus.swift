import ControlPlane
import NetModel

/// `cilium-dbg status`.
///
/// Lines that tell what the lab does not model are left out: the controllers, the node monitor's buffers, the
/// API groups that are watched.
///
/// Source: Cilium `cilium-dbg/cmd/status.go`, `pkg/client/client.go`, `FormatStatusResponse`.
struct AgentStatus: Sendable {
  let agent: AgentView
  let showsAddresses: Bool
  let isVerbose: Bool

  private var settings: CiliumSettings { agent.datapath.settings }

  var text: String {
    var writer = TabWriter(minimumWidth: 2, padding: 3)
    let lines = head + addressLines + tail + (isVerbose ? details : []) + end
    return writer.format(lines.map { $0 + "\n" }.joined())
  }

  private var head: [String] {
    var lines = ["KVStore:\tDisabled\t"]
    if let version = agent.cluster.kubernetesVersion { lines.append("Kubernetes:\tOk\t\(version)") }
    lines += [
      "KubeProxyReplacement:\t" + (settings.kubeProxyReplacement ? "True\t[\(devices)]" : "False\t"),
      "Host firewall:\tDisabled", "SRv6:\tDisabled", "CNI Chaining:\tnone",
      "CNI Config file:\tsuccessfully wrote CNI configuration file to /host/etc/cni/net.d/05-cilium.conflist",
    ]
    if let version = agent.cluster.ciliumVersion { lines.append("Cilium:\tOk   \(version.long)") }
    lines.append("Cilium health daemon:\tOk\t")
    let range = agent.datapath.podCIDRs.first.map { "\($0)" } ?? ""
    lines.append("IPAM:\tIPv4: \(allocations.count)/\(capacity) allocated from \(range), ")
    return lines
  }

  private var tail: [String] {
    [
      "ClusterMesh:\t0/0 remote clusters ready, 0 global-services",
      "IPv4 BIG TCP:\tDisabled", "IPv6 BIG TCP:\tDisabled", "BandwidthManager:\tDisabled",
      "Routing:\t\(routing)", "Attach Mode:\t\(attachMode)", "Device Mode:\tveth",
      "Masquerading:\t\(masquerading)",
      "Proxy Status:\tOK, ip \(agent.datapath.routerAddress), 0 redirects active on ports 10000-20000, "
        + "Envoy: external",
      "Global Identity Range:\tmin 256, max 65535", "Hubble:\t\(hubble)",
    ]
  }

  private var end: [String] {
    let isProbed = agent.configured("enable-health-checking") == "true"
    return ["Encryption:\tDisabled\t"] + (isProbed ? [] : ["Cluster health:\t\tProbe disabled"])
  }

  /// Addresses that are taken, with their owners, in ascending order of text.
  private var allocations: [String] {
    let pods = agent.endpoints.compactMap { endpoint in
      endpoint.podEndpoint.map { "  \(endpoint.address) (\($0.pod))" }
    }
    return (pods + ["  \(agent.datapath.routerAddress) (router)"]).sorted()
  }

  private var addressLines: [String] {
    showsAddresses || isVerbose ? ["Allocated addresses:"] + allocations : []
  }

  /// All addresses of the node's pod CIDRs but the first and last of each.
  private var capacity: Int {
    agent.datapath.podCIDRs.map { max(0, Int($0.last.rawValue - $0.address.rawValue) - 1) }.reduce(0, +)
  }

  private var routing: String {
    let network = settings.tunnel.map { "Tunnel [\($0.rawValue)]" } ?? "Native"
    return "Network: \(network)\tHost: \(settings.bpfHostRouting ? "BPF" : "Legacy")"
  }

  private var attachMode: String {
    agent.configured("enable-tcx") == "false" ? "Legacy TC" : "TCX"
  }

  private var masquerading: String {
    guard settings.enableIPv4Masquerade else { return "Disabled" }
    let end = "[IPv4: Enabled, IPv6: Disabled]"
    guard settings.bpfMasquerade else { return "IPTables \(end)" }
    let names = agent.datapath.devices.joined(separator: ", ")
    let range = settings.ipv4NativeRoutingCIDR ?? agent.datapath.podCIDRs.first
    return "BPF\t[\(names)]\t\(range.map { "\($0)" } ?? "")  \(end)"
  }

  /// The devices with their addresses; as many blanks more than one stand before these as there are of them.
  private var devices: String {
    agent.datapath.devices.map { name in
      let interface = agent.stack.interface(named: name)
      let addresses =
        (interface?.addresses ?? []).map { "\($0.local.address)" }
        + (interface?.ipv6Addresses ?? []).map { "\($0.address)" }
      let blanks = String(repeating: " ", count: addresses.count + 1)
      let mark = name == agent.datapath.directRoutingDevice ? " (Direct Routing)" : ""
      return name + blanks + addresses.joined(separator: " ") + mark
    }.joined(separator: ", ")
  }

  private var hubble: String {
    guard agent.configured("enable-hubble") == "true" else { return "Disabled" }
    let share = Decimals.percent(of: agent.flowCount, in: HubbleRing.capacity)
    let metrics = agent.configured("hubble-metrics") == nil ? "Disabled" : "Ok"
    return "Ok\tCurrent/Max Flows: \(agent.flowCount)/\(HubbleRing.capacity) (\(share)%)\tMetrics: \(metrics)"
  }

  private var details: [String] {
    let isOn = settings.kubeProxyReplacement
    let socketLB = settings.socketLB == .off ? "Disabled" : "Enabled"
    var rows = [
      "  Status:\t\(isOn ? "True" : "False")", "  Socket LB:\t\(socketLB)",
      "  Socket LB Tracing:\t\(socketLB)",
      "  Socket LB Coverage:\t\(settings.socketLB == .hostNamespaceOnly ? "Hostns-only" : "Full")",
    ]
    if isOn {
      let mode = settings.loadBalancer == .hybrid ? "Hybrid" : settings.loadBalancer.rawValue.uppercased()
      let selection = settings.loadBalancerAlgorithm == .maglev ? "Maglev (Table Size: 16381)" : "Random"
      rows += ["  Devices:\t\(devices)", "  Mode:\t\(mode)", "  Backend Selection:\t\(selection)"]
    }
    let onOff = isOn ? "Enabled" : "Disabled"
    rows += [
      "  Session Affinity:\t\(onOff)", "  NAT46/64 Support:\tDisabled",
      isOn ? "  XDP Acceleration:\tDisabled" : nil, "  Services:", "  - ClusterIP:\tEnabled",
      "  - NodePort:\t\(isOn ? "Enabled (Range: 30000-32767)" : "Disabled") ", "  - LoadBalancer:\t\(onOff) ",
      "  - externalIPs:\t\(onOff) ", "  - HostPort:\t\(onOff)",
    ].compactMap { $0 }
    var writer = TabWriter(minimumWidth: 0, padding: 3)
    let table = writer.format(rows.map { $0 + "\n" }.joined())
    return ["KubeProxyReplacement Details:"] + table.split(separator: "\n").map(String.init)
  }
}

extension Cluster {
  /// The API server's version as the agent tells it, such as `1.33 (v1.33.2)`; `nil` where no image names it.
  ///
  /// The platform that a real agent adds is not modelled.
  var kubernetesVersion: String? {
    guard let tag = imageTag(of: "kube-apiserver"), tag.hasPrefix("v") else { return nil }
    let parts = tag.dropFirst().split(separator: ".")
    return parts.count < 2 ? nil : "\(parts[0]).\(parts[1]) (\(tag))"
  }

  /// The version of the agents' image; `nil` where its tag is none.
  var ciliumVersion: CiliumVersion? {
    imageTag(of: "cilium-agent").flatMap {
      $0.hasPrefix("v") ? CiliumVersion(number: String($0.dropFirst())) : nil
    }
  }
}

/// A version of Cilium's programs.
struct CiliumVersion: Hashable, Sendable {
  /// Such as `1.18.0`.
  let number: String

  /// The commit that a release was built from; `nil` where it is not known here.
  ///
  /// Source: Cilium's tag `v1.18.0`.
  private var commit: String? { number == "1.18.0" ? "274205f0" : nil }

  /// As `cilium-dbg version` begins; when and with which Go it was built is not modelled.
  var built: String { number + (commit.map { " \($0)" } ?? "") }

  /// As the agent's status tells it: `1.18.0 (v1.18.0-COMMIT)`.
  var long: String { "\(number) (v\(number)\(commit.map { "-\($0)" } ?? ""))" }
}
