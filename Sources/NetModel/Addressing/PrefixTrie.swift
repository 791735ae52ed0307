/// A map from prefixes to values that finds every prefix of an address: a path-compressed binary trie whose
/// nodes lie in one array.
///
/// A node stands for a prefix; its children continue that prefix with a 0 or a 1. Nodes without a value only
/// branch and always have two children, so no subtree is empty.
struct PrefixTrie<Value> {
  private var nodes = [TrieNode(prefix: .all)]
  /// By the slots that the nodes name.
  private(set) var values: [Value] = []

  /// What lies on the way to an address.
  struct Path {
    /// The slots of the prefixes that contain the address, shortest first.
    var slots: [Int32] = []
    /// The slot of the prefix that shares the most leading bits without containing it; of several, the first
    /// in the trie's order; `nil` where every prefix contains it.
    var nearestMiss: Int32?
  }

  /// The way to `address`, in at most 33 steps.
  func path(to address: IPv4Address) -> Path {
    var path = Path()
    var miss: Int32 = -1
    var current: Int32 = 0
    while current >= 0 {
      let node = nodes[Int(current)]
      guard node.contains(address.rawValue) else {
        miss = current
        break
      }
      if node.slot >= 0 { path.slots.append(node.slot) }
      guard node.length < 32 else { break }
      let aside = node.child(toward: ~address.rawValue)
      if aside >= 0 { miss = aside }
      current = node.child(toward: address.rawValue)
    }
    if miss >= 0 { path.nearestMiss = firstSlot(below: miss) }
    return path
  }

  /// The first slot, in the trie's order, of a subtree.
  private func firstSlot(below start: Int32) -> Int32 {
    var current = start
    var first: Int32 = -1
    while first < 0 {
      first = nodes[Int(current)].slot
      while case let next = nodes[Int(current)].zero, next >= 0,
        nodes[Int(next)].address == nodes[Int(current)].address
      {
        current = next
        if nodes[Int(current)].slot >= 0 { first = nodes[Int(current)].slot }
      }
      if first < 0 { current = nodes[Int(current)].zero }
    }
    return first
  }

  /// The slots of all prefixes: by address, longer prefixes first.
  var orderedSlots: [Int32] {
    var slots: [Int32] = []
    slots.reserveCapacity(values.count)
    collect(from: 0, into: &slots)
    return slots
  }

  private func collect(from start: Int32, into slots: inout [Int32]) {
    guard start >= 0 else { return }
    var sameAddress = [start]
    var current = start
    while case let next = nodes[Int(current)].zero, next >= 0,
      nodes[Int(next)].address == nodes[Int(start)].address
    {
      sameAddress.append(next)
      current = next
    }
    for index in sameAddress.reversed() where nodes[Int(index)].slot >= 0 {
      slots.append(nodes[Int(index)].slot)
    }
    collect(from: nodes[Int(current)].zero, into: &slots)
    for index in sameAddress.reversed() { collect(from: nodes[Int(index)].one, into: &slots) }
  }

  /// The value of a slot.
  subscript(slot: Int32) -> Value { values[Int(slot)] }

  /// The value of exactly that prefix, made by `initial` where there is none yet.
  mutating func update(
    _ prefix: IPv4Prefix, default initial: @autoclosure () -> Value, _ body: (inout Value) -> Void
  ) {
    let index = Int(node(for: prefix))
    if nodes[index].slot < 0 {
      nodes[index].slot = Int32(values.count)
      values.append(initial())
    }
    body(&values[Int(nodes[index].slot)])
  }

  /// The index of the node of exactly that prefix, put in where it is missing.
  private mutating func node(for prefix: IPv4Prefix) -> Int32 {
    let address = prefix.address.rawValue
    var current: Int32 = 0
    while Int(nodes[Int(current)].length) < prefix.length {
      let child = nodes[Int(current)].child(toward: address)
      guard child >= 0 else { return attach(TrieNode(prefix: prefix), to: current) }
      let below = nodes[Int(child)]
      let shared = min((below.address ^ address).leadingZeroBitCount, prefix.length, Int(below.length))
      if shared == below.length {
        current = child
      } else {
        current = split(child, below: current, at: IPv4Prefix(prefix.address, length: shared))
      }
    }
    return current
  }

  /// Puts a node for `prefix` between `child` and its parent; the index of the new node.
  private mutating func split(_ child: Int32, below parent: Int32, at prefix: IPv4Prefix) -> Int32 {
    let middle = attach(TrieNode(prefix: prefix), to: parent)
    link(child, to: middle)
    return middle
  }

  private mutating func attach(_ node: TrieNode, to parent: Int32) -> Int32 {
    let index = Int32(nodes.count)
    nodes.append(node)
    link(index, to: parent)
    return index
  }

  private mutating func link(_ child: Int32, to parent: Int32) {
    if nodes[Int(parent)].bit(of: nodes[Int(child)].address) {
      nodes[Int(parent)].one = child
    } else {
      nodes[Int(parent)].zero = child
    }
  }
}

extension PrefixTrie: Sendable where Value: Sendable {}

private struct TrieNode {
  let address: UInt32
  let length: UInt8
  var slot: Int32 = -1
  var zero: Int32 = -1
  var one: Int32 = -1

  init(prefix: IPv4Prefix) {
    address = prefix.address.rawValue
    length = UInt8(prefix.length)
  }

  func contains(_ other: UInt32) -> Bool {
    length == 0 || (address ^ other) >> (32 - UInt32(length)) == 0
  }

  func child(toward other: UInt32) -> Int32 { bit(of: other) ? one : zero }

  /// The first bit of `other` behind the node's prefix; the node must be shorter than an address.
  func bit(of other: UInt32) -> Bool { other >> (31 - UInt32(length)) & 1 == 1 }
}
