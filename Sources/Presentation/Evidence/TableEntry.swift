import ControlPlane
import NetModel

/// One entry of a table that a step consulted.
package enum TableEntry: Hashable, Sendable {
  case route(Route)
  case neighbor(Neighbor)
  case ipcache(IPCacheEntry)
  case service(ServiceEntry)
  case endpoint(LocalEndpoint)
  case listener(Listener)
  /// An entry of the map of that endpoint.
  case policy(PolicyMap.Entry, endpoint: Int)
}
