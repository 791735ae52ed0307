import NetModel

// Every field of the headers: its name as its document has it, and what it is for.
extension InspectorWords {
  private func say(_ english: String, _ korean: String) -> String {
    language == .korean ? korean : english
  }

  var field: String { say("field", "필드") }
  var definedIn: String { say("defined in", "정의:") }
  /// The cells of the longest name of a field, in every language.
  var fieldWidth: Int { 23 }

  /// Which bytes of the packet, and how many bits.
  func place(of field: HeaderField) -> String {
    let bytes = field.bytes
    let range = bytes.count == 1 ? "\(bytes.lowerBound)" : "\(bytes.lowerBound)-\(bytes.upperBound - 1)"
    return say(
      "byte \(range) of the packet, \(field.bitLength) bits",
      "패킷의 \(range)번째 바이트, \(field.bitLength)비트")
  }

  /// The field's name in the document that defines it; not translated.
  func name(_ name: HeaderField.Name) -> String {
    switch name {
    case .destinationMAC: "Destination Address"
    case .sourceMAC: "Source Address"
    case .etherType: "EtherType"
    case .hardwareType: "Hardware Type"
    case .protocolType: "Protocol Type"
    case .hardwareLength: "Hardware Length"
    case .protocolLength: "Protocol Length"
    case .operation: "Operation"
    case .senderMAC: "Sender Hardware Addr."
    case .senderAddress: "Sender Protocol Addr."
    case .targetMAC: "Target Hardware Addr."
    case .targetAddress: "Target Protocol Addr."
    case .version: "Version"
    case .headerLength: "Header Length"
    case .typeOfService: "Type of Service (DS)"
    case .totalLength: "Total Length"
    case .identification: "Identification"
    case .reserved: "Reserved"
    case .dontFragment: "Don't Fragment (DF)"
    case .moreFragments: "More Fragments (MF)"
    case .fragmentOffset: "Fragment Offset"
    case .timeToLive: "Time to Live"
    case .protocol: "Protocol"
    case .checksum: "Checksum"
    case .sourceAddress: "Source Address"
    case .destinationAddress: "Destination Address"
    case .sourcePort: "Source Port"
    case .destinationPort: "Destination Port"
    case .sequenceNumber: "Sequence Number"
    case .acknowledgmentNumber: "Acknowledgment Number"
    case .controlBits: "Control Bits"
    case .window: "Window"
    case .urgentPointer: "Urgent Pointer"
    case .optionClass: "Option Class"
    case .servicePort: "Service Port"
    case .serviceAddress: "Service Address"
    case .optionKind: "Option Kind"
    case .optionLength: "Option Length"
    case .maximumSegmentSize: "Maximum Segment Size"
    case .windowShift: "Window Scale Shift"
    case .timestampValue: "Timestamp Value"
    case .timestampEcho: "Timestamp Echo Reply"
    case .length: "Length"
    case .type: "Type"
    case .code: "Code"
    case .identifier: "Identifier"
    case .sequence: "Sequence Number"
    case .nextHopMTU: "Next-Hop MTU"
    case .gatewayAddress: "Gateway Address"
    case .flags: "Flags"
    case .networkIdentifier: "Network Identifier"
    }
  }

