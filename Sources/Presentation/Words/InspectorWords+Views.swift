// What each view shows and how it is read.
extension InspectorWords {
  private func say(_ english: String, _ korean: String) -> String {
    language == .korean ? korean : english
  }

  func explanation(of view: ViewID) -> String {
    switch view {
    case .walk:
      say(
        "One packet, step by step. The path is above, with the current step in brackets. The decision pane asks the "
          + "step's question and shows every entry that was considered: WON decided, lost says why not. + marks what "
          + "you changed.",
        "패킷 하나를 단계별로 따라갑니다. 위는 길이고 현재 단계는 괄호 안에 있습니다. 판단 창은 질문과 살펴본 모든 항목을 "
          + "보입니다. 선택은 결정한 항목, 탈락은 그 까닭과 함께 나옵니다. +는 바꾼 항목입니다.")
    case .topology:
      say(
        "A column for each machine, a line for each wire. The packet's way is bright, a tunnel is a double line, "
          + "[ ] is where the packet is.",
        "머신마다 한 열, 회선마다 한 줄입니다. 패킷의 길은 밝고 터널은 두 줄이며 [ ]는 패킷의 위치입니다.")
    case .packet:
      say(
        "Every field of every header after this step. The note explains the selected one and marks its bytes with =; "
          + "* marks bytes that the step changed.",
        "이 단계 뒤의 모든 필드입니다. 고른 필드의 뜻과 바이트(=)를 보이고, *는 이 단계가 바꾼 바이트입니다.")
    case .tables:
      say(
        "Any host, any table. Enter follows a row to what it refers to, Esc comes back; / filters, o sorts, e edits.",
        "모든 호스트의 모든 테이블입니다. Enter는 가리키는 항목으로, Esc는 뒤로, /는 거르기, o는 정렬, e는 편집입니다.")
    case .compare:
      say(
        "Two walks beside each other; <|> marks the first difference. Below: the tables that differ. F4 again compares "
          + "with before the last edit.",
        "두 추적을 나란히 봅니다. <|>는 첫 차이입니다. 아래는 달라진 테이블입니다. F4를 다시 누르면 마지막 변경 전과 비교합니다.")
    case .reach:
      say(
        "Who reaches whom, there and back: the left sign is for this mode, the right one for the other. Enter opens "
          + "the walk.",
        "왕복으로 누가 누구에게 닿는지 봅니다. 왼쪽은 지금 모드, 오른쪽은 다른 모드입니다. Enter로 추적을 엽니다.")
    case .capture:
      say(
        "What tcpdump would show on every interface up to this step, and what Hubble would show. It grows as you step.",
        "이 단계까지 인터페이스마다 tcpdump에 보이는 것과 Hubble에 보이는 것입니다. 단계를 따라 늘어납니다.")
    case .log:
      say(
        "Commands and what they wrote, and the commands that your keys equal. Y copies the selected line.",
        "명령과 그 출력, 그리고 누른 키에 해당하는 명령입니다. Y로 고른 줄을 복사합니다.")
    }
  }
}
