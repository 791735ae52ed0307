extension Korean {
  package func error(_ error: TerminalError) -> String {
    "\(cause(error)). 터미널 없이 보려면: `packetwalk trace SRC DST --format plain`"
  }

  private func cause(_ error: TerminalError) -> String {
    switch error {
    case .notATerminal: "화면을 띄우려면 입력과 출력이 모두 터미널이어야 합니다"
    case .noTerminalName: "TERM 변수가 없어 어떤 터미널인지 알 수 없습니다 (TERM=xterm-256color 값을 써 보세요)"
    case .unknownTerminal(let name):
      "이 컴퓨터에는 '\(visible(name))' 터미널의 설명이 없습니다 (TERM=xterm-256color 값을 써 보세요)"
    case .noCursorAddressing(let name): "'\(visible(name))' 터미널은 커서를 옮길 수 없어 화면을 그릴 수 없습니다"
    case .refused(let errno): "이 터미널을 쓸 수 없습니다 (오류 \(errno))"
    }
  }
}
