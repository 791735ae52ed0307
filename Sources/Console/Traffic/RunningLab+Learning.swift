import NetModel
import PacketTrace

extension RunningLab {
  /// Kernels take down the neighbors that asked them and answered them.
  mutating func learn(from path: Path) {
    let hops = path.hops + (path.reply?.hops ?? [])
    for used in hops.neighborsUsed {
      traffic.ages.note(isLost: used.isLost, used.address, on: used.interface, at: now)
    }
    let lessons = hops.lessons
    guard !lessons.isEmpty else { return }
    traffic.ages.note(lessons, at: now)
    let news = snapshot.news(in: lessons)
    if !news.isEmpty { learn(news) }
  }

  /// A kernel takes down the size that a router asked it to keep to.
  mutating func learnSize(from exchange: Exchange, by sender: StackID) {
    guard let answer = exchange.answer,
      case .destinationUnreachable(.fragmentationNeeded(let mtu)) = answer.icmp?.message, mtu > 0,
      let destination = answer.quotedPacket?.outerIP?.destination
    else { return }
    traffic.pathMTUs.learn(Int(mtu), from: sender, to: destination, at: now + exchange.duration)
  }

  /// The largest IP packet that a stack has learned to send to `destination`; `nil` where it learned of none.
  func pathMTU(from stack: StackID, to destination: IPv4Address) -> Int? {
    traffic.pathMTUs.limit(from: stack, to: destination, at: now)
  }
}
