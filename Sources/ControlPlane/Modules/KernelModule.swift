/// A module that the machines' kernel can load.
package struct KernelModule: Hashable, Sendable {
  package var name: String
  /// As `lsmod` prints it, in bytes.
  package var size: Int
  /// The modules that are loaded before it, in the order in which `lsmod` lists them.
  package var dependencies: [String]

  package init(name: String, size: Int, dependencies: [String] = []) {
    self.name = name
    self.size = size
    self.dependencies = dependencies
  }
}
