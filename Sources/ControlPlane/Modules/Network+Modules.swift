import NetModel

extension Network {
  /// The module of that name; `nil` where the kernel has none.
  package func kernelModule(named name: String) -> KernelModule? {
    kernelModules.first { $0.name == name }
  }

  /// Loads a module, after those that it needs; one that is loaded stays as it is.
  ///
  /// Source: modprobe(8).
  mutating func loadModule(_ name: String, on node: NodeID) throws(EditError) {
    guard let position = machines.position(of: node, by: \.id) else { throw .unknownNode(node) }
    guard machines[position].isUp else { throw .powerIsOff(node) }
    guard let module = kernelModule(named: name) else { throw .unknownModule(name) }
    for dependency in module.dependencies.reversed() { try loadModule(dependency, on: node) }
    if !machines[position].modules.contains(name) { machines[position].modules.append(name) }
  }

  /// Removes a module that nothing uses.
  mutating func unloadModule(_ name: String, on node: NodeID) throws(EditError) {
    guard let position = machines.position(of: node, by: \.id) else { throw .unknownNode(node) }
    guard machines[position].modules.contains(name) else { throw .moduleNotLoaded(name) }
    guard users(of: name, on: machines[position]).isEmpty else { throw .moduleInUse(name) }
    machines[position].modules.removeAll { $0 == name }
  }

  /// The loaded modules that need another one.
  package func users(of name: String, on machine: Machine) -> [String] {
    machine.modules.filter { kernelModule(named: $0)?.dependencies.contains(name) == true }
  }

  /// A tunnel's device brings its module along, where the kernel has it as one.
  ///
  /// Source: Linux `net/core/rtnetlink.c`, `rtnl_newlink`: `request_module("rtnl-link-%s")`.
  mutating func loadTunnelModule(on node: NodeID) {
    guard case .tunnel(let tunnel) = cluster?.node(node)?.agent?.settings.routing else { return }
    try? loadModule(tunnel.rawValue, on: node)
  }
}
