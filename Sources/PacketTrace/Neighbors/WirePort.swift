import ControlPlane
import NetModel

/// A running interface on a wire.
struct WirePort {
  /// The place of its stack among the snapshot's.
  let place: Int
  let id: InterfaceID
  let mac: MACAddress

  var stack: StackID { id.stack }
}

extension Snapshot {
  /// The running interfaces on a wire, in the order of their stacks.
  func ports(on wire: WireID) -> [WirePort] {
    let attachment = Interface.Attachment.wire(wire)
    var ports: [WirePort] = []
    for place in stacks.indices {
      let interfaces = stacks[place].interfaces
      for index in interfaces.indices where interfaces[index].attachment == attachment {
        guard interfaces[index].isRunning else { continue }
        let id = InterfaceID(stacks[place].id, interfaces[index].name)
        ports.append(WirePort(place: place, id: id, mac: interfaces[index].mac))
      }
    }
    return ports
  }
}
