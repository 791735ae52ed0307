import PacketTrace

extension InspectorWords {
  private func say(_ english: String, _ korean: String) -> String {
    language == .korean ? korean : english
  }

  /// The action in a word or two, as the key bar has it.
  package func name(_ action: Action) -> String {
    switch action {
    case .nextStep: say("step", "다음")
    case .previousStep: say("back a step", "이전 단계")
    case .nextHop: say("host", "다음 호스트")
    case .previousHop: say("back a host", "이전 호스트")
    case .firstStep: say("first step", "첫 단계")
    case .lastStep: say("last step", "끝 단계")
    case .switchMode: say("mode", "모드")
    case .reply: say("reply", "응답")
    case .compare: say("compare", "비교")
    case .chooseSource: say("from", "출발지")
    case .chooseDestination: say("to", "목적지")
    case .chooseBackend: say("path", "경로")
    case .switchProtocol: say("protocol", "프로토콜")
    case .nextPane: say("pane", "창")
    case .previousPane: say("pane before", "이전 창")
    case .up: say("up", "위")
    case .down: say("down", "아래")
    case .open: say("open", "열기")
    case .undo: say("undo", "실행 취소")
    case .redo: say("redo", "다시 실행")
    case .grounds: say("grounds", "근거")
    case .bytes: say("bytes", "바이트")
    case .language: say("한국어", "English")
    case .back: say("back", "뒤로")
    case .help: say("help", "도움말")
    case .suspend: say("suspend", "멈춤")
    case .quit: say("quit", "종료")
    case .viewWalk, .viewTopology, .viewPacket, .viewTables, .viewCompare, .viewReach, .viewCapture, .viewLog:
      title(action.view ?? .walk)
    }
  }

  /// What the action does, in one line.
  package func help(_ action: Action) -> String {
    switch action {
    case .nextStep: say("Go to the next step", "다음 단계로 갑니다")
    case .previousStep: say("Go to the step before", "이전 단계로 갑니다")
    case .nextHop: say("Go to the next host", "다음 호스트로 갑니다")
    case .previousHop: say("Go to the host before", "이전 호스트로 갑니다")
    case .firstStep: say("Go to the first step", "첫 단계로 갑니다")
    case .lastStep: say("Go to the last step", "마지막 단계로 갑니다")
    case .switchMode:
      say("Switch the routing mode: native, vxlan, geneve", "라우팅 모드 전환: native, vxlan, geneve")
    case .reply: say("Follow the answer, or the request again", "응답을 따라가거나 요청으로 돌아갑니다")
    case .compare: say("Put native routing beside the tunnel", "네이티브 라우팅과 터널을 나란히 봅니다")
    case .chooseSource: say("Choose who sends", "보내는 쪽을 고릅니다")
    case .chooseDestination: say("Choose to whom", "받는 쪽을 고릅니다")
    case .chooseBackend: say("Choose the backend or branch", "백엔드나 갈림길을 고릅니다")
    case .switchProtocol: say("Send TCP, UDP or an ICMP echo request", "TCP, UDP, ICMP 에코 중에서 바꿉니다")
    case .nextPane: say("Focus the next pane", "다음 창으로 옮깁니다")
    case .previousPane: say("Focus the pane before", "이전 창으로 옮깁니다")
    case .up: say("Up within the pane", "창 안에서 위로")
    case .down: say("Down within the pane", "창 안에서 아래로")
    case .open: say("Open or choose what is selected", "선택한 것을 엽니다")
    case .undo: say("Undo the last change of the network", "네트워크의 마지막 변경을 되돌립니다")
    case .redo: say("Redo what was undone", "되돌린 변경을 다시 합니다")
    case .grounds: say("Show or hide where a rule is known from", "규칙의 근거를 보이거나 숨깁니다")
    case .bytes: say("Show the packet's bytes, or its fields", "패킷의 바이트나 필드를 봅니다")
    case .language: say("한국어로 바꿉니다", "Switch to English")
    case .back: say("One level back", "한 단계 뒤로")
    case .help: say("All actions with their keys", "모든 동작과 키")
    case .suspend: say("Suspend; fg in the shell comes back", "잠시 멈춤; 셸에서 fg로 돌아옵니다")
    case .quit: say("Quit", "끝냅니다")
    case .viewWalk: say("The packet's way, step by step", "패킷의 길을 단계별로")
    case .viewTopology: say("Wires, machines and pods", "회선, 머신, 파드")
    case .viewPacket: say("The packet with all its fields", "패킷의 모든 필드")
    case .viewTables: say("Every table of every host", "모든 호스트의 모든 테이블")
    case .viewCompare: say("Native routing beside the tunnel", "네이티브 라우팅과 터널 비교")
    case .viewReach: say("Who reaches whom", "누가 누구에게 닿는지")
    case .viewCapture: say("The frames on every wire", "회선마다 지나간 프레임")
    case .viewLog: say("What was done", "지금까지 한 일")
    }
  }

  /// Why an action is not possible now.
  package func reason(_ reason: Unavailability) -> String {
    switch reason {
    case .noSteps: say("the packet takes no step", "패킷이 거치는 단계가 없음")
    case .firstStep: say("this is the first step", "첫 단계입니다")
    case .lastStep: say("this is the last step", "마지막 단계입니다")
    case .firstHop: say("this is the first host", "첫 호스트입니다")
    case .lastHop: say("this is the last host", "마지막 호스트입니다")
    case .noReply(let disposition):
      say("nothing is answered (\(disposition.rawValue))", "응답이 없음 (\(disposition.rawValue))")
    case .onlyOnePath: say("there is only one path", "경로가 하나뿐입니다")
    case .noAgents: say("no host runs a Cilium agent", "Cilium 에이전트가 없습니다")
    case .notThereYet: say("not there yet", "아직 없습니다")
    case .nothingToUndo: say("nothing was changed", "바꾼 것이 없습니다")
    case .nothingToRedo: say("nothing was undone", "되돌린 것이 없습니다")
    case .onePane: say("this view has one pane", "창이 하나뿐인 화면입니다")
    }
  }

  /// One line about what has just happened.
  package func sentence(_ notice: Notice) -> String {
    switch notice {
    case .unavailable(let action, let cause): "\(name(action)): \(reason(cause))"
    case .modeSwitched(let mode, let step?):
      say(
        "mode \(name(mode)): the way differs from step \(step + 1) on",
        "\(name(mode)) 모드: \(step + 1)단계부터 길이 달라집니다")
    case .modeSwitched(let mode, nil):
      say("mode \(name(mode)): the same way", "\(name(mode)) 모드: 같은 길입니다")
    case .travelled(let action, let step?):
      say(
        "\(name(action)): the way differs from step \(step + 1) on",
        "\(name(action)): \(step + 1)단계부터 길이 달라집니다")
    case .travelled(let action, nil): say("\(name(action)): the same way", "\(name(action)): 같은 길입니다")
    case .refused(let error):
      say("not possible: ", "할 수 없음: ") + language.phrasebook.error(error)
    case .nothingMatches(let text): say("nothing matches \(text)", "일치하는 항목 없음: \(text)")
    }
  }
}
