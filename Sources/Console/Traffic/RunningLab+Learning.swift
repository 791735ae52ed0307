import ControlPlane
import PacketTrace

extension RunningLab {
  /// Kernels take down the neighbors that asked them and answered them.
  mutating func learn(from path: Path) {
    let news = snapshot.news(in: path.hops.lessons + (path.reply?.hops.lessons ?? []))
    guard !news.isEmpty else { return }
    // Kernels learn whatever the cluster's state: there is nothing to refuse.
    try? apply(.learnNeighbors(news))
  }
}
