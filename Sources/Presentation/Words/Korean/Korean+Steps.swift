import ControlPlane
import NetModel
import PacketTrace

extension Korean {
  package func questionWhatIsSent(by stack: StackID) -> String { "\(stack.koreanName)는 무엇을 보냅니까?" }

  package func questionRoute(to destination: IPv4Address) -> String {
    "\(destination) 주소로 가는 경로는 무엇입니까?"
  }

  package func questionNeighbor(_ address: IPv4Address, on interface: String) -> String {
    "\(interface) 인터페이스에서 \(address) 주소의 MAC 주소는 무엇입니까?"
  }

  package func questionSource(_ check: SourceCheck) -> String { "\(check.source) 주소는 파드 자신의 것입니까?" }

  package func questionIdentity(of address: IPv4Address, _ subject: IdentityLookup.Subject) -> String {
    switch subject {
    case .source: "출발지 \(address) 주소의 보안 ID는 무엇입니까?"
    case .destination: "목적지 \(address) 주소의 보안 ID는 무엇입니까?"
    }
  }

  package func questionTunnelKey() -> String { "터널 헤더는 누구를 송신자로 적고 있습니까?" }

  package func questionConntrack() -> String { "이미 알고 있는 연결의 패킷입니까?" }

  package func questionPolicy(_ direction: PolicyVerdict.Direction) -> String {
    switch direction {
    case .egress: "패킷이 파드에서 나가도 됩니까?"
    case .ingress: "패킷이 파드로 들어가도 됩니까?"
    }
  }

  package func questionService(_ frontend: Frontend) -> String { "\(frontend) 주소는 서비스의 프런트엔드입니까?" }

  package func questionTranslation() -> String { "로드밸런서는 패킷을 어떻게 바꿉니까?" }

  package func questionEndpoint(_ address: IPv4Address) -> String { "\(address) 주소가 이 노드에 있습니까?" }

  package func questionTunnel() -> String { "패킷이 터널을 지나야 합니까?" }

  package func questionEncapsulation() -> String { "패킷을 무엇으로 감쌉니까?" }

  package func questionDecapsulation() -> String { "누가 캡슐을 풉니까?" }

  package func questionMasquerade() -> String { "출발지 주소를 노드의 주소로 바꿉니까?" }

  package func questionReverse() -> String { "어떤 변환을 되돌립니까?" }

  package func questionHopLimit() -> String { "패킷을 한 번 더 넘겨도 됩니까?" }

  package func questionSize() -> String { "패킷의 크기가 맞습니까?" }

  package func questionRedirect() -> String { "보낸 쪽이 돌아가는 길을 택했습니까?" }

  package func questionDelivery() -> String { "패킷을 어떻게 넘겨줍니까?" }

  package func questionTransmission(on wire: WireID) -> String {
    "\(visible(wire.name)) 링크에서 누가 프레임을 받습니까?"
  }

  package func questionExit() -> String { "패킷은 여기서 어디로 갑니까?" }

  package func questionAcceptance() -> String { "누가 패킷을 받습니까?" }

  package func questionEnding() -> String { "왜 여기서 끝납니까?" }

  package func sent(by stack: StackID, to destination: String, _ content: String) -> String {
    "\(stack.koreanName)가 \(destination) 목적지로 가는 \(content) 패킷을 자기 스택에 넘깁니다."
  }

  package func routed(_ selection: RouteLookup.Selection, entry: String, why: EvidenceTable.Why?) -> String {
    let next = selection.gateway.map { "\($0) 라우터로 보냅니다" } ?? "목적지로 바로 보냅니다"
    let branch = selection.branch.map { " 같은 비용의 경로 \($0.count)개 중 \($0.index + 1)번째입니다." } ?? ""
    return "\(entry) 경로가 선택되었습니다. \(visible(selection.interface)) 인터페이스에서 \(next).\(branch)"
  }

  package func forThisHost(entry: String?) -> String {
    "\(entry.map { "\($0) 경로가 선택되었습니다" } ?? "경로가 필요 없습니다"). 이 호스트 자신의 주소입니다."
  }

  package func toSubnet(entry: String?) -> String {
    "\(entry.map { "\($0) 경로가 선택되었습니다" } ?? "경로가 필요 없습니다"). 서브넷의 모든 호스트로 보냅니다."
  }

