/// The labs that are compiled into the program.
package enum BundledLabs {
  /// In ascending order.
  package static let names = ["cilium-week4"]

  /// A lab file's nodes in the form that is read fastest; `nil` where none has the name.
  package static func nodes(named name: String) -> [UInt8]? {
    switch name {
    case "cilium-week4": PackageResources.cilium_week4_nodes
    default: nil
    }
  }
}
