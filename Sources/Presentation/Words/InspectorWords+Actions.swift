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
    case .swapEnds: say("swap", "맞바꾸기")
    case .chooseWalk: say("walks", "추적 목록")
    case .bookmark: say("bookmark", "책갈피")
    case .applyFix: say("fix", "수정 적용")
    case .edit: say("edit", "편집")
    case .add: say("add", "추가")
    case .remove: say("delete", "삭제")
    case .commandLine: say("command", "명령")
    case .labShell: say("shell", "셸")
    case .save: say("save", "저장")
    case .reset: say("reset", "초기화")
    case .search: say("search", "찾기")
    case .sort: say("sort", "정렬")
    case .copyWalk: say("copy walk", "추적 복사")
    case .copyView: say("copy view", "화면 복사")
    case .mouse: say("mouse", "마우스")
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
    case .compare:
      say("Native beside the tunnel; again: before and after the edit", "네이티브와 터널 비교, 다시 누르면 변경 전후 비교")
    case .chooseSource: say("Choose who sends", "보내는 쪽을 고릅니다")
    case .chooseDestination: say("Choose to whom", "받는 쪽을 고릅니다")
    case .chooseBackend: say("Choose the backend or branch", "백엔드나 갈림길을 고릅니다")
    case .switchProtocol: say("Send TCP, UDP or an ICMP echo request", "TCP, UDP, ICMP 에코 중에서 바꿉니다")
    case .swapEnds: say("Swap source and destination", "출발지와 목적지를 맞바꿉니다")
    case .chooseWalk: say("Go back to a bookmark or a recent walk", "책갈피나 최근 추적으로 돌아갑니다")
    case .bookmark: say("Bookmark this walk, or forget it", "이 추적에 책갈피를 달거나 뗍니다")
    case .applyFix: say("Apply the selected fix", "고른 수정을 적용합니다")
    case .edit: say("Edit the selected entry by its command", "고른 항목을 명령으로 고칩니다")
    case .add: say("Add an entry to the table", "테이블에 항목을 더합니다")
    case .remove: say("Delete the selected entry", "고른 항목을 지웁니다")
    case .commandLine: say("Type a command of the lab", "실습 명령을 입력합니다")
    case .labShell: say("Open a lab shell", "실습 셸을 엽니다")
    case .save: say("Save the edited lab to a file", "바꾼 실습을 파일로 저장합니다")
    case .reset: say("Go back to the chapter as it was opened", "챕터를 연 때로 되돌립니다")
    case .search: say("Search the pane; a table shows what matches", "창에서 찾기; 테이블은 걸러서 보입니다")
    case .sort: say("Sort the table: up, down, as it is", "테이블 정렬: 오름, 내림, 원래대로")
    case .copyWalk: say("Copy the command that makes this walk", "이 추적을 만드는 명령을 복사합니다")
    case .copyView: say("Copy the view without frames", "테두리 없이 화면을 복사합니다")
    case .mouse: say("Let the mouse choose, or the terminal", "마우스를 켜거나 끕니다")
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
    case .nothingToFix: say("the packet and its answer arrive", "패킷과 응답이 모두 도착합니다")
    case .noFixFound: say("no small fix is known", "알려진 작은 수정이 없습니다")
    case .derived:
      say(
        "it follows from other things; change those", "다른 것에서 나온 항목이라 그 바탕을 바꿔야 합니다")
    case .nothingSelected: say("nothing here to do it with", "여기서는 할 대상이 없습니다")
    case .recording: say("a recording cannot be changed", "기록은 바꿀 수 없습니다")
    case .noAgents: say("no host runs a Cilium agent", "Cilium 에이전트가 없습니다")
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
    case .changed(let commands, let step): changed(commands, firstDifference: step)
    case .wasReset: say("the lab is as it was opened; undo goes back", "연 때의 상태입니다. 실행 취소로 돌아갑니다")
    case .copied(let lines): say("copied, \(lines) lines", "복사함, \(lines)줄")
    case .bookmarked: say("bookmarked", "책갈피를 달았습니다")
    case .bookmarkRemoved: say("the bookmark is gone", "책갈피를 뗐습니다")
    case .saved(let path): say("saved to \(visible(path))", "\(visible(path))에 저장했습니다")
    case .fileExists(let path):
      say(
        "\(visible(path)) exists: :save! \(visible(path)) replaces it",
        "\(visible(path)) 파일이 이미 있습니다. 덮어쓰려면 :save! \(visible(path))")
    case .notSaved(let path, let reason):
      say("cannot write \(visible(path)): \(visible(reason))", "\(visible(path))에 쓸 수 없음: \(visible(reason))")
    case .cannotSave:
      say("not saved: a change cannot be written to a lab file", "저장하지 않음: 실습 파일에 쓸 수 없는 변경이 있습니다")
    case .commandLine(let fault): sentence(fault)
    case .noFlow(let error): language.phrasebook.error(error)
    case .config(let faults):
      say("defaults hold: ", "기본값을 씁니다: ") + language.phrasebook.error(faults)
    case .mouse(let isOn):
      isOn
        ? say("mouse on; Shift selects text", "마우스 켬; Shift로 글자를 고릅니다")
        : say("mouse off", "마우스 끔")
    case .nothingMatches(let text): say("nothing matches \(text)", "일치하는 항목 없음: \(text)")
    }
  }

  private func changed(_ commands: [EditCommand], firstDifference step: Int?) -> String {
    let first = commands.first.map { visible($0.line) } ?? ""
    let more = commands.count > 1 ? say(" and \(commands.count - 1) more", " 외 \(commands.count - 1)개") : ""
    let effect =
      step.map { say("the way differs from step \($0 + 1) on", "\($0 + 1)단계부터 길이 달라집니다") }
      ?? say("the same way", "같은 길입니다")
    return "\(effect): \(first)\(more)"
  }

  private func sentence(_ fault: CommandLineFault) -> String {
    switch fault {
    case .missingQuote: say("a quote does not end", "따옴표가 닫히지 않았습니다")
    case .needsShell(let sign):
      say("\(sign) needs a shell: ! opens one", "\(sign)은(는) 셸에서만 됩니다: !로 셸을 엽니다")
    case .unknownHost(let name):
      say("there is no host or pod \(visible(name))", "\(visible(name)): 그런 호스트나 파드가 없습니다")
    case .missingFileName: say("save FILE: a file name is missing", "save FILE: 파일 이름이 없습니다")
    case .stillRunning: say("a command is running; Ctrl-C ends it", "명령이 실행 중입니다. Ctrl-C로 끝냅니다")
    }
  }
}
