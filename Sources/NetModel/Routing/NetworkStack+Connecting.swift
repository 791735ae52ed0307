extension NetworkStack {
  /// What a connecting socket asks once more, with the source that `lookup` gave it; `nil` where no rule looks at
  /// sources.
  ///
  /// Source: Linux `include/net/route.h`, `ip_route_connect`.
  package func questionOfConnecting(after lookup: RouteLookup) -> RouteQuery? {
    guard lookup.query.source == nil, let source = lookup.selection?.preferredSource,
      rules.contains(where: { $0.selector.source != nil })
    else { return nil }
    var query = lookup.query
    query.source = source
    return query
  }
}
