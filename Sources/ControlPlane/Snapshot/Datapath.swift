import NetModel

/// What one node's Cilium agent has put into the node's BPF maps and programs.
package struct Datapath: Hashable, Sendable {
  /// The settings that the running programs were compiled with.
  package var settings: CiliumSettings
  /// The devices whose traffic Cilium handles, in ascending order of name.
  package var devices: [String]
  /// The device that carries traffic between nodes without a tunnel.
  package var directRoutingDevice: String
  /// The address of `cilium_host`.
  package var routerAddress: IPv4Address
  /// The address that other nodes know this node by.
  package var nodeAddress: IPv4Address
  /// The node's pod CIDRs, in ascending order.
  package var podCIDRs: [IPv4Prefix]
  /// `cilium_lxc`: the addresses that are local to the node, in ascending order.
  package var endpoints: [LocalEndpoint]
  /// `cilium_ipcache_v2`, in ascending order of prefix.
  package var ipcache: [IPCacheEntry]
  /// `cilium_lb4_services_v2` with its backends, in ascending order of address, port and transport.
  package var services: [ServiceEntry]
  /// `cilium_policy_v2_NNNNN` of the node's pods, in ascending order of endpoint.
  package var policyMaps: [PolicyMap]
  /// The table `l2-announce`, in ascending order; its rows for IPv4 are `cilium_l2_responder_v4`.
  package var l2Announcements: [L2Announcement]
  /// What the node's speaker of MetalLB answers for, in ascending order; no map of Cilium's.
  package var speakerAnnouncements: [L2Announcement]

  package init(
    settings: CiliumSettings, devices: [String], directRoutingDevice: String, routerAddress: IPv4Address,
    nodeAddress: IPv4Address, podCIDRs: [IPv4Prefix], endpoints: [LocalEndpoint], ipcache: [IPCacheEntry],
    services: [ServiceEntry], policyMaps: [PolicyMap] = [],
    l2Announcements: [L2Announcement] = [], speakerAnnouncements: [L2Announcement] = []
  ) {
    self.settings = settings
    self.devices = devices
    self.directRoutingDevice = directRoutingDevice
    self.routerAddress = routerAddress
    self.nodeAddress = nodeAddress
    self.podCIDRs = podCIDRs
    self.endpoints = endpoints
    self.ipcache = ipcache
    self.services = services
    self.policyMaps = policyMaps
    self.l2Announcements = l2Announcements
    self.speakerAnnouncements = speakerAnnouncements
  }

  /// The policy map of an endpoint; `nil` where none was made, which lets everything pass.
  package func policyMap(ofEndpoint id: Int) -> PolicyMap? {
    policyMaps.first { $0.endpoint == id }
  }

  /// The endpoint that bears `address` on this node; `nil` where none does.
  package func endpoint(at address: IPv4Address) -> LocalEndpoint? {
    endpoints.first { $0.address == address }
  }
}

/// One entry of `cilium_lxc`: an address that is local to the node.
///
/// Source: Cilium `bpf/lib/eps.h`, `pkg/maps/lxcmap/lxcmap.go`.
package struct LocalEndpoint: Hashable, Sendable {
  package var address: IPv4Address
  package var kind: Kind

  package init(address: IPv4Address, kind: Kind) {
    self.address = address
    self.kind = kind
  }

  package enum Kind: Hashable, Sendable {
    /// An address of the node itself.
    case host
    case pod(PodEndpoint)
  }

  package struct PodEndpoint: Hashable, Sendable {
    package var pod: PodID
    /// The endpoint's number on its node.
    package var id: Int
    package var identity: SecurityIdentity
    /// The host side of the pod's veth.
    package var interface: String
    /// The MAC of the pod's eth0.
    package var mac: MACAddress
    /// The MAC of the host side.
    package var nodeMAC: MACAddress

    package init(
      pod: PodID, id: Int, identity: SecurityIdentity, interface: String, mac: MACAddress,
      nodeMAC: MACAddress
    ) {
      self.pod = pod
      self.id = id
      self.identity = identity
      self.interface = interface
      self.mac = mac
      self.nodeMAC = nodeMAC
    }
  }
}

/// One entry of `cilium_ipcache_v2`.
///
/// Source: Cilium `pkg/maps/ipcache/ipcache.go`.
package struct IPCacheEntry: Hashable, Sendable {
  package var prefix: IPv4Prefix
  package var identity: SecurityIdentity
  /// The node to send encapsulated packets to; `nil` is printed as 0.0.0.0.
  package var tunnelEndpoint: IPv4Address?
  /// Never encapsulate, whatever the endpoint says (flag `skiptunnel`).
  package var skipsTunnel: Bool

  package init(
    prefix: IPv4Prefix, identity: SecurityIdentity, tunnelEndpoint: IPv4Address? = nil,
    skipsTunnel: Bool = false
  ) {
    self.prefix = prefix
    self.identity = identity
    self.tunnelEndpoint = tunnelEndpoint
    self.skipsTunnel = skipsTunnel
  }
}
