import ControlPlane
import NetModel
import PacketTrace

extension Korean {
  package func label(_ label: Label) -> String {
    switch label {
    case .won: "선택"
    case .lost: "탈락"
    case .nearest: "근접"
    case .table: "테이블"
    case .packet: "패킷"
    case .changed: "변경"
    case .remark: "참고"
    case .grounds: "근거"
    case .outcome: "결과"
    case .reply: "응답"
    case .native: "네이티브"
    case .tunnel: "터널"
    case .same: "동일"
    }
  }

  package func headline(_ flow: NamedFlow) -> String {
    let ends = "출발지 \(flow.source.labelled), 목적지 \(flow.destination.labelled)"
    return switch flow.flow.content {
    case .transport(let transport, let port): "\(ends), \(transport.name) 포트 \(port)"
    case .echo: "\(ends), ICMP 에코 요청"
    }
  }

  package func setting(_ setting: ReportSetting) -> String {
    let chapter = setting.chapter.map { ", 챕터 \(visible($0))" } ?? ""
    return "랩 \(visible(setting.lab))\(chapter), 라우팅 모드 \(setting.mode.rawValue)"
  }

  package func setting(_ left: ReportSetting, _ right: ReportSetting) -> String {
    let chapter = left.chapter.map { ", 챕터 \(visible($0))" } ?? ""
    return "랩 \(visible(left.lab))\(chapter), 왼쪽 \(left.mode.rawValue), 오른쪽 \(right.mode.rawValue)"
  }

  package func path(number: Int, of count: Int, _ path: Path) -> String {
    let backend = path.backend.map { ": 백엔드 \($0.text)" } ?? ""
    let branch = path.branch.map { ", \(visible($0.node.name))에서 \($0.gateway) 게이트웨이로" } ?? ""
    return "경로 \(count)개 중 \(number)번\(backend)\(branch)"
  }

  package func replyTitle() -> String { "응답" }

  package func hop(number: Int, of count: Int, _ hop: Hop) -> String {
    "홉 \(count)개 중 \(number)번: \(visible(hop.node.name))"
  }

  package func passage(_ hop: Hop) -> String {
    var words = [hop.arrival.map { "\(visible($0)) 인터페이스로 들어옴" } ?? "자신이 보내는 패킷"]
    if let departure = hop.departure { words.append("\(visible(departure)) 인터페이스로 나감") }
    switch hop.ttlOnDeparture {
    case nil: words.append("TTL \(hop.ttlOnArrival), 여기서 끝남")
    case hop.ttlOnArrival: words.append("TTL \(hop.ttlOnArrival) 그대로")
    case let after?: words.append("TTL \(hop.ttlOnArrival)에서 \(toward(Int(after)))")
    }
    if hop.isEncapsulated { words.append("터널에 담겨 나감") }
    return words.joined(separator: ", ")
  }

  package func step(number: Int, of count: Int, _ step: Step) -> String {
    "단계 \(count)개 중 \(number)번: \(title(step.kind))"
  }

  package func place(_ step: Step) -> String {
    let device = step.device.map { " \(visible($0))" } ?? ""
    return "\(step.stack.koreanName)\(device), \(step.hook.rawValue)"
  }

  package func fixesTitle(_ count: Int) -> String {
    count == 1 ? "왕복 통신을 되살리는 가장 작은 수정" : "왕복 통신을 되살리는 수정 방법"
  }

  package func fix(_ command: EditCommand) -> String {
    command.host.map { "\($0.koreanName)에서: \(visible(command.line))" } ?? visible(command.line)
  }

  package func firstDifference(_ difference: WalkComparison.Difference) -> String {
    let way = difference.isReply ? "응답에서 " : ""
    let end =
      switch difference.side {
      case .both: "양쪽이 서로 다르게 이어집니다"
      case .left: "왼쪽만 이어집니다"
      case .right: "오른쪽만 이어집니다"
      }
    let place = "\(visible(difference.node.name)) 호스트의 \(difference.step + 1)번 단계"
    return "\(way)처음 달라지는 곳은 \(place)입니다. \(end)."
  }

  package func reachTitle(reached: Int, of pairs: Int) -> String {
    "\(pairs)쌍 중 \(reached)쌍이 통신합니다. 행은 보내는 쪽, 열은 답하는 쪽입니다"
  }

  package func noDifference() -> String { "처음부터 끝까지 차이가 없습니다." }

  package func grounds(_ grounds: Grounds) -> String {
    switch grounds {
    case .recorded(let source): "실측 (\(source))"
    case .documented(let source): "문서 (\(source))"
    case .assumed(let source): "가정 (\(source))"
    }
  }

  package func field(_ name: PacketField.Name) -> String {
    switch name {
    case .source: "출발지"
    case .destination: "목적지"
    case .ttl: "TTL"
    case .identification: "식별자"
    case .dontFragment: "단편화 금지"
    case .tos: "서비스 유형(tos)"
    case .length: "길이"
    case .sourcePort: "출발지 포트"
    case .destinationPort: "목적지 포트"
    case .sequence: "순서 번호"
    case .acknowledgment: "확인 응답 번호"
    case .flags: "플래그"
    case .window: "윈도"
    case .serviceAddress: "Service 주소(DSR 옵션)"
    case .servicePort: "Service 포트(DSR 옵션)"
    case .maximumSegmentSize: "최대 세그먼트 크기(MSS)"
    case .selectiveAcknowledgmentPermitted: "선택적 확인 응답 허용"
    case .timestamp: "타임스탬프"
    case .timestampEcho: "타임스탬프 에코"
    case .windowScale: "윈도 스케일"
    case .hasChecksum: "체크섬 유무"
    case .type: "유형"
    case .code: "코드"
    case .identifier: "에코 식별자"
    case .mtu: "MTU"
    case .gateway: "게이트웨이"
    case .vni: "VNI"
    case .operation: "동작"
    case .senderMAC: "송신자 MAC"
    case .senderAddress: "송신자 주소"
    case .targetMAC: "대상 MAC"
    case .targetAddress: "대상 주소"
    }
  }

  package func changed(_ field: PacketDiff.FieldChange, of header: Packet.Header.Kind) -> String {
    let name = "\(header.name) \(self.field(field.name))"
    return switch (field.before, field.after) {
    case (let before?, let after?): "\(name) 변경: 이전 \(before), 이후 \(after)"
    case (nil, let after?): "\(name) 추가: \(after)"
    case (let before?, nil): "\(name) 제거: \(before)"
    case (nil, nil): name
    }
  }

  package func added(_ header: Packet.Header.Kind) -> String { "\(header.name) 헤더 추가" }

  package func removed(_ header: Packet.Header.Kind) -> String { "\(header.name) 헤더 제거" }

  package func payloadChanged(from before: Int, to after: Int) -> String {
    "페이로드 \(before)바이트에서 \(after)바이트로"
  }
}