  package func noRoute(_ error: RouteError, to destination: IPv4Address) -> String {
    switch error {
    case .networkUnreachable: "\(destination) 주소를 포함하는 경로가 없습니다 (\(error.errno))."
    case .hostUnreachable: "패킷은 \(destination) 주소로 갈 수 없습니다 (\(error.errno))."
    case .prohibited: "prohibit 경로가 \(destination) 주소를 거부합니다 (\(error.errno))."
    case .invalid(let cause): "\(invalid(cause)) (\(error.errno))."
    }
  }

  private func invalid(_ cause: RouteError.Invalid) -> String {
    switch cause {
    case .blackhole: "blackhole 경로가 패킷을 말없이 버립니다"
    case .martianSource: "그 자리에 나타날 수 없는 출발지 주소입니다"
    case .martianDestination: "그 자리에 나타날 수 없는 목적지 주소입니다"
    case .reversePath: "출발지로 돌아가는 경로가 다른 인터페이스입니다"
    case .noSuchInterface: "그런 인터페이스가 없습니다"
    case .sourceNotOwn: "출발지가 이 호스트의 주소가 아닙니다"
    }
  }

  package func neighbor(_ evidence: NeighborEvidence) -> String {
    switch evidence.answer {
    case .known(let mac): "이웃 테이블에 있습니다: \(mac)."
    case .resolved(_, let reply, let responder):
      "ARP 요청을 브로드캐스트하고, \(name(responder))가 답합니다: \(reply.senderMAC)." + rivals(of: evidence)
    case .unanswered: "\(evidence.address) 주소의 ARP 요청에 아무도 답하지 않습니다."
    case .notNeeded(let mac): "\(visible(evidence.interface)) 인터페이스는 ARP를 쓰지 않습니다: \(mac)."
    }
  }

  private func rivals(of evidence: NeighborEvidence) -> String {
    guard !evidence.rivals.isEmpty else { return "" }
    let others = evidence.rivals.map { "\(name($0.responder))(\($0.reply.senderMAC))" }
    return " 다른 답도 있습니다: \(others.joined(separator: ", ")). 먼저 온 답을 쓰며, 어느 것이 먼저 올지는 그때그때 다릅니다."
  }

  private func name(_ responder: NeighborEvidence.Responder) -> String {
    switch responder {
    case .owner(let interface): "\(interface.shortName) 인터페이스"
    case .bpf(let interface): "\(interface.shortName) 인터페이스의 BPF 코드"
    case .announcer(let interface): "이 주소를 알리는 \(interface.shortName) 인터페이스의 BPF 코드"
    case .speaker(let interface): "이 주소를 알리는 \(interface.shortName) 인터페이스의 MetalLB 스피커"
    case .outside(let wire): "\(visible(wire.name)) 링크에 있는 모델 밖의 호스트"
    }
  }

  package func source(_ check: SourceCheck) -> String {
    check.source == check.expected ? "예, 맞습니다." : "아니요. 파드 자신의 주소는 \(check.expected)입니다."
  }

  package func identity(_ lookup: IdentityLookup) -> String {
    guard let winner = lookup.winner else {
      return "포함하는 항목이 없어 \(lookup.identity.name) 보안 ID로 봅니다."
    }
    return "\(winner.prefix) 항목에 따라 \(lookup.identity.name) 보안 ID입니다."
  }

  package func tunnelKey(_ identity: SecurityIdentity) -> String {
    "터널 키는 \(identity.name) 보안 ID입니다."
  }

  package func conntrack(_ state: ConntrackState) -> String {
    switch state {
    case .new: "아니요. 새 연결을 여는 패킷이어서 항목을 만듭니다."
    case .established: "예. 앞서 열린 연결이 이어집니다."
    case .reply: "예. 앞서 이곳을 지나간 패킷에 대한 응답입니다."
    case .related: "예. 앞서 이곳을 지나간 패킷에 대한 오류 메시지입니다."
    }
  }

  package func policy(_ verdict: PolicyVerdict) -> String {
    let decider = visible(verdict.decider)
    return switch (verdict.decision, verdict.direction) {
    case (.notEnforced, .egress): "예. 보내는 방향으로 이 파드를 선택하는 정책이 없습니다."
    case (.notEnforced, .ingress): "예. 받는 방향으로 이 파드를 선택하는 정책이 없습니다."
    case (.replyPasses, _): "예. 이미 허용된 연결의 응답이므로 통과합니다."
    case (.allowed, _): "예. 허용하는 항목이 있습니다(\(decider))."
    case (.denied, .egress): "아니요. 보내는 방향으로 이 파드를 선택하는 정책이 있지만 이 패킷을 허용하는 규칙이 없습니다."
    case (.denied, .ingress): "아니요. 받는 방향으로 이 파드를 선택하는 정책이 있지만 이 패킷을 허용하는 규칙이 없습니다."
    case (.deniedByDenylist, _): "아니요. 거부하는 항목이 있습니다(\(decider))."
    case (.audited, _): "예. 정책으로는 거부되지만 policyAuditMode 설정이 통과시킵니다."
    case (.undecided, _): "알 수 없습니다. 적용되는 정책에 모델이 다루지 않는 부분이 있습니다(\(decider))."
    }
  }

