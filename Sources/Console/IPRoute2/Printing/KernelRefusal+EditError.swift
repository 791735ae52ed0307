import ControlPlane

extension IPFailure {
  /// What `ip` says of an edit that the network refused.
  init(_ error: EditError) {
    switch error {
    case .routeExists: self = .kernel(.errno("File exists"))
    case .noSuchRoute: self = .kernel(.errno("No such process"))
    case .ruleExists: self = .kernel(.errno("File exists"))
    case .noSuchRule: self = .kernel(.errno("No such file or directory"))
    case .missingNextHop: self = .kernel(.errno("No such device"))
    case .noSuchNeighbor: self = .kernel(.errno("No such file or directory"))
    case .invalidGateway: self = .kernel(.message("Nexthop has invalid gateway"))
    case .invalidPreferredSource: self = .kernel(.message("Invalid prefsrc address"))
    case .invalidScope: self = .kernel(.message("Invalid scope"))
    case .gatewayInHostScope: self = .kernel(.message("Route with host scope can not have a gateway"))
    case .onLinkWithoutInterface: self = .kernel(.message("Nexthop device required for onlink"))
    case .interfaceIsDown: self = .kernel(.message("Device for nexthop is not up"))
    case .onLinkInterfaceIsDown: self = .kernel(.message("Nexthop device is not up"))
    case .addressAssigned: self = .kernel(.message("ipv4: Address already assigned"))
    case .invalidAddressScope: self = .kernel(.message("ipv4: Invalid scope value"))
    case .noSuchAddress: self = .kernel(.message("ipv4: Address not found"))
    case .invalidMTU(let bytes, let allowed):
      let which = bytes < allowed.lowerBound ? "less than device minimum" : "greater than device maximum"
      self = .kernel(.message("mtu \(which)"))
    case .unknownInterface(let id): self = .noSuchDevice(id.name)
    default: self = .notModelled("\(error)")
    }
  }
}
