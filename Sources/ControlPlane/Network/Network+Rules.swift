import NetModel

extension Network {
  mutating func addRule(_ rule: RoutingRule, on id: StackID) throws(EditError) {
    let stack = try runningStack(id)
    guard !stack.rules.contains(where: { $0.isSame(as: rule) }) else { throw .ruleExists(rule) }
    updateChanges(of: id) { changes in
      if let position = changes.deletedRules.firstIndex(where: { $0.isSame(as: rule) }) {
        changes.deletedRules.remove(at: position)
      } else {
        changes.addedRules.append(rule)
      }
    }
  }

  mutating func deleteRule(_ rule: RoutingRule, on id: StackID) throws(EditError) {
    let stack = try runningStack(id)
    guard let found = stack.rules.first(where: { $0.isSame(as: rule) }) else { throw .noSuchRule }
    updateChanges(of: id) { changes in
      if let position = changes.addedRules.firstIndex(of: found) {
        changes.addedRules.remove(at: position)
      } else {
        changes.deletedRules.append(found)
      }
    }
  }
}

extension [RoutingRule] {
  /// The number of a rule whose author gave none: one less than that of the second rule there is.
  ///
  /// Source: Linux `net/core/fib_rules.c`, `fib_default_rule_pref`.
  package var defaultPriority: UInt32 {
    count > 1 && self[1].priority > 0 ? self[1].priority - 1 : 0
  }

  /// Puts a rule behind those that are asked before it or at the same time.
  mutating func insert(_ rule: RoutingRule) {
    insert(rule, at: firstIndex { $0.priority > rule.priority } ?? endIndex)
  }
}

extension RoutingRule {
  /// Whoever made it.
  ///
  /// Source: Linux `net/core/fib_rules.c`, `rule_exists`.
  fileprivate func isSame(as other: RoutingRule) -> Bool {
    var copy = other
    copy.protocol = self.protocol
    return self == copy
  }
}
