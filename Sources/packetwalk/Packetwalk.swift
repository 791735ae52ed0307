import ArgumentParser

@main
struct Packetwalk: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "One Kubernetes cluster, one packet, every hop, and why.")
}
