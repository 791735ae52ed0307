/// A route as its table keeps it; lookups that came by it point to it instead of copying it.
///
/// Source: Linux `include/net/ip_fib.h`, `struct fib_info`, is shared in the same way.
final class SharedRoute: Sendable {
  let route: Route

  init(_ route: Route) {
    self.route = route
  }
}

extension SharedRoute: Hashable {
  static func == (left: SharedRoute, right: SharedRoute) -> Bool {
    left === right || left.route == right.route
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(route)
  }
}