  /// What the field is for, in a sentence or two.
  func meaning(of name: HeaderField.Name) -> String {
    switch name {
    case .destinationMAC:
      say(
        "The interface on this wire that shall take the frame: the next hop's, not the final receiver's.",
        "이 회선에서 프레임을 받을 인터페이스. 최종 수신자가 아니라 다음 홉의 주소입니다.")
    case .sourceMAC:
      say("The interface that put the frame on this wire.", "이 회선에 프레임을 내보낸 인터페이스입니다.")
    case .etherType:
      say("What follows: 0x0800 is IPv4, 0x0806 ARP.", "뒤따르는 것: 0x0800은 IPv4, 0x0806은 ARP입니다.")
    case .hardwareType: say("The kind of link: 1 is Ethernet.", "링크의 종류: 1은 이더넷입니다.")
    case .protocolType:
      say(
        "What is carried or asked about: 0x0800 is IPv4, 0x6558 Ethernet frames.",
        "나르거나 묻는 대상: 0x0800은 IPv4, 0x6558은 이더넷 프레임입니다.")
    case .hardwareLength: say("Bytes of a link-layer address.", "링크 계층 주소의 바이트 수입니다.")
    case .protocolLength: say("Bytes of a protocol address.", "프로토콜 주소의 바이트 수입니다.")
    case .operation: say("1 asks, 2 answers.", "1은 질문, 2는 대답입니다.")
    case .senderMAC: say("The link-layer address of who speaks.", "말하는 쪽의 링크 계층 주소입니다.")
    case .senderAddress: say("The IPv4 address of who speaks.", "말하는 쪽의 IPv4 주소입니다.")
    case .targetMAC:
      say("The address that is asked for; zero in a question.", "묻는 주소. 질문에서는 0입니다.")
    case .targetAddress: say("The IPv4 address that is asked about.", "무엇의 주소를 묻는지, 그 IPv4 주소입니다.")
    case .version:
      say("The format of the header: 4 for IPv4, 0 for Geneve.", "헤더의 형식: IPv4는 4, Geneve는 0입니다.")
    case .headerLength:
      say("The header's length in words of 4 bytes, with its options.", "옵션을 포함한 헤더 길이, 4바이트 단위입니다.")
    case .typeOfService:
      say(
        "How the packet wants to be treated (DSCP), and congestion marks (ECN).",
        "패킷을 어떻게 다룰지(DSCP)와 혼잡 표시(ECN)입니다.")
    case .totalLength:
      say("Bytes of the packet with this header; an MTU limits it.", "이 헤더를 포함한 패킷의 바이트 수. MTU를 넘을 수 없습니다.")
    case .identification:
      say("Names the packet so that its fragments find together.", "조각들을 다시 맞추기 위한 패킷의 이름표입니다.")
    case .reserved: say("Not used: zero.", "쓰지 않음: 0입니다.")
    case .dontFragment:
      say(
        "1: a router that would have to cut the packet drops it and says so (ICMP).",
        "1이면 나눠야 할 때 라우터가 버리고 ICMP로 알립니다.")
    case .moreFragments: say("1: this is not the last fragment.", "1이면 마지막 조각이 아닙니다.")
    case .fragmentOffset: say("Where the fragment belongs, in units of 8 bytes.", "조각의 자리, 8바이트 단위입니다.")
    case .timeToLive:
      say(
        "Each router takes one off; at zero it drops the packet. In a tunnel only the outer one falls.",
        "라우터마다 1씩 줄고 0이 되면 버립니다. 터널 안에서는 바깥 값만 줄어듭니다.")
    case .protocol: say("What follows: 1 ICMP, 6 TCP, 17 UDP.", "뒤따르는 것: 1 ICMP, 6 TCP, 17 UDP.")
    case .checksum:
      say(
        "Finds damaged bytes; whoever changes a covered field has to correct it. Zero in UDP: none.",
        "손상을 찾아냅니다. 덮인 필드를 바꾸면 다시 계산합니다. UDP에서 0이면 없음입니다.")
    case .sourceAddress:
      say("Who sent the packet; an answer goes there.", "보낸 쪽. 응답은 이 주소로 갑니다.")
    case .destinationAddress:
      say("Who shall get the packet: routes are looked up by it.", "받을 쪽. 이 주소로 경로를 찾습니다.")
    case .sourcePort:
      say("The sender's port; in a tunnel a hash of the inner flow.", "보낸 쪽 포트. 터널에서는 안쪽 흐름의 해시입니다.")
    case .destinationPort:
      say(
        "The program that is asked for: 80 HTTP, 8472 VXLAN, 6081 Geneve.",
        "찾는 프로그램: 80 HTTP, 8472 VXLAN, 6081 Geneve.")
    case .sequenceNumber:
      say(
        "The number of the first byte of data; with SYN, where counting begins.",
        "첫 데이터 바이트의 번호. SYN이면 세기의 시작입니다.")
    case .acknowledgmentNumber: say("The byte that is expected next.", "다음에 기다리는 바이트의 번호입니다.")
    case .controlBits:
      say("SYN opens, ACK confirms, FIN closes, RST refuses.", "SYN은 열기, ACK는 확인, FIN은 닫기, RST는 거절입니다.")
    case .window: say("How many bytes the sender of this is ready to take.", "보낸 쪽이 받을 수 있는 바이트 수입니다.")
    case .urgentPointer: say("Where urgent data ends; hardly used.", "긴급 데이터의 끝. 거의 쓰지 않습니다.")
    case .optionClass: say("Who defined the option: 0x014b is Cilium.", "옵션을 정한 곳: 0x014b는 Cilium입니다.")
    case .servicePort:
      say(
        "The port that the client asked; in an IP option its bytes are swapped.",
        "클라이언트가 물은 포트. IP 옵션에서는 바이트 순서가 뒤바뀝니다.")
    case .serviceAddress:
      say(
        "The address that the client asked; in an IP option its bytes come in reverse.",
        "클라이언트가 물은 주소. IP 옵션에서는 바이트 순서가 뒤집힙니다.")
    case .optionKind:
      say(
        "Which option: 2 MSS, 3 window scale, 4 SACK, 8 timestamps, 1 filler, 0 end.",
        "옵션의 종류: 2 MSS, 3 윈도 배율, 4 SACK, 8 타임스탬프, 1 채움, 0 끝.")
    case .optionLength: say("Bytes of the option, with kind and length.", "종류와 길이를 포함한 옵션의 바이트 수입니다.")
    case .maximumSegmentSize:
      say(
        "The most data a segment to me may hold: my route's MTU less 40.",
        "나에게 보낼 세그먼트의 최대 데이터: 내 경로의 MTU에서 40을 뺀 값입니다.")
    case .windowShift: say("The window counts in units of 2 to this power.", "윈도 값에 2의 이 제곱을 곱합니다.")
    case .timestampValue: say("The sender's clock.", "보낸 쪽의 시계입니다.")
    case .timestampEcho: say("The other side's clock, sent back.", "상대의 시계를 되돌려 보냅니다.")
    case .length: say("Bytes of this header and its data.", "이 헤더와 데이터의 바이트 수입니다.")
    case .type:
      say(
        "8 echo request, 0 its reply, 3 unreachable, 5 redirect, 11 time exceeded.",
        "8 에코 요청, 0 그 응답, 3 도달 불가, 5 리다이렉트, 11 시간 초과.")
    case .code: say("What exactly, within the type.", "유형 안에서 자세한 까닭입니다.")
    case .identifier: say("Tells the pings of several programs apart.", "여러 프로그램의 ping을 구별합니다.")
    case .sequence: say("Counts the pings of one program.", "한 프로그램의 ping을 셉니다.")
    case .nextHopMTU: say("The packet that would have passed may be this long.", "통과할 수 있는 패킷의 최대 길이입니다.")
    case .gatewayAddress: say("The next hop to use from now on.", "앞으로 쓸 다음 홉입니다.")
    case .flags: say("VXLAN: 0x08 says that the identifier is valid.", "VXLAN: 0x08이면 식별자가 유효합니다.")
    case .networkIdentifier:
      say(
        "The VNI. Cilium carries the sender's security identity in it.",
        "VNI. Cilium은 보낸 쪽의 보안 ID를 여기에 싣습니다.")
    }
  }
}
