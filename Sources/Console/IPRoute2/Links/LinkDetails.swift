import NetModel

/// What `ip -d` adds to an interface. Queues and offloading are not modelled, nor what a cable's driver allows.
///
/// Source: iproute2 6.1 `ip/ipaddress.c`, `print_linkinfo`, `print_linktype`; `ip/iplink_vxlan.c`,
/// `ip/iplink_geneve.c`; Linux `net/core/dev.c`, `drivers/net/vxlan`, `drivers/net/geneve.c`.
struct LinkDetails {
  let attachment: Interface.Attachment
  /// Where the agent's tunnel device sends to.
  let tunnelPort: UInt16?

  func write(to entry: inout IPEntry) {
    entry.add("promiscuity", .number(0), text: " promiscuity 0 ")
    entry.add("allmulti", .number(0), text: " allmulti 0 ")
    if let range = packetSizes {
      entry.add("min_mtu", .number(range.least), text: "minmtu \(range.least) ")
      entry.add("max_mtu", .number(range.most), text: "maxmtu \(range.most) ")
    }
    guard let kind else { return }
    entry.addText("\(entry.style.lineBreak)    \(kind) ")
    let settings = settings
    for setting in settings { entry.addText(setting.text) }
    let members = settings.map { JSONValue.Member($0.name, $0.value) }
    let data = members.isEmpty ? [] : [JSONValue.Member("info_data", .object(members))]
    entry.addMember("linkinfo", .object([.init("info_kind", .string(kind))] + data))
  }

  /// IFLA_MIN_MTU and IFLA_MAX_MTU; `nil` where a driver decides.
  private var packetSizes: (least: Int, most: Int)? {
    switch attachment {
    case .loopback, .dummy: (0, 0)
    case .veth, .tunnel(.vxlan): (68, 65535)
    case .tunnel(.geneve): (68, 65465)
    case .wire, .unknown: nil
    }
  }

  private var kind: String? {
    switch attachment {
    case .dummy: "dummy"
    case .veth: "veth"
    case .tunnel(let tunnel): tunnel.rawValue
    case .loopback, .wire, .unknown: nil
    }
  }

  private struct Setting {
    let name: String
    let value: JSONValue
    let text: String

    init(_ name: String, _ value: JSONValue, _ text: String) {
      self.name = name
      self.value = value
      self.text = text.isEmpty ? "" : text + " "
    }
  }

  /// As the agent makes its devices: whatever it does not set is the kernel's default.
  ///
  /// Source: Cilium `pkg/datapath/loader/netlink.go`, `setupVxlanDevice`, `setupGeneveDevice`.
  private var settings: [Setting] {
    guard case .tunnel(let tunnel) = attachment else { return [] }
    let port = Int(tunnelPort ?? tunnel.defaultPort)
    switch tunnel {
    case .vxlan:
      return [
        Setting("external", true, "external"), Setting("id", .number(0), "id 0"),
        Setting(
          "port_range", .object([.init("low", .number(0)), .init("high", .number(0))]), "srcport 0 0"),
        Setting("port", .number(port), "dstport \(port)"), Setting("learning", false, "nolearning"),
        Setting("ttl", .number(0), "ttl auto"), Setting("df", "unset", ""),
        Setting("ageing", .number(300), "ageing 300"), Setting("udp_csum", true, "udpcsum"),
        Setting("udp_zero_csum6_tx", false, "noudp6zerocsumtx"),
        Setting("udp_zero_csum6_rx", false, "noudp6zerocsumrx"),
      ]
    case .geneve:
      return [
        Setting("external", true, "external"), Setting("id", .number(0), "id 0"),
        Setting("ttl", .number(0), "ttl auto"), Setting("port", .number(port), "dstport \(port)"),
        Setting("udp_zero_csum6_rx", true, "udp6zerocsumrx"),
      ]
    }
  }
}
