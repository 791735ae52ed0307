import ControlPlane
import Importing
import NetModel
import Testing

@Suite struct BuiltInLabTests {
  @Test func chapters() throws {
    let lab = try Lab.builtIn("cilium-week4")
    let names = [
      "fresh", "webpod", "tunnel", "lb-ipam", "l2", "failover", "second-service", "requested-ip",
      "sharing-key",
    ]
    #expect(lab.chapters.map(\.name) == names)
    #expect(try lab.network() == lab.network(chapter: "webpod"))
    #expect(try lab.network(chapter: "routes") == lab.network(chapter: "fresh"))
    #expect(try lab.network(chapter: "fault") == lab.network(chapter: "webpod"))
    #expect(try lab.network(chapter: "fresh") == lab.base)
  }

  @Test func hostNames() throws {
    let network = try Lab.builtIn("cilium-week4").network()
    let names = network.machine(NodeID("k8s-ctr"))?.hostNames.filter { $0.name == "router" }
    #expect(names == [Machine.HostName(address: IPv4Address(192, 168, 10, 200), name: "router")])
  }

  /// Nothing knows the lab's names or addresses: with others in the file, others come out.
  @Test(arguments: ["fresh", "webpod", "tunnel"])
  func renamedLab(chapter: String) throws {
    let yaml = try LabFile.yaml(named: "cilium-week4")
    let original = try Lab(yaml: yaml, file: "a").network(chapter: chapter).snapshot()
    let renamed = try Lab(yaml: renaming(yaml), file: "b").network(chapter: chapter).snapshot()
    for machine in ["k8s-ctr", "k8s-w1", "k8s-w0", "router"] {
      let expected = facts(original, machine).map(renaming).sorted()
      #expect(facts(renamed, renaming(machine)).sorted() == expected)
    }
    #expect(
      renamed.pods.map { "\($0.address) \($0.node)" }.sorted()
        == original.pods.map { renaming("\($0.address) \($0.node)") }.sorted())
  }

  private func renaming(_ text: String) -> String {
    let names = [
      ("k8s-ctr", "alpha"), ("k8s-w1", "beta"), ("k8s-w0", "gamma"), ("eth1", "ens5"),
      ("192.168.10.", "10.77.1."),
      ("192.168.20.", "10.77.2."), ("172.20.", "10.99."), ("10.96.", "10.55."),
    ]
    return names.reduce(text) { $0.replacing($1.0, with: $1.1) }
  }

  /// What the file decides about a machine: its routes, its ipcache, its recorded Services.
  private func facts(_ snapshot: Snapshot, _ machine: String) -> [String] {
    let node = NodeID(machine)
    let routes = snapshot.stack(.host(node))?.routes.routes ?? []
    let datapath = snapshot.datapath(on: node)
    return routes.map {
      "\($0.destination) \($0.nextHops.map { "\($0.gateway.map(\.description) ?? "-") \($0.interface ?? "")" })"
    }
      + (datapath?.ipcache.map { "\($0.prefix) \($0.tunnelEndpoint.map(\.description) ?? "-")" } ?? [])
      + (datapath?.services.filter { $0.service.name == "webpod" } ?? []).flatMap { entry in
        ["\(entry.frontend)"] + entry.backends.map { "\($0.address)" }
      }
  }
}
