import ControlPlane

/// The programs that images contain, as far as they are known.
enum ImagePrograms {
  /// By the last two parts of the image's path.
  ///
  /// Source: the images' Dockerfiles: github.com/nicolaka/netshoot; github.com/traefik/whoami (`FROM scratch`);
  /// Cilium `images/cilium`, `images/runtime`; CoreDNS and the control plane's images hold their program alone.
  private static let known: [String: Set<String>] = [
    "nicolaka/netshoot": netshoot,
    "traefik/whoami": ["/whoami"],
    "cilium/cilium": [
      "cilium", "cilium-dbg", "cilium-health", "cilium-bugtool", "hubble", "ip", "tc", "ss", "bridge",
      "bpftool",
      "iptables", "ipset", "modprobe", "lsmod", "sysctl", "hostname", "getent", "sh", "bash", "ls", "cat",
      "grep",
    ],
    "cilium/operator-generic": ["cilium-operator-generic"],
    "coredns/coredns": ["/coredns"],
    "registry.k8s.io/etcd": ["etcd", "etcdctl", "etcdutl"],
    "registry.k8s.io/kube-apiserver": ["kube-apiserver"],
    "registry.k8s.io/kube-controller-manager": ["kube-controller-manager"],
    "registry.k8s.io/kube-scheduler": ["kube-scheduler"],
  ]

  private static let netshoot: Set<String> = [
    "arp", "arping", "awk", "bash", "bridge", "cat", "conntrack", "curl", "date", "dig", "drill", "echo",
    "env",
    "ethtool", "fping", "grep", "head", "host", "hostname", "httpd", "ifconfig", "ip", "iperf", "iperf3",
    "iptables", "jq", "ls", "mtr", "nc", "ncat", "netcat", "netstat", "ngrep", "nmap", "nslookup", "openssl",
    "ping", "ps", "route", "sh", "sleep", "socat", "ss", "ssh", "strace", "tail", "tc", "tcpdump", "telnet",
    "tracepath", "traceroute", "tshark", "uname", "vi", "watch", "wget", "zsh",
  ]

  enum Presence: Sendable {
    case present, absent, unknown
  }

  /// - Parameter tools: what the lab's file says of the image.
  static func presence(of program: String, in image: String, _ tools: [InstalledTool]?) -> Presence {
    if tools?.contains(where: { $0.name == program }) == true { return .present }
    let plain = image.split(separator: "@").first.map(String.init) ?? image
    let untagged = plain.lastIndex(of: ":").flatMap { colon in
      plain[colon...].contains("/") ? nil : String(plain[..<colon])
    }
    let path = (untagged ?? plain).split(separator: "/")
    guard let programs = known[path.suffix(2).joined(separator: "/")] else { return .unknown }
    let name =
      program.hasPrefix("/usr/") || program.hasPrefix("/bin/") || program.hasPrefix("/sbin/")
      ? program.split(separator: "/").last.map(String.init) ?? program : program
    return programs.contains(name) ? .present : .absent
  }
}
