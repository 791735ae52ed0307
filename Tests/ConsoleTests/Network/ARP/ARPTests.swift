import ControlPlane
import NetModel
import Testing

@testable import Console

/// Outputs as the recorded lab and the kernel vectors have them.
struct ARPTests {
  @Test func theGuidesNeighborsAreThere() throws {
    var lab = try RunningLab.week4()
    let lines = try lab.run("arp -a", on: "k8s-ctr").standardOutput.split(separator: "\n").map(String.init)
    let guide = [
      "? (172.20.0.121) at c6:55:1a:e5:f8:dc [ether] on lxccab88d2aa1c1",
      "k8s-w1 (192.168.10.101) at 08:00:27:ed:ef:cd [ether] on eth1",
      "_gateway (10.0.2.2) at 52:55:0a:00:02:02 [ether] on eth0",
      "router (192.168.10.200) at 08:00:27:95:f9:8a [ether] on eth1",
    ]
    for line in guide { #expect(lines.contains(line)) }
  }

  @Test func entriesAreSetShownAndDeleted() throws {
    var lab = try RunningLab.week4()
    #expect(try lab.run("arp -s 192.168.10.240 02:00:00:00:00:40", on: "k8s-ctr") == CommandResult())
    _ = try lab.run("ping -c 1 192.168.10.250", on: "k8s-ctr")
    let table = try lab.run("arp -n -i eth1", on: "k8s-ctr").standardOutput
    for line in [
      "Address                  HWtype  HWaddress           Flags Mask            Iface\n",
      "192.168.10.240           ether   02:00:00:00:00:40   CM                    eth1\n",
      "192.168.10.250                   (incomplete)                              eth1\n",
    ] { #expect(table.contains(line)) }
    let one = try lab.run("arp -a 192.168.10.240", on: "k8s-ctr")
    #expect(one.standardOutput == "? (192.168.10.240) at 02:00:00:00:00:40 [ether] PERM on eth1\n")
    #expect(try lab.run("arp -d 192.168.10.240", on: "k8s-ctr") == CommandResult())
    let none = try lab.run("arp -a 192.168.10.240", on: "k8s-ctr")
    #expect(none.standardOutput == "192.168.10.240 (192.168.10.240) -- no entry\n")
  }

  @Test func arpingPrintsEveryAnswer() throws {
    var lab = try RunningLab.week4()
    let result = try lab.run("arping -i eth1 192.168.10.101 -c 2", on: "router")
    #expect(
      withoutTimes(result.standardOutput) == """
        ARPING 192.168.10.101
        60 bytes from 08:00:27:ed:ef:cd (192.168.10.101): index=0 time=T usec
        60 bytes from 08:00:27:ed:ef:cd (192.168.10.101): index=1 time=T usec

        --- 192.168.10.101 statistics ---
        2 packets transmitted, 2 packets received,   0% unanswered (0 extra)
        rtt min/avg/max/std-dev = T/T/T/T ms

        """)
    #expect(result.status == 0)
    let address = IPv4InterfaceAddress(IPv4Address(192, 168, 10, 101), length: 24)
    let double = InterfaceID(.host(NodeID("k8s-ctr")), "eth1")
    try lab.apply(.addAddress(Interface.Address(local: address, label: "eth1"), to: double))
    let two = try lab.run("arping -i eth1 192.168.10.101 -c 1", on: "router").standardOutput
    #expect(two.contains("60 bytes from 08:00:27:64:bf:57 (192.168.10.101): index=0"))
    #expect(two.contains("60 bytes from 08:00:27:ed:ef:cd (192.168.10.101): index=1"))
    #expect(two.contains("1 packets transmitted, 2 packets received,   0% unanswered (1 extra)"))
  }

  @Test func nobodyAnswersForAnAddressThatNobodyHas() throws {
    var lab = try RunningLab.week4()
    let result = try lab.run("arping -i eth1 192.168.10.211 -c 1", on: "router")
    #expect(
      result.standardOutput == """
        ARPING 192.168.10.211
        Timeout

        --- 192.168.10.211 statistics ---
        1 packets transmitted, 0 packets received, 100% unanswered (0 extra)

        """)
    #expect(result.status == 1)
    #expect(lab.now == Instant(seconds: 1))
  }

  @Test func anAnswerThatNobodyAskedForMakesNoEntry() throws {
    var lab = try RunningLab.week4()
    _ = try lab.run("arp -d 192.168.10.101", on: "router")
    _ = try lab.run("arping -i eth1 192.168.10.101 -c 1", on: "router")
    #expect(try lab.run("arp -an 192.168.10.101", on: "router").standardOutput.contains("no entry"))
    _ = try lab.run("ping -c 1 192.168.10.101", on: "router")
    #expect(
      try lab.run("arp -an 192.168.10.101", on: "router").standardOutput.contains("at 08:00:27:ed:ef:cd"))
  }

  @Test(arguments: [
    ("arping", "arping: error: must specify one host\n", 1),
    (
      "arping -i eth9 10.0.0.1",
      "arping: libnet_init(LIBNET_LINK, eth9): libnet_check_iface() ioctl: No such device\n", 1
    ),
    ("arping -U 10.0.0.1", "arping: -U: not modelled here\n", 127),
    ("arp -d 192.168.10.9", "No ARP entry for 192.168.10.9\n", 255),
  ])
  func whatCannotBeDoneSaysWhy(_ line: String, error: String, status: Int32) throws {
    var lab = try RunningLab.week4()
    #expect(try lab.run(line, on: "router") == CommandResult(standardError: error, status: status))
  }

  @Test func aContinuousArpingSeesTheAnnouncementBegin() throws {
    var lab = try RunningLab.week4("lb-ipam")
    let router = try #require(lab.stack(named: "router"))
    var job = lab.start(["arping", "-i", "eth1", "192.168.10.211"], on: router)
    var output = JobOutput()
    _ = job.resume(.started, in: &lab, output: &output)
    lab.now = Instant(nanoseconds: lab.now.nanoseconds + 1_000_000_000)
    _ = job.resume(.timePassed, in: &lab, output: &output)
    #expect(output.text(of: .standardOutput) == "ARPING 192.168.10.211\nTimeout\n")
    let announced = try RunningLab.week4("l2")
    let moment = try #require(announced.moment)
    lab.restore(moment)
    lab.now = Instant(nanoseconds: lab.now.nanoseconds + 1_000_000_000)
    _ = job.resume(.timePassed, in: &lab, output: &output)
    #expect(
      output.text(of: .standardOutput).contains("60 bytes from 08:00:27:ed:ef:cd (192.168.10.211): index=0"))
  }
}
