extension Korean {
  package func remark(_ remark: Remark) -> String {
    switch remark {
    case .translatedBeforeSending:
      "패킷이 생기기 전, 프로그램의 시스템 호출 안에서 주소가 바뀝니다. 그래서 어떤 패킷 캡처에도 서비스의 주소가 "
        + "보이지 않습니다."
    case .bpfAnswersARP:
      "파드의 모든 ARP 요청에 BPF가 veth 호스트 쪽의 MAC 주소로 답합니다. 게이트웨이에는 묻지 않습니다."
    case .podKnowsOnlyItsGateway:
      "파드의 라우팅 테이블은 목적지와 상관없이 같습니다. 모든 패킷이 자기 노드의 게이트웨이로 갑니다."
    case .routeLimitsSegments:
      "파드의 경로에 적힌 MTU가 TCP 세그먼트의 크기를 정합니다. 터널 모드에서는 외부 헤더가 들어갈 수 있게 링크보다 "
        + "50바이트 작습니다."
    case .policyDefaultsToOpen:
      "어느 방향으로 파드를 선택하는 정책이 하나도 없으면 그 방향의 모든 통신이 허용됩니다."
    case .selectionDeniesTheRest:
      "정책 하나라도 어느 방향으로 파드를 선택하면, 규칙이 허용하지 않는 통신은 그 방향에서 모두 거부됩니다. "
        + "송신자는 알림을 받지 못하고 시간이 다할 때까지 기다립니다."
    case .denyBeatsAllow:
      "거부 규칙은 아무리 정확한 허용 규칙보다도 우선합니다. 송신자는 알림을 받지 못하고 시간이 다할 때까지 기다립니다."
    case .hostReachesItsPods:
      "거부하는 규칙이 없는 한 노드 자신의 프로그램은 자기 파드에 접근할 수 있습니다. 그래서 kubelet의 프로브가 통과합니다."
    case .substituteBringsAnswerBack:
      "백엔드가 다른 노드에 있습니다. 출발지가 이 노드의 주소여야 응답이 이곳으로 돌아와 변환을 되돌릴 수 있습니다."
    case .podReachesItself:
      "파드가 자신의 호출에 백엔드로 뽑혔습니다. 출발지와 목적지가 같으면 파드의 커널이 패킷을 버리므로 출발지를 바꿉니다. "
        + "네트워크 정책은 묻지 않습니다."
    case .nativeNeedsRoutes:
      "파드의 주소가 그대로 링크 위에 나타납니다. 지나가는 모든 라우터가 파드 CIDR 경로를 알아야 합니다."
    case .tunnelHidesPods:
      "도중의 라우터에는 노드의 주소만 보입니다. 파드에 대해서는 아무것도 몰라도 됩니다."
    case .withoutEndpointNoTunnel:
      "다른 노드에 있는 파드의 주소에만 터널 엔드포인트가 있습니다. 나머지는 그대로 나갑니다."
    case .encapsulationKeepsTTL:
      "헤더를 덧씌우는 것은 포워딩이 아닙니다. 내부 TTL은 그대로이고 외부 헤더에는 자기 TTL이 있습니다."
    case .keyIsIdentity:
      "Cilium은 송신자의 보안 ID를 터널 키에 넣습니다. 받는 쪽은 주소로 다시 조회하지 않아도 됩니다."
    case .redirectSkipsHostStack:
      "BPF는 커널의 라우팅 테이블에 묻지만 직접 내보냅니다. netfilter와 cilium_host의 캡처에는 보이지 않고, "
        + "TTL은 한 번만 줄어듭니다."
    case .deliveryLowersTTL:
      "로컬 파드로의 전달은 라우터 하나를 지나는 것으로 칩니다. 어느 모드에서나 Cilium이 여기서 TTL을 줄입니다."
    case .onlyOuterTTL:
      "외부 헤더의 TTL만 줄어듭니다. 내부 패킷에게 터널은 링크 하나와 같습니다."
    case .defaultRouteTakesTheUnknown:
      "기본 경로는 모든 주소를 포함합니다. 더 긴 프리픽스가 없는 주소는 모두 이 경로로 갑니다."
    case .podKeepsItsAddress:
      "이 범위 안의 파드끼리는 서로의 주소로 직접 통신합니다. 그래서 상대가 파드를 알아보고 답할 수 있습니다."
    case .outsideSeesTheNode:
      "밖에는 파드 주소로 가는 경로가 없습니다. 응답은 노드로 돌아오고, 노드가 파드를 기억합니다."
    case .peerSkipsHostSide:
      "패킷이 곧바로 파드 안에 나타납니다. veth 호스트 쪽의 캡처에는 보이지 않습니다."
    case .closedPortIsDelivered:
      "네트워크는 할 일을 했습니다. 패킷은 호스트에 도착했고, 거절은 호스트가 합니다."
    case .bpfDropsInSilence:
      "BPF는 IPv4에서 ICMP time exceeded를 보내지 않습니다. traceroute에는 별표가 나옵니다."
    case .nobodyTellsTheSender:
      "클러스터의 어떤 프로그램도 패킷을 버리지 않았으므로 어디에도 폐기로 기록되지 않습니다. 송신자는 기다리기만 합니다."
    }
  }
}
