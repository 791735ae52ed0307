import NetModel

/// The numbers of backends on many nodes: most backends are on all of them, some on their own node alone.
struct BackendNumbers: Hashable, Sendable {
  /// What every node has, by how many of these and of all there were before.
  private var shared: [Frontend: Shared] = [:]
  private var local: [Frontend: Local] = [:]
  /// Where the numbers of a node run ahead of the others', or behind them; in the order of events.
  private var shifts: [NodeID: [Shift]] = [:]
  private var sharedCount = 0
  private var count = 0

  private struct Shared: Hashable {
    var number: Int
    var event: Int
  }

  private struct Local: Hashable {
    var node: NodeID
    var number: Int
  }

  private struct Shift: Hashable {
    var event: Int
    /// How far numbers are shifted from there on.
    var sum: Int
  }

  /// The number of a backend on a node; `nil` where it has none there.
  func number(of backend: Frontend, on node: NodeID) -> Int? {
    if let own = local[backend], own.node == node { return own.number }
    return shared[backend].map { $0.number + shift(of: node, before: $0.event) }
  }

  /// Numbers a backend on all nodes that have not numbered it yet.
  mutating func number(_ backend: Frontend) {
    guard shared[backend] == nil else { return }
    sharedCount += 1
    count += 1
    shared[backend] = Shared(number: sharedCount, event: count)
    if let own = local[backend] { shift(own.node, by: -1) }
  }

  /// Numbers a backend on its own node, if that has not been done yet.
  mutating func number(_ backend: Frontend, on node: NodeID) {
    guard shared[backend] == nil, local[backend] == nil else { return }
    count += 1
    local[backend] = Local(node: node, number: sharedCount + shift(of: node, before: count) + 1)
    shift(node, by: 1)
  }

  mutating func forget(_ backend: Frontend) {
    shared[backend] = nil
    local[backend] = nil
  }

  private mutating func shift(_ node: NodeID, by change: Int) {
    let sum = shifts[node]?.last?.sum ?? 0
    shifts[node, default: []].append(Shift(event: count, sum: sum + change))
  }

  private func shift(of node: NodeID, before event: Int) -> Int {
    shifts[node]?.last { $0.event < event }?.sum ?? 0
  }
}
