import ControlPlane
import PacketTrace

/// What the inspector's frame says, in one language: titles, actions, help and notices.
package struct InspectorWords: Sendable {
  package let language: Language

  package init(_ language: Language) {
    self.language = language
  }

  /// Both languages side by side, so that neither can be forgotten.
  private func say(_ english: String, _ korean: String) -> String {
    switch language {
    case .english: english
    case .korean: korean
    }
  }

  // Panes and views.

  package var steps: String { say("steps", "단계") }
  package var packet: String { say("packet", "패킷") }
  package var decision: String { say("decision", "판단") }
  package var hosts: String { say("hosts", "호스트") }
  package var tables: String { say("tables", "테이블") }
  package var actions: String { say("all actions", "모든 동작") }
  package var reply: String { say("REPLY", "응답") }
  package var encapsulation: String { say("encapsulation", "캡슐화") }
  package var none: String { say("none", "없음") }
  package var mixed: String { say("mixed", "혼합") }
  package var mode: String { say("mode", "모드") }
  package var empty: String { say("(empty)", "(비어 있음)") }
  package var noSteps: String { say("The packet takes no step.", "패킷이 거치는 단계가 없습니다.") }
  package var bytes: String { say("bytes", "바이트") }
  package var was: String { say("was", "이전") }
  package var table: String { say("table", "테이블") }
  package var pods: String { say("pods", "파드") }

  // Marks on the packet and in tables: words, so that colour is not needed.

  package var new: String { say("NEW", "추가") }
  package var changed: String { say("CHANGED", "변경") }
  package var removed: String { say("GONE", "제거") }
  package var won: String { say("WON", "선택") }
  package var lost: String { say("lost", "탈락") }

  package func title(_ view: ViewID) -> String {
    switch view {
    case .walk: say("walk", "경로 추적")
    case .topology: say("topology", "토폴로지")
    case .packet: say("packet", "패킷")
    case .tables: say("tables", "테이블")
    case .compare: say("compare", "비교")
    case .reach: say("reach", "도달성")
    case .capture: say("capture", "캡처")
    case .log: say("log", "기록")
    }
  }

  package func step(_ number: Int, of count: Int) -> String {
    say("step \(number) of \(count)", "단계 \(number)/\(count)")
  }

  package func path(_ number: Int, of count: Int) -> String {
    say("path \(number) of \(count)", "경로 \(number)/\(count)")
  }

  package func items(_ first: Int, _ last: Int, of count: Int) -> String { "\(first)-\(last)/\(count)" }

  package func tooSmall(_ size: Size, needed: Size) -> String {
    say(
      "packetwalk needs \(needed.columns)x\(needed.rows), this is \(size.columns)x\(size.rows)",
      "packetwalk 최소 크기 \(needed.columns)x\(needed.rows), 지금 \(size.columns)x\(size.rows)")
  }

  // Steps in few words.

  package var noAnswer: String { say("no answer", "응답 없음") }
  package var noMatch: String { say("no match", "일치 없음") }
  package var noBackend: String { say("no backend", "백엔드 없음") }
  package var notLocal: String { say("not on this node", "이 노드에 없음") }
  package var thisHost: String { say("this host", "이 호스트") }
  package var noTunnel: String { say("no tunnel", "터널 없음") }
  package var unchanged: String { say("no", "아니오") }
  package var allowed: String { say("allowed", "허용") }
  package var denied: String { say("denied", "거부") }
  package var unknown: String { say("unknown", "알 수 없음") }
  package var closed: String { say("closed", "닫힘") }

  // Choosing.

  package func choose(_ subject: Chooser.Subject) -> String {
    switch subject {
    case .source: say("Who sends?", "누가 보냅니까?")
    case .destination: say("To whom?", "누구에게 보냅니까?")
    case .backend: say("Which path?", "어느 경로입니까?")
    case .walk: say("Back to which walk?", "어느 추적으로 돌아갑니까?")
    }
  }

  package func kind(_ kind: Chooser.Kind) -> String {
    switch kind {
    case .pod: say("pod", "파드")
    case .host: say("host", "호스트")
    case .service: say("Service", "서비스")
    case .address: say("address", "주소")
    case .path: say("path", "경로")
    case .bookmark: say("bookmark", "책갈피")
    case .recent: say("recent", "최근")
    }
  }

  package var filterHint: String {
    say("type to filter, Enter chooses, Esc leaves", "입력: 거르기, Enter: 선택, Esc: 닫기")
  }
  package var helpHint: String {
    say("Up/Down, Enter does it, Esc leaves", "위/아래, Enter: 실행, Esc: 닫기")
  }
  package var nothingFound: String { say("nothing matches", "일치하는 항목 없음") }

  // Modes.

  /// The cells of the longest name of a mode.
  package var widestMode: Int { 6 }

  package func name(_ mode: CiliumSettings.RoutingMode) -> String {
    switch mode {
    case .native: "native"
    case .tunnel(let tunnel): tunnel.rawValue
    }
  }
}
