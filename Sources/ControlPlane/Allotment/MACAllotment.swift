import NetModel

extension Draw {
  /// A locally administered unicast address, as the kernel makes for virtual devices.
  ///
  /// Source: Linux `include/linux/etherdevice.h`, `eth_random_addr`.
  mutating func localMAC() -> MACAddress {
    let random = next() & 0xffff_ffff_ffff
    return MACAddress(rawValue: random & ~(1 << 40) | 1 << 41)
  }
}

extension MACAddress {
  /// The address that VirtualBox gives an adapter: 08:00:27 and three random bytes.
  ///
  /// Source: VirtualBox `src/VBox/Main/src-server/HostImpl.cpp`, `i_generateMACAddress`.
  package static func virtualBox(_ interface: InterfaceID, seed: UInt64) -> MACAddress {
    var draw = Draw(seed: seed, for: "mac", interface.description)
    return MACAddress(rawValue: 0x0800_2700_0000 | draw.next() & 0xff_ffff)
  }

  /// A locally administered address for a virtual device that nobody gave one.
  package static func virtualDevice(_ interface: InterfaceID, seed: UInt64) -> MACAddress {
    var draw = Draw(seed: seed, for: "mac", interface.description)
    return draw.localMAC()
  }
}
