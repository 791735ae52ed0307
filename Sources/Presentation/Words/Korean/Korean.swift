import ControlPlane
import NetModel
import PacketTrace

/// The words in Korean.
///
/// A name or number is followed by a Korean noun, so that the particle behind it never depends on how the
/// name is read aloud.
package struct Korean: Phrasebook {
  package init() {}

  package func title(_ kind: Step.Kind) -> String {
    switch kind {
    case .send: "송신"
    case .socketTranslation: "소켓 로드밸런싱"
    case .routeLookup: "라우팅 조회"
    case .neighborLookup: "이웃 조회"
    case .sourceCheck: "출발지 검사"
    case .identityLookup: "보안 ID 조회"
    case .conntrackLookup: "연결 추적"
    case .policyVerdict: "네트워크 정책"
    case .serviceLookup: "서비스 조회"
    case .serviceTranslation: "서비스 변환"
    case .directReturn: "직접 응답(DSR)"
    case .endpointLookup: "엔드포인트 조회"
    case .tunnelDecision: "터널 판단"
    case .encapsulation: "캡슐화"
    case .decapsulation: "캡슐 해제"
    case .masquerade: "마스커레이드(SNAT)"
    case .reverseTranslation: "역변환"
    case .forward: "포워딩"
    case .sizeCheck: "크기"
    case .redirect: "리다이렉트"
    case .localDelivery: "파드로 전달"
    case .hostDelivery: "호스트로 전달"
    case .transmit: "링크로 송출"
    case .leaveNetwork: "네트워크 이탈"
    case .accept: "수신"
    case .drop: "종료"
    }
  }

  package func disposition(_ disposition: Disposition) -> String {
    switch disposition {
    case .delivered: "도착"
    case .exitsNetwork: "네트워크 이탈"
    case .noRoute: "경로 없음"
    case .nullRouted: "경로가 거부"
    case .neighborUnreachable: "이웃 응답 없음"
    case .denied: "정책이 거부"
    case .dropped: "폐기"
    case .loop: "순환"
    case .undecided: "판단 불가"
    }
  }

  package func outcome(_ outcome: Outcome) -> String {
    let node = visible(outcome.node.name)
    let place = outcome.interface.map { "\(node) \(visible($0))" } ?? node
    let code = outcome.code.map { " (코드 \($0))" } ?? ""
    return "\(outcome.disposition.rawValue), \(place): \(reason(outcome.reason))\(code)"
  }

  package func reason(_ reason: Reason) -> String {
    switch reason {
    case .accepted: "기다리던 쪽이 패킷을 받습니다"
    case .tcpPortClosed: "포트를 기다리는 프로그램이 없어 호스트가 TCP RST로 답합니다"
    case .udpPortClosed: "포트를 기다리는 프로그램이 없어 호스트가 ICMP port unreachable로 답합니다"
    case .answered: "응답이 요청한 쪽에 도착했습니다"
    case .leftNetwork: "패킷이 모델 밖의 네트워크로 나갔습니다"
    case .noRoute: "목적지로 가는 경로가 어느 라우팅 테이블에도 없습니다"
    case .unreachableRoute: "선택된 경로의 유형이 unreachable입니다"
    case .prohibitRoute: "선택된 경로의 유형이 prohibit입니다"
    case .blackholeRoute: "선택된 경로의 유형이 blackhole입니다"
    case .forwardingDisabled: "이 호스트는 패킷을 포워딩하지 않습니다 (ip_forward가 0)"
    case .reversePathFilter: "출발지로 돌아가는 경로가 다른 인터페이스입니다 (rp_filter)"
    case .martian: "그 자리에 나타날 수 없는 주소입니다 (martian)"
    case .ttlExceeded: "TTL이 다했습니다"
    case .forwardingLoop: "패킷이 지나온 곳으로 그대로 되돌아옵니다"
    case .fibLookupFailed: "BPF가 쓸 수 있는 경로를 찾지 못했습니다 (FIB lookup failed)"
    case .noARPAnswer: "다음 홉의 ARP 요청에 아무도 답하지 않습니다"
    case .linkDown: "인터페이스가 내려가 있습니다"
    case .nodeDown: "호스트가 꺼져 있습니다"
    case .notAddressedToHost: "그 주소로 오는 패킷을 받는 곳이 없습니다"
    case .portBlocked: "링크 위의 장비가 그 UDP 포트를 버립니다"
    case .packetTooBig: "패킷이 링크의 MTU보다 큽니다"
    case .noServiceBackend: "서비스에 백엔드가 없습니다"
    case .serviceBackendNotFound: "서비스의 백엔드를 찾지 못했습니다"
    case .invalidSource: "출발지가 파드 자신의 주소가 아닙니다"
    case .policyDenied: "허용하는 정책이 없습니다"
    case .policyDeniedByDenylist: "정책이 거부합니다"
    case .staleOrUnroutable: "어느 파드도 갖고 있지 않은 파드 주소입니다 (stale or unroutable IP)"
    case .noTunnelDevice: "이 포트의 터널 인터페이스가 노드에 없습니다"
    case .invalidIdentity: "터널 헤더의 보안 ID는 그곳에 도착할 수 없는 값입니다"
    case .deniedBySourceRange: "서비스의 소스 범위(loadBalancerSourceRanges)에 없는 클라이언트입니다"
    case .isClusterIP: "클러스터 밖에서는 ClusterIP에 접근할 수 없습니다"
    case .pathTooLong: "모델이 따라가는 한도보다 많은 호스트를 지납니다"
    case .unknownAttachment: "인터페이스 너머에 무엇이 있는지 모델이 알지 못합니다"
    case .notModelled: "모델이 다루지 않습니다"
    }
  }

  package func why(_ why: EvidenceTable.Why, asked: String) -> String {
    switch why {
    case .onlyMatch: "\(asked) 주소를 포함하는 유일한 항목"
    case .longestPrefix: "\(asked) 주소를 포함하는 가장 긴 프리픽스"
    case .matchingTOS: "패킷의 tos 값과 일치"
    case .lowestMetric: "메트릭이 가장 낮음"
    case .firstInTable: "같은 조건 중 테이블의 첫 항목"
    case .gatewayReachable: "게이트웨이에 닿지 않는다는 기록이 없음"
    case .exactMatch: "\(asked) 항목과 정확히 일치"
    case .shorterPrefix: "\(asked) 주소를 포함하지만 프리픽스가 더 짧음"
    case .higherMetric: "메트릭이 더 높음"
    case .otherTOS: "다른 tos 값을 요구"
    case .laterInTable: "같은 조건이지만 테이블에서 더 뒤에 있음"
    case .wouldNotMatch: "\(asked) 주소를 포함하지 않음"
    case .deadNextHop: "인터페이스가 내려가 있음"
    case .linkDown: "링크에 신호가 없음"
    case .otherInterface: "다른 인터페이스로 향함"
    case .scopeTooWide: "scope가 너무 넓음"
    case .gatewayUnreachable: "게이트웨이에 닿지 않는 것으로 기록됨"
    case .overruled: "자기 테이블에서는 최선이지만 다른 테이블이 결정함"
    case .otherAddress: "다른 주소"
    case .otherPort: "주소는 같지만 포트가 다름"
    case .otherTransport: "주소와 포트는 같지만 프로토콜이 다름"
    case .notUsable: "\(asked) 항목과 일치하지만 이 상태로는 쓸 수 없음"
    case .onlyEntry: "이 패킷에 맞는 유일한 항목"
    case .deny: "거부 항목이 먼저임"
    case .longestPort: "프로토콜과 포트가 가장 길게 일치"
    case .exactIdentity: "이 상대를 지정함"
    case .denyWins: "일치하지만 거부 항목이 결정함"
    case .shorterPort: "일치하지만 프로토콜과 포트가 더 짧게 일치"
    case .everyIdentity: "똑같이 일치하지만 모든 상대에 대한 항목"
    case .coveredByDeny: "거부 항목에 덮여 맵에 들어가지 않음"
    case .otherIdentity: "다른 상대"
    case .otherPolicyProtocol: "다른 프로토콜"
    case .otherPolicyPort: "다른 포트"
    }
  }
}

extension StackID {
  /// The short name with the noun of what it is; the noun ends in a vowel.
  var koreanName: String {
    switch self {
    case .host: "\(shortName) 호스트"
    case .pod: "\(shortName) 파드"
    }
  }
}

/// The number with the particle of direction: 으로 behind a final consonant other than ㄹ, else 로.
func toward(_ number: Int) -> String {
  let endsInConsonant = [0, 3, 6].contains(number % 10)
  return "\(number)\(endsInConsonant ? "으로" : "로")"
}
