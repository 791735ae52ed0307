import NetModel
import Testing

@testable import Console

/// Every machine and pod of the lab as it was rebuilt in namespaces, in both routing modes.
struct SeedLabTests {
  @Test(arguments: ["native", "tunnel"])
  func listingsAreThoseOfTheRealTool(_ mode: String) throws {
    for node in try Fixture.decode(SeedLab.self, "iproute2/seedlab-\(mode).json").nodes {
      var lab = RunningLab(try node.dump.stack())
      let addresses = lab.run("ip addr").standardOutput.replacing(#/ link-netnsid \d+/#, with: "")
      #expect(addresses == node.text.addr.replacing(#/ link-netns \S+/#, with: ""), "\(node.id)")
      #expect(lab.run("ip route").standardOutput == node.text.route, "\(node.id)")
      #expect(lab.run("ip route show table all").standardOutput == node.text.route_all, "\(node.id)")
      #expect(lab.run("ip rule").standardOutput == node.text.rule, "\(node.id)")
      #expect(lab.run("ip neigh").standardOutput == node.text.neigh, "\(node.id)")
    }
  }
}

private struct SeedLab: Decodable {
  var nodes: [Node]

  struct Node: Decodable {
    var id: String
    var text: Text
    var dump: KernelDump

    private enum Key: CodingKey {
      case id, text
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      id = try container.decode(String.self, forKey: .id)
      text = try container.decode(Text.self, forKey: .text)
      dump = try KernelDump(from: decoder)
    }
  }

  struct Text: Decodable {
    var addr: String
    var route: String
    var route_all: String
    var rule: String
    var neigh: String
  }
}