  package func service(_ lookup: ServiceLookup) -> String {
    switch lookup.answer {
    case .miss: "아니요. 주소를 그대로 둡니다."
    case .backend(let backend, let slot, let entry):
      "예, \(visible(entry.service.description)) 서비스입니다. 슬롯 \(lookup.slotCount)개 중 \(slot)번, "
        + "\(backend.address):\(backend.port) 백엔드로 보냅니다."
        + (lookup.isKept ? " 클라이언트는 전에 쓰던 백엔드를 그대로 씁니다." : "") + maglev(lookup)
    case .noBackend(let entry):
      "예, \(visible(entry.service.description)) 서비스입니다. 그러나 백엔드가 없습니다."
    }
  }

  package func translation(_ translation: ServiceTranslation) -> String {
    let source =
      translation.substitute.map { "출발지는 \(translation.client.text) 대신 \($0.text) 주소를 씁니다" }
      ?? "출발지 \(translation.client.text) 주소는 그대로 둡니다"
    let change = "목적지를 \(translation.frontend.text)에서 \(translation.backend.text) 백엔드로 바꾸고, \(source)."
    guard let dispatch = translation.dispatch else { return change }
    return change + " 백엔드의 노드가 클라이언트에게 직접 답하도록 \(name(dispatch))으로 알립니다."
  }

  package func questionDirectReturn() -> String { "클라이언트는 어디에 물었습니까?" }

  package func directReturn(_ told: DirectReturn) -> String {
    "\(name(told.dispatch))에 따르면 \(told.frontend.text)입니다. 이 노드가 그 이름으로 \(told.client.text)에 답합니다."
  }

  private func name(_ dispatch: CiliumSettings.DSRDispatch) -> String {
    switch dispatch {
    case .opt: "IP 옵션"
    case .geneve: "Geneve 헤더의 옵션"
    case .ipip: "둘째 IP 헤더의 값"
    }
  }

  /// What Maglev's table says; empty where no table was asked.
  private func maglev(_ lookup: ServiceLookup) -> String {
    guard let choice = lookup.maglev else { return "" }
    let backend = "\(choice.backend.address):\(choice.backend.port)"
    return " Maglev 슬롯 \(choice.slot)/\(choice.size)에는 \(backend) 백엔드가 있습니다"
      + "(클라이언트 주소, 포트, 프로토콜의 해시 \(choice.hash))."
  }

  package func endpoint(_ lookup: EndpointLookup) -> String {
    switch lookup.answer?.kind {
    case .pod(let endpoint):
      "예. \(visible(endpoint.pod.description)) 파드이며 \(visible(endpoint.interface)) 인터페이스 뒤에 있습니다."
    case .host: "예. 노드 자신의 주소입니다."
    case nil: "아니요. 패킷은 노드를 떠나야 합니다."
    }
  }

  package func tunnel(_ answer: TunnelDecision.Answer) -> String {
    switch answer {
    case .encapsulate(let remote, let vni, let tunnel):
      "예. \(tunnel.name) 터널로 \(remote) 노드에 보내며, 송신자의 보안 ID \(vni) 값을 터널 키로 씁니다."
    case .nativeMode: "아니요. 네이티브 라우팅이며, 프로그램에 터널 코드가 없습니다."
    case .noTunnelEndpoint: "아니요. ipcache에 목적지의 노드가 적혀 있지 않습니다."
    case .skipped: "아니요. ipcache 항목이 터널을 금지합니다 (skiptunnel)."
    }
  }

  package func encapsulated(outer: IPv4Header?, port: UInt16?, vni: UInt32?, tunnel: String) -> String {
    guard let outer, let port, let vni else { return "\(tunnel) 헤더로 감쌉니다." }
    return "출발지 \(outer.source), 목적지 \(outer.destination) 주소의 외부 IPv4 헤더와 UDP \(port) 포트, "
      + "키가 \(vni) 값인 \(tunnel) 헤더로 감쌉니다."
  }

