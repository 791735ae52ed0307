import ControlPlane
import NetModel

extension Korean {
  package func error(_ error: EditError) -> String {
    switch error {
    case .unknownStack(let stack): "\(visible(stack.description)) 호스트나 파드가 없습니다"
    case .unknownNode(let node): "\(visible(node.name)) 호스트가 없습니다"
    case .unknownInterface(let interface):
      "\(visible(interface.stack.description))에는 \(visible(interface.name)) 인터페이스가 없습니다"
    case .unknownWire(let wire): "\(visible(wire.name)) 링크가 없습니다"
    case .powerIsOff(let node): "\(visible(node.name)) 호스트가 꺼져 있습니다"
    case .unknownModule(let name): "커널에 '\(visible(name))' 모듈이 없습니다"
    case .moduleNotLoaded(let name): "'\(visible(name))' 모듈이 로드되어 있지 않습니다"
    case .moduleInUse(let name): "'\(visible(name))' 모듈을 사용하는 모듈이 있습니다"
    case .interfaceIsDown(let interface):
      "\(visible(interface.stack.description))의 \(visible(interface.name)) 인터페이스가 내려가 있습니다. 먼저 올리세요"
    case .onLinkInterfaceIsDown(let interface):
      "\(visible(interface.stack.description))의 \(visible(interface.name)) 인터페이스가 내려가 있습니다. 먼저 올리세요"
    case .invalidScope(let scope): "이 종류의 경로는 \(scope) 범위를 가질 수 없습니다"
    case .gatewayInHostScope(let address): "host 범위의 경로에는 \(address) 게이트웨이를 쓸 수 없습니다"
    case .onLinkWithoutInterface(let address): "\(address) 게이트웨이를 onlink로 쓰려면 인터페이스가 필요합니다"
    case .addressAssigned(let address): "이 인터페이스에는 \(address) 주소가 이미 있습니다"
    case .invalidAddressScope: "이 인터페이스에서 같은 대역의 다른 주소와 범위가 다릅니다"
    case .noSuchAddress(let selector): "이 인터페이스에는 \(selector.address) 주소가 없습니다"
    case .interfaceOfAgent(let interface):
      "\(visible(interface.name)) 인터페이스의 주소는 에이전트만 정합니다"
    case .routeExists(let route):
      "메트릭이 같은 \(route.destination) 경로가 이미 있습니다. 바꾸거나 지우세요"
    case .noSuchRoute(let selector): "\(selector.table) 테이블에 그런 \(selector.destination) 경로가 없습니다"
    case .ruleExists(let rule): "'\(visible(rule.description))' 규칙이 이미 있습니다"
    case .noSuchRule: "이 호스트에 그런 규칙이 없습니다"
    case .invalidGateway(let address): "\(address) 게이트웨이는 이 호스트의 어느 링크에도 없습니다"
    case .invalidPreferredSource(let address): "이 호스트에는 출발지 주소 \(address) 값이 없습니다"
    case .missingNextHop: "경로에는 게이트웨이나 인터페이스가 필요합니다"
    case .noSuchNeighbor(let address): "\(address) 주소의 이웃 항목이 없습니다"
    case .invalidMTU(let mtu, let allowed):
      "\(mtu) 값은 MTU가 될 수 없습니다. \(allowed.lowerBound)부터 \(allowed.upperBound)바이트까지 가능합니다"
    case .unknownHelmRevision(let number): "릴리스에 리비전 \(number)이 없습니다"
    case .api(let error): visible(error.message)
    case .settings(let error): sentence(error)
    case .noCluster: "이 네트워크에는 클러스터가 없습니다"
    case .notInCluster(let node): "\(visible(node.name)) 호스트는 클러스터의 노드가 아닙니다"
    case .objectExists(let id): "\(visible(id.description)) 객체가 이미 있습니다"
    case .unknownObject(let id): "\(visible(id.description)) 객체가 없습니다"
    case .invalidReplicas(let count): "\(count) 값은 레플리카 수가 될 수 없습니다"
    case .addressTaken(let address): "\(address) 주소는 다른 서비스가 쓰고 있습니다"
    case .addressOutside(let address, let prefix): "\(address) 주소는 서비스 대역 \(prefix) 밖에 있습니다"
    case .nodePortTaken(let port): "노드 포트 \(port) 번은 다른 서비스가 쓰고 있습니다"
    case .addressesExhausted(let prefix): "\(prefix) 대역에 남은 주소가 없습니다"
    case .podPoolExhausted(let node): "파드 대역 풀에 \(visible(node.name)) 노드에 줄 대역이 없습니다"
    }
  }

  private func sentence(_ error: SettingsError) -> String {
    switch error {
    case .invalidValue(let path, let value, let expected):
      "\(visible(path)) 설정에 '\(visible(value.description))' 값을 쓸 수 없습니다. 필요한 값: \(phrase(expected))"
    case .conflict(let conflict): "에이전트가 시작하지 못합니다: " + sentence(conflict)
    }
  }

  private func phrase(_ expected: SettingsError.Expected) -> String {
    switch expected {
    case .boolean: "true 또는 false"
    case .prefix: "IPv4 대역"
    case .duration: "15s 같은 시간"
    case .number(let range): "\(range.lowerBound)부터 \(range.upperBound)까지의 숫자"
    case .word(let words): "\(words.joined(separator: ", ")) 중 하나"
    case .base64(let bytes): "Base64로 쓴 \(bytes)바이트"
    }
  }

  private func sentence(_ conflict: SettingsError.Conflict) -> String {
    switch conflict {
    case .directRoutesInTunnelMode: "autoDirectNodeRoutes에는 routingMode=native 설정이 필요합니다"
    case .noConntrackRulesInTunnelMode:
      "installNoConntrackIptablesRules에는 routingMode=native 설정이 필요합니다"
    case .noConntrackRulesWithoutKubeProxyReplacement:
      "installNoConntrackIptablesRules에는 kubeProxyReplacement=true 설정이 필요합니다"
    case .noConntrackRulesWithIptablesMasquerade:
      "installNoConntrackIptablesRules에는 bpf.masquerade=true 설정이 필요합니다"
    case .tunnelWithoutGeneveDispatch:
      "routingMode=tunnel에서 snat이 아닌 loadBalancer.mode에는 loadBalancer.dsrDispatch=geneve 설정이 필요합니다"
    case .geneveDispatchOverVXLAN:
      "loadBalancer.dsrDispatch=geneve에는 tunnelProtocol=geneve 설정이 필요합니다"
    case .ipipDispatchBesidePods:
      "loadBalancer.dsrDispatch=ipip에는 파드가 없는 머신(datapath-mode lb-only)이 필요합니다"
    case .ipipDispatchInHybridMode: "loadBalancer.dsrDispatch=ipip에는 loadBalancer.mode=dsr 설정이 필요합니다"
    case .nativeRoutingWithoutCIDR:
      "매스커레이딩을 하는 routingMode=native에는 ipv4NativeRoutingCIDR 설정이 필요합니다"
    }
  }
}
