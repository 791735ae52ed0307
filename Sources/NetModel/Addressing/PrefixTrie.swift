/// A map from prefixes to numbers that finds every prefix of an address: a path-compressed binary trie whose
/// nodes lie in one array.
///
/// A node stands for a prefix; its children continue that prefix with a 0 or a 1. Nodes without a value only
/// branch and always have two children, so no subtree is empty.
struct PrefixTrie: Sendable {
  private var nodes = [Node(prefix: .all, parent: PrefixTrie.none)]

  /// Stands for no node and for no value; both are numbers from 0 up.
  static let none: Int32 = -1

  private struct Node {
    let address: UInt32
    let length: UInt8
    var value = PrefixTrie.none
    var parent: Int32
    var zero = PrefixTrie.none
    var one = PrefixTrie.none

    init(prefix: IPv4Prefix, parent: Int32) {
      address = prefix.address.rawValue
      length = UInt8(prefix.length)
      self.parent = parent
    }

    func contains(_ other: UInt32) -> Bool {
      length == 0 || (address ^ other) >> (32 - UInt32(length)) == 0
    }

    /// The first bit of `other` behind the node's prefix; the node must be shorter than an address.
    func bit(of other: UInt32) -> Bool { other >> (31 - UInt32(length)) & 1 == 1 }

    func child(toward other: UInt32) -> Int32 { bit(of: other) ? one : zero }
  }

  /// The way to an address, as two of the trie's nodes.
  struct Path {
    /// The longest prefix that contains the address; the shorter ones are above it.
    var longest = PrefixTrie.none
    /// Where the prefixes branch off that share the most leading bits without containing the address.
    var branchedOff = PrefixTrie.none
  }

  /// The way to `address`, in at most 33 steps.
  func path(to address: IPv4Address) -> Path {
    var path = Path()
    var current: Int32 = 0
    while current >= 0 {
      let node = nodes[Int(current)]
      guard node.contains(address.rawValue) else {
        path.branchedOff = current
        break
      }
      if node.value >= 0 { path.longest = current }
      guard node.length < 32 else { break }
      let aside = node.child(toward: ~address.rawValue)
      if aside >= 0 { path.branchedOff = aside }
      current = node.child(toward: address.rawValue)
    }
    return path
  }

  /// The value of a node.
  func value(of node: Int32) -> Int32 { nodes[Int(node)].value }

  /// The node of the next shorter prefix with a value; `none` behind the last.
  func next(above node: Int32) -> Int32 {
    var current = nodes[Int(node)].parent
    while current >= 0, nodes[Int(current)].value < 0 { current = nodes[Int(current)].parent }
    return current
  }

  /// The first value of a subtree, in the trie's order.
  func firstValue(below node: Int32) -> Int32 {
    var current = node
    while true {
      var first = nodes[Int(current)].value
      while let next = nextOfSameAddress(below: current) {
        current = next
        if nodes[Int(current)].value >= 0 { first = nodes[Int(current)].value }
      }
      if first >= 0 { return first }
      current = nodes[Int(current)].zero
    }
  }

  /// The node below that begins at the same address.
  private func nextOfSameAddress(below node: Int32) -> Int32? {
    let next = nodes[Int(node)].zero
    return next >= 0 && nodes[Int(next)].address == nodes[Int(node)].address ? next : nil
  }

  /// The values of all prefixes: by address, longer prefixes first.
  var orderedValues: [Int32] {
    var values: [Int32] = []
    collect(from: 0, into: &values)
    return values
  }

  private func collect(from node: Int32, into values: inout [Int32]) {
    guard node >= 0 else { return }
    let spine = nodesOfSameAddress(from: node)
    for node in spine.reversed() where nodes[Int(node)].value >= 0 { values.append(nodes[Int(node)].value) }
    collect(from: nodes[Int(spine[spine.count - 1])].zero, into: &values)
    for node in spine.reversed() { collect(from: nodes[Int(node)].one, into: &values) }
  }

  /// The node and those below it that begin at the same address, shortest prefix first.
  private func nodesOfSameAddress(from node: Int32) -> [Int32] {
    var spine = [node]
    while let next = nextOfSameAddress(below: spine[spine.count - 1]) { spine.append(next) }
    return spine
  }

  /// The value of exactly that prefix; `none` where there is none. A value that is set cannot be taken out.
  subscript(prefix: IPv4Prefix) -> Int32 {
    get {
      let node = path(to: prefix.address).longest
      return valued(from: node, down: prefix.length)
    }
    set { nodes[Int(insertNode(for: prefix))].value = newValue }
  }

  /// The value of the node of that length among `node` and those above it.
  private func valued(from node: Int32, down length: Int) -> Int32 {
    var current = node
    while current >= 0, Int(nodes[Int(current)].length) > length { current = next(above: current) }
    guard current >= 0, Int(nodes[Int(current)].length) == length else { return PrefixTrie.none }
    return nodes[Int(current)].value
  }

  /// The node of exactly that prefix, put in where it is missing.
  private mutating func insertNode(for prefix: IPv4Prefix) -> Int32 {
    let address = prefix.address.rawValue
    var current: Int32 = 0
    while Int(nodes[Int(current)].length) < prefix.length {
      let child = nodes[Int(current)].child(toward: address)
      guard child >= 0 else { return attach(prefix, to: current) }
      let below = nodes[Int(child)]
      let shared = min((below.address ^ address).leadingZeroBitCount, prefix.length, Int(below.length))
      if shared == below.length {
        current = child
      } else {
        let middle = attach(IPv4Prefix(prefix.address, length: shared), to: current)
        link(child, to: middle)
        current = middle
      }
    }
    return current
  }

  private mutating func attach(_ prefix: IPv4Prefix, to parent: Int32) -> Int32 {
    let index = Int32(nodes.count)
    nodes.append(Node(prefix: prefix, parent: parent))
    link(index, to: parent)
    return index
  }

  private mutating func link(_ child: Int32, to parent: Int32) {
    nodes[Int(child)].parent = parent
    if nodes[Int(parent)].bit(of: nodes[Int(child)].address) {
      nodes[Int(parent)].one = child
    } else {
      nodes[Int(parent)].zero = child
    }
  }
}
