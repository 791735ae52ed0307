import NetModel

/// Reads the dumps of one machine into its network stack.
///
/// Files, each `.json` or `.txt`: `addr`, `link`, `route`, `rule`, `neigh`, `sysctl`. Any may be missing: without
/// `link`, `addr` gives the links; without `rule` the three usual rules hold; a missing setting is 0; routes
/// that the kernel makes itself are filled in where the dump has none of table main or local.
package struct HostReader {
  /// What was read.
  package private(set) var stack: NetworkStack
  /// In the order in which the files are read, each from its beginning.
  package private(set) var findings: [ImportFinding] = []

  private let files: [String: File]
  /// The numbers of tables that the dumps call by a name.
  private var tables = TableNumbers()

  /// A file of the machine.
  package struct File: Sendable {
    /// As findings name it.
    package var path: String
    package var contents: String

    package init(path: String, contents: String) {
      self.path = path
      self.contents = contents
    }
  }

  /// Reads the files of the machine `id`; keys are their names without folders, such as `route.json`.
  package init(_ id: StackID, files: [String: File]) {
    stack = NetworkStack(id: id)
    self.files = files
    readLinks()
    readRoutes()
    readRules()
    readNeighbors()
    readSysctls()
  }

  // MARK: - Files

  /// The entries of a file, and its path; JSON before text; `nil` where there is neither, or nothing in it
  /// can be read.
  private mutating func entries(
    _ name: String, text read: (DumpText) throws(ReadingError) -> [JSONNode]
  ) -> (path: String, nodes: [JSONNode])? {
    if let file = files["\(name).json"] {
      let nodes = attempt(in: file.path) { () throws(ReadingError) in try HostReader.list(file.contents) }
      return nodes.map { (file.path, $0) }
    }
    guard let file = files["\(name).txt"] else { return nil }
    let nodes = attempt(in: file.path) { () throws(ReadingError) in try read(DumpText(file.contents)) }
    return nodes.map { (file.path, $0) }
  }

  /// The list that `ip -j` printed; what stood before it on other lines (errors, a prompt) is passed over.
  private static func list(_ contents: String) throws(ReadingError) -> [JSONNode] {
    let lines = DumpText(contents).lines
    guard let first = lines.first(where: { $0.text.hasPrefix("[") || $0.text.hasPrefix("{") }) else {
      guard let line = lines.first else { return [] }
      throw ReadingError(line.number, .expected(.list, found: String(line.text)))
    }
    if lines.last?.number == first.number, first.text == "[" { return [] }
    let text = contents.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(first.number - 1)
    let node = try JSONReader.read(text.joined(separator: "\n"), firstLine: first.number)
    guard case .array(let elements) = node.value else { throw node.error(.list) }
    return elements
  }

  /// What `body` reads; `nil` with a finding where it fails.
  private mutating func attempt<Value>(
    in path: String, _ body: () throws(ReadingError) -> Value?
  ) -> Value? {
    do {
      return try body()
    } catch {
      findings.append(ImportFinding(path: path, line: error.line, problem: error.problem))
      return nil
    }
  }

  /// What `read` makes of each entry; entries that it refuses are findings.
  private mutating func readEach<Value>(
    _ nodes: [JSONNode], in path: String, by read: (JSONNode) throws(ReadingError) -> Value?
  ) -> [Value] {
    nodes.compactMap { node in
      attempt(in: path) { () throws(ReadingError) in try read(node) }
    }
  }

  // MARK: - Contents

  private mutating func readLinks() {
    var links: [LinkReader.Link] = []
    for name in ["link", "addr"] {
      guard let (path, nodes) = entries(name, text: LinkText.read) else { continue }
      var position = 0
      for link in readEach(
        nodes, in: path,
        by: { node throws(ReadingError) in
          position += 1
          return try LinkReader.link(node, position: position)
        })
      {
        HostReader.merge(link, into: &links)
      }
    }
    stack.interfaces = links.map { attached($0, among: links) }.sorted { $0.index < $1.index }
  }

  /// `ip addr` repeats what `ip link` says and adds the addresses.
  private static func merge(_ link: LinkReader.Link, into links: inout [LinkReader.Link]) {
    if let known = links.firstIndex(where: { $0.interface.name == link.interface.name }) {
      links[known].interface.addresses += link.interface.addresses
    } else {
      links.append(link)
    }
  }

  /// Two links of one stack that name each other are a pair.
  private func attached(_ link: LinkReader.Link, among links: [LinkReader.Link]) -> Interface {
    var interface = link.interface
    let peer = links.first { $0.interface.name == link.tiedTo && $0.tiedTo == interface.name }
    if let peer, interface.attachment == .unknown {
      interface.attachment = .veth(peer: InterfaceID(stack.id, peer.interface.name))
    }
    return interface
  }

  private mutating func readRoutes() {
    guard let (path, nodes) = entries("route", text: { text throws(ReadingError) in RouteText.read(text) })
    else {
      stack.routes = RouteTables(stack.kernelRoutes())
      return derived(.kernelRoutes)
    }
    var reader = RouteReader(tables: tables)
    var routes = readEach(nodes, in: path) { node throws(ReadingError) in try reader.route(node) }
    tables = reader.tables
    if !routes.contains(where: { $0.table == .local }) {
      routes += stack.kernelRoutes().filter { $0.table == .local }
      derived(.localRoutes)
    }
    stack.routes = RouteTables(routes)
  }

  /// Notes what was filled in; nothing where there was nothing to fill in.
  private mutating func derived(_ what: ImportFinding.Derived) {
    guard !stack.interfaces.isEmpty else { return }
    findings.append(ImportFinding(path: path(of: ["route", "addr"]), line: nil, problem: .derived(what)))
  }

  private mutating func readRules() {
    if let (path, nodes) = entries("rule", text: RuleText.read) {
      var reader = RuleReader(tables: tables)
      stack.rules = readEach(nodes, in: path) { node throws(ReadingError) in try reader.rule(node) }
      tables = reader.tables
    }
    for (name, number) in tables.invented {
      let path = path(of: ["rule", "route"])
      findings.append(ImportFinding(path: path, line: nil, problem: .tableNumbered(name, number)))
    }
  }

  /// The path of the first file there is.
  private func path(of names: [String]) -> String {
    let candidates = names.flatMap { ["\($0).json", "\($0).txt"] }
    return candidates.compactMap { files[$0]?.path }.first ?? stack.id.description
  }

  private mutating func readNeighbors() {
    guard let (path, nodes) = entries("neigh", text: { text throws(ReadingError) in NeighborText.read(text) })
    else { return }
    let neighbors = readEach(nodes, in: path) { node throws(ReadingError) in try NeighborReader.neighbor(node)
    }
    stack.neighbors = neighbors.sorted { ($0.address, $0.interface) < ($1.address, $1.interface) }
  }

  private mutating func readSysctls() {
    var read: Sysctls?
    if let file = files["sysctl.json"] {
      read = attempt(in: file.path) { () throws(ReadingError) in
        try SysctlReader.read(json: JSONReader.read(file.contents))
      }
    } else if let file = files["sysctl.txt"] {
      let text = DumpText(file.contents)
      read = attempt(in: file.path) { () throws(ReadingError) in try SysctlReader.read(text: text) }
    }
    stack.sysctls = read ?? Sysctls()
  }
}
