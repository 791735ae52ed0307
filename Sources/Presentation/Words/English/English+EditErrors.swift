import ControlPlane
import NetModel

extension English {
  package func error(_ error: EditError) -> String {
    switch error {
    case .unknownStack(let stack): "there is no host or pod \(visible(stack.description))"
    case .unknownNode(let node): "there is no machine \(visible(node.name))"
    case .unknownInterface(let interface):
      "\(visible(interface.stack.description)) has no interface \(visible(interface.name))"
    case .unknownWire(let wire): "there is no wire \(visible(wire.name))"
    case .powerIsOff(let node): "\(visible(node.name)) is switched off"
    case .unknownModule(let name): "the kernel has no module '\(visible(name))'"
    case .moduleNotLoaded(let name): "module '\(visible(name))' is not loaded"
    case .moduleInUse(let name): "module '\(visible(name))' is in use"
    case .interfaceIsDown(let interface):
      "\(visible(interface.name)) on \(visible(interface.stack.description)) is down: set it up first"
    case .onLinkInterfaceIsDown(let interface):
      "\(visible(interface.name)) on \(visible(interface.stack.description)) is down: set it up first"
    case .invalidScope(let scope): "no route of this type can have the scope \(scope)"
    case .gatewayInHostScope(let address): "a route of scope host can not have the gateway \(address)"
    case .onLinkWithoutInterface(let address): "the gateway \(address) needs an interface to be on-link"
    case .addressAssigned(let address): "the interface bears \(address) already"
    case .invalidAddressScope: "another address of that subnet on the interface has another scope"
    case .noSuchAddress(let selector): "the interface does not bear \(selector.address)"
    case .interfaceOfAgent(let interface):
      "the addresses of \(visible(interface.name)) are given by the agent alone"
    case .routeExists(let route):
      "a route to \(route.destination) with that metric exists: replace or delete it"
    case .noSuchRoute(let selector): "no such route to \(selector.destination) in table \(selector.table)"
    case .ruleExists(let rule): "the rule '\(visible(rule.description))' exists"
    case .noSuchRule: "the host has no such rule"
    case .invalidGateway(let address): "the gateway \(address) is on no link of the host"
    case .invalidPreferredSource(let address): "the host does not bear the source address \(address)"
    case .missingNextHop: "the route needs a gateway or an interface"
    case .noSuchNeighbor(let address): "there is no neighbor entry for \(address)"
    case .invalidMTU(let mtu, let allowed):
      "\(mtu) is no MTU: \(allowed.lowerBound) to \(allowed.upperBound) bytes are possible"
    case .unknownHelmRevision(let number): "the release has no revision \(number)"
    case .api(let error): visible(error.message)
    case .settings(let error): sentence(error)
    case .noCluster: "this network has no cluster"
    case .notInCluster(let node): "\(visible(node.name)) is no node of the cluster"
    case .objectExists(let id): "\(visible(id.description)) exists"
    case .unknownObject(let id): "there is no \(visible(id.description))"
    case .invalidReplicas(let count): "\(count) is no number of replicas"
    case .addressTaken(let address): "another Service has the address \(address)"
    case .addressOutside(let address, let prefix): "\(address) is not in \(prefix), the range of Services"
    case .nodePortTaken(let port): "another Service has the node port \(port)"
    case .addressesExhausted(let prefix): "\(prefix) has no free address left"
    case .podPoolExhausted(let node): "the pod pool has no prefix left for \(visible(node.name))"
    }
  }

  private func sentence(_ error: SettingsError) -> String {
    switch error {
    case .invalidValue(let path, let value, let expected):
      "\(visible(path)) cannot be '\(visible(value.description))': \(phrase(expected))"
    case .conflict(let conflict): "agents would not start: " + sentence(conflict)
    }
  }

  private func phrase(_ expected: SettingsError.Expected) -> String {
    switch expected {
    case .boolean: "true or false is needed"
    case .prefix: "an IPv4 prefix is needed"
    case .duration: "a length of time such as 15s is needed"
    case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound) is needed"
    case .word(let words): "one of \(words.joined(separator: ", ")) is needed"
    case .base64(let bytes): "\(bytes) bytes in Base64 are needed"
    }
  }

  private func sentence(_ conflict: SettingsError.Conflict) -> String {
    switch conflict {
    case .directRoutesInTunnelMode: "autoDirectNodeRoutes needs routingMode=native"
    case .noConntrackRulesInTunnelMode: "installNoConntrackIptablesRules needs routingMode=native"
    case .noConntrackRulesWithoutKubeProxyReplacement:
      "installNoConntrackIptablesRules needs kubeProxyReplacement=true"
    case .noConntrackRulesWithIptablesMasquerade: "installNoConntrackIptablesRules needs bpf.masquerade=true"
    case .tunnelWithoutGeneveDispatch:
      "loadBalancer.mode other than snat needs loadBalancer.dsrDispatch=geneve where routingMode is tunnel"
    case .geneveDispatchOverVXLAN: "loadBalancer.dsrDispatch=geneve needs tunnelProtocol=geneve"
    case .ipipDispatchBesidePods:
      "loadBalancer.dsrDispatch=ipip needs machines without pods (datapath-mode lb-only)"
    case .ipipDispatchInHybridMode: "loadBalancer.dsrDispatch=ipip needs loadBalancer.mode=dsr"
    case .nativeRoutingWithoutCIDR: "routingMode=native with masquerading needs ipv4NativeRoutingCIDR"
    }
  }
}
