import NetModel

/// Which of several edits cannot be done, and why.
package struct EditFailure: Error, Hashable, Sendable {
  /// The place of the edit among them, from 0.
  package var index: Int
  package var error: EditError
}

/// Why an edit cannot be done; the network stays as it was.
package enum EditError: Error, Hashable, Sendable {
  case unknownStack(StackID)
  case unknownNode(NodeID)
  /// "Cannot find device".
  case unknownInterface(InterfaceID)
  case unknownWire(WireID)
  /// The machine is switched off.
  case powerIsOff(NodeID)
  /// "Module not found".
  case unknownModule(String)
  case moduleNotLoaded(String)
  /// Other modules need it.
  case moduleInUse(String)
  /// The interface of a route is down: "Device for nexthop is not up".
  case interfaceIsDown(InterfaceID)
  /// The interface of a gateway that is taken for on-link is down: "Nexthop device is not up".
  case onLinkInterfaceIsDown(InterfaceID)
  /// A route to that prefix with that tos and metric is there: "File exists".
  case routeExists(Route)
  /// No route fits: "No such process".
  case noSuchRoute(RouteSelector)
  /// Such a rule is there: "File exists".
  case ruleExists(RoutingRule)
  /// No rule fits: "No such file or directory".
  case noSuchRule
  /// The gateway is not on a link of the stack: "Nexthop has invalid gateway".
  case invalidGateway(IPv4Address)
  /// The stack does not bear the source address: "Invalid prefsrc address".
  case invalidPreferredSource(IPv4Address)
  /// The scope is narrower than any route's, or wider than a route of this type may have: "Invalid scope".
  case invalidScope(RouteScope)
  /// "Route with host scope can not have a gateway".
  case gatewayInHostScope(IPv4Address)
  /// "Nexthop device required for onlink".
  case onLinkWithoutInterface(IPv4Address)
  /// A route of this type needs an interface or a gateway.
  case missingNextHop
  case noSuchNeighbor(IPv4Address)
  /// The interface bears that address with that length: "Address already assigned".
  case addressAssigned(IPv4InterfaceAddress)
  /// Another address of that subnet on the interface has another scope: "Invalid scope value".
  case invalidAddressScope(RouteScope)
  /// "Address not found".
  case noSuchAddress(AddressSelector)
  /// Only an agent gives addresses to the interface.
  case interfaceOfAgent(InterfaceID)
  /// The value is out of the kernel's range for the interface.
  case invalidMTU(Int, allowed: ClosedRange<Int>)
  case noCluster
  /// Not a node of the cluster.
  case notInCluster(NodeID)
  case objectExists(ObjectID)
  case unknownObject(ObjectID)
  case invalidReplicas(Int)
  case addressTaken(IPv4Address)
  /// The address is not of the range that Services get theirs from.
  case addressOutside(IPv4Address, IPv4Prefix)
  case nodePortTaken(UInt16)
  /// The prefix has no free address left.
  case addressesExhausted(IPv4Prefix)
  /// There are more nodes than the pool has shares for.
  case podPoolExhausted(NodeID)
  /// "release: not found": the release has, or keeps, no such revision.
  case unknownHelmRevision(Int)
  /// The API server refuses the change.
  case api(APIError)
  /// Agents do not start with the release's values.
  case settings(SettingsError)
}
