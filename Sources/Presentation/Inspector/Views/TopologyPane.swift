import ControlPlane
import NetModel

extension InspectorState {
  /// Every wire with what is connected to it, then the pods of every node.
  func topologyContent(columns: Int) -> PaneContent {
    PaneContent(
      title: words.title(.topology), items: wireItems + podItems, selected: cursors[.topology] ?? 0,
      marking: marking(of: .topology))
  }

  private var wireItems: [PaneContent.Item] {
    scene.snapshot.wires.map { wire in
      let name = wire.subnet.map { "\(wire.id)  \($0)" } ?? wire.id.name
      let exits = (wire.exit?.gateways ?? []).map { StyledLine("  EXIT  \($0.address) \($0.mac)", .failure) }
      let ends = scene.snapshot.ends(of: wire.id).map { stack, interface in
        let addresses = interface.addresses.map(\.local.description).joined(separator: " ")
        return StyledLine(
          "  \(stack.description.padded(columns: 12)) \(interface.name.padded(columns: 8)) \(addresses)")
      }
      return PaneContent.Item([StyledLine(name, .title)] + ends + exits)
    }
  }

  private var podItems: [PaneContent.Item] {
    scene.snapshot.agents.map { agent in
      let cidrs = agent.datapath.podCIDRs.map(\.description).joined(separator: " ")
      let pods = scene.snapshot.pods.filter { $0.node == agent.node }.map { pod in
        StyledLine("  \(pod.address.description.padded(columns: 15)) \(pod.pod)")
      }
      return PaneContent.Item([StyledLine("\(agent.node)  \(words.pods) \(cidrs)", .title)] + pods)
    }
  }
}

extension Snapshot {
  /// The interfaces that are connected to a wire, with the stacks that they belong to.
  fileprivate func ends(of wire: WireID) -> [(StackID, Interface)] {
    stacks.flatMap { stack in
      stack.interfaces.filter { $0.attachment == .wire(wire) }.map { (stack.id, $0) }
    }
  }

  /// A stack's name in lists: a pod as `WORKLOAD@NODE` where that names one pod alone.
  func listName(of stack: StackID) -> String {
    guard case .pod(let pod) = stack, let placement = placement(of: pod) else { return stack.description }
    let name = shortName(of: stack)
    return name == placement.workload ? "\(name)@\(placement.node)" : name
  }
}
