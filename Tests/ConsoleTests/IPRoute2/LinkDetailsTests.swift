import Testing

@testable import Console

/// `ip -d`, as iproute2 6.1 prints it of devices that were made by hand on a running kernel, queues left out.
struct LinkDetailsTests {
  @Test(arguments: [
    (
      "ip -d link show dev cilium_vxlan",
      "    vxlan external id 0 srcport 0 0 dstport 8472 nolearning ttl auto ageing 300 udpcsum noudp6zerocsumtx "
        + "noudp6zerocsumrx \n"
    ),
    (
      "ip -d addr show dev cilium_net",
      "brd ff:ff:ff:ff:ff:ff promiscuity 0  allmulti 0 minmtu 68 maxmtu 65535 \n"
    ),
    (
      "ip -d -j link show dev cilium_vxlan",
      #""info_data":{"external":true,"id":0,"port_range":{"low":0,"high":0},"port":8472"#
    ),
  ])
  func tellsOfDevices(line: String, part: String) throws {
    var lab = try RunningLab.week4("tunnel")
    let result = try lab.run(line, on: "k8s-ctr")
    #expect(result.status == 0)
    #expect(result.standardOutput.contains(part))
  }
}
