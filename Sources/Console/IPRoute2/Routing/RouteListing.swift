import NetModel

/// `ip route show`.
struct RouteListing {
  let view: StackView
  let filter: RouteFilter
  let style: IPStyle

  /// - Throws: `noSuchDevice`, `noSuchTable`.
  func output() throws(IPFailure) -> String {
    let entries = try selected().map { route in
      var entry = IPEntry(style: style)
      RouteEntry(route: RouteMessage(route), hidden: filter.hiddenFields).write(to: &entry)
      return entry
    }
    return listing(entries, style: style)
  }

  /// The routes that the filter lets through, in the order of the kernel's dump.
  ///
  /// - Throws: `noSuchDevice`, `noSuchTable`.
  func selected() throws(IPFailure) -> [Route] {
    let device = try filter.device.map(device(named:))
    if let table = filter.table, table != .main, table != .local {
      guard view.stack.routes.routes.contains(where: { $0.table == table }) else { throw .noSuchTable }
    }
    return inDumpOrder(view.stack.routes.routes.filter { filter.selects($0, device: device) })
  }

  private func device(named name: String) throws(IPFailure) -> Interface {
    guard let interface = view.interface(named: name) else { throw .noSuchDevice(name) }
    return interface
  }

  /// The kernel keeps tables in 256 buckets by the low byte of their number and goes through these in order.
  ///
  /// Source: Linux `net/ipv4/fib_frontend.c`, `inet_dump_fib`.
  private func inDumpOrder(_ routes: [Route]) -> [Route] {
    let tables = Set(routes.map(\.table)).sorted { left, right in
      (left.number & 255, right.number) < (right.number & 255, left.number)
    }
    return tables.flatMap { table in routes.filter { $0.table == table } }
  }
}