  package func decapsulated(port: UInt16) -> String {
    "커널의 UDP \(port) 포트 드라이버가 외부 헤더를 벗깁니다."
  }

  package func masquerade(_ decision: MasqueradeDecision) -> String {
    switch decision.answer {
    case .translate(let address): "예. \(decision.source) 대신 \(address) 주소를 씁니다."
    case .standsInForClient(let client, let substitute): "예. \(client.text) 대신 \(substitute.text) 주소를 씁니다."
    case .sourceIsNode: "아니요. 출발지가 이미 노드의 주소입니다."
    case .reply: "아니요. 응답 패킷입니다."
    case .insideNativeCIDR(let prefix):
      "아니요. \(decision.destination) 주소는 ipv4NativeRoutingCIDR \(prefix) 범위 안에 있습니다."
    case .sourceIsHost: "아니요. 호스트가 직접 보내는 패킷입니다."
    case .destinationIsRemoteNode: "아니요. 목적지가 다른 노드입니다."
    case .notALocalPod: "아니요. \(decision.source) 주소는 이 노드의 파드가 아닙니다."
    case .encapsulated: "아니요. 패킷이 터널로 지나갑니다."
    case .disabled: "아니요. BPF 마스커레이드가 꺼져 있습니다."
    }
  }

  package func reverse(_ translation: ReverseTranslation) -> String {
    let (from, to) = (translation.from.text, translation.to.text)
    return switch translation.table {
    case .socket: "프로그램에는 \(from) 대신 처음에 요청한 \(to) 주소가 보입니다."
    case .service: "클라이언트에는 \(from) 대신 처음에 요청한 \(to) 주소가 보입니다."
    case .masquerade, .netfilter: "\(from) 주소를 원래의 \(to) 주소로 되돌립니다."
    }
  }

  package func redirect(_ notice: RedirectNotice) -> String {
    "예. 패킷이 들어온 인터페이스로 다시 나갑니다. ICMP 리다이렉트가 \(notice.sender)에"
      + " 다음부터 \(notice.gateway) 쪽으로 직접 보내라고 알립니다."
  }

  package func hopLimit(_ limit: HopLimit) -> String {
    guard let after = limit.after else { return "아니요. 남은 TTL이 \(limit.before)입니다." }
    return "예. TTL이 \(limit.before)에서 \(toward(Int(after))) 줄어듭니다."
  }

  package func size(_ check: SizeCheck) -> String {
    let excess = "아니요. \(check.length)바이트는 통과할 수 있는 \(check.limit)바이트보다 큽니다."
    return switch check.answer {
    case .fragmented(let pieces): "\(excess) 조각 \(pieces)개로 나누어 보냅니다."
    case .mayNotFragment: "\(excess) DF 플래그 때문에 나눌 수도 없습니다."
    }
  }

  package func delivery(_ delivery: Delivery) -> String {
    switch delivery {
    case .redirectPeer(let interface):
      "\(interface.shortName) 인터페이스로 바로 넣습니다 (bpf_redirect_peer)."
    case .redirect(let interface): "\(interface.shortName) 인터페이스를 거쳐 넘깁니다 (bpf_redirect)."
    case .stack(let node): "\(visible(node.name)) 호스트의 스택으로 넘깁니다."
    }
  }

  package func transmission(_ transmission: Transmission) -> String {
    guard !transmission.receivers.isEmpty else {
      return "\(visible(transmission.wire.name)) 링크에 프레임의 목적지 MAC 주소를 가진 호스트가 모델 안에 없습니다."
    }
    let receivers = transmission.receivers.map(\.shortName).joined(separator: ", ")
    return "MAC 주소가 일치하는 \(receivers) 인터페이스가 받습니다."
  }

  package func exit(_ transmission: Transmission) -> String {
    "\(transmission.from.shortName) 인터페이스에서 \(visible(transmission.wire.name)) 링크를 지나 모델 밖의 "
      + "네트워크로 나갑니다."
  }

  package func acceptance(_ acceptance: Acceptance) -> String {
    switch acceptance {
    case .listener(let listener): "\(listener.name) 포트를 기다리는 프로그램이 받습니다."
    case .echo: "커널이 직접 에코 요청에 답합니다."
    case .waitingSocket: "이 응답을 기다리던 소켓이 받습니다."
    case .closedPort(let listener): "\(listener.name) 포트를 기다리는 프로그램이 없습니다."
    }
  }
}
