import NetModel
import Testing

@testable import Console

/// Every machine and pod of the lab as it was rebuilt in namespaces, in both routing modes.
struct SeedLabTests {
  @Test(arguments: ["native", "tunnel"], RecordedStack.Form.allCases)
  func listingsComeOutAsTheyWentIn(_ mode: String, form: RecordedStack.Form) throws {
    let root = try Fixture.object("iproute2/seedlab-\(mode).json")
    for node in try #require(root["nodes"] as? [[String: Any]]) {
      let name = try #require(node["id"] as? String)
      let recorded = RecordedStack(node)
      var lab = RunningLab(try recorded.stack(from: form))
      let routes = lab.run("ip route show table all").standardOutput
      #expect(try routes == recorded.expectedText("route", from: form), "\(name)")
      #expect(lab.run("ip rule").standardOutput == recorded.text("rule"), "\(name)")
      // The kernel's own order is that of a hash table.
      let neighbors = lab.run("ip neigh").standardOutput.split(separator: "\n").sorted()
      #expect(try neighbors == recorded.expectedText("neigh", from: form).split(separator: "\n").sorted())
      let expected = AddressBlock.blocks(of: try recorded.expectedText("addr", from: form))
      let printed = AddressBlock.blocks(of: lab.run("ip addr").standardOutput)
      let untold = expected.filter(\.isOfUntoldKind).map(\.name)
      #expect(printed.filter { !untold.contains($0.name) } == expected.filter { !untold.contains($0.name) })
    }
  }
}

/// What `ip addr` prints of one interface.
private struct AddressBlock: Equatable {
  var lines: [String]

  /// `NUMBER: NAME`.
  var name: String { lines[0].split(separator: ": ").prefix(2).joined(separator: ": ") }

  /// Dumps without `-d` do not tell the kinds of devices that detect no carrier, and with them some flags.
  var isOfUntoldKind: Bool { lines[0].contains("state UNKNOWN") && !name.hasSuffix(": lo") }

  static func blocks(of text: String) -> [AddressBlock] {
    let lines = text.replacing(#/link-netnsid \d+/#, with: "link-netnsid 0").split(separator: "\n")
    return lines.reduce(into: []) { blocks, line in
      if line.hasPrefix(" "), let last = blocks.indices.last {
        blocks[last].lines.append(String(line))
      } else {
        blocks.append(AddressBlock(lines: [String(line)]))
      }
    }
  }
}
