import Console
import LabSocket
import Presentation

/// The variables by which a lab shell's commands find the lab.
enum ShellVariable: String {
  case socket = "PACKETWALK_SOCKET"
  case stack = "PACKETWALK_STACK"
  case hostname = "PACKETWALK_HOSTNAME"
  case folder = "PACKETWALK_FOLDER"
  /// What an interactive shell says first.
  case banner = "PACKETWALK_BANNER"
  /// What was BASH_ENV outside.
  case userStartup = "PACKETWALK_USER_ENV"

  /// Its value in this process.
  var value: String? { environmentVariable(rawValue) }
}

/// The environment of a lab shell: the user's own, without what leads to a real cluster.
struct ShellEnvironment {
  var socket: String
  var stack: String
  var hostname: String
  var folder: String

  func entries(from user: [String]) -> [String] {
    let startup = user.first { $0.hasPrefix("BASH_ENV=") }?.dropFirst("BASH_ENV=".count) ?? ""
    let own: [(String, String)] = [
      (ShellVariable.socket.rawValue, socket),
      (ShellVariable.stack.rawValue, stack),
      (ShellVariable.hostname.rawValue, hostname),
      (ShellVariable.folder.rawValue, folder),
      (ShellVariable.banner.rawValue, LabOptions.localeLanguage.phrasebook.shellBanner(host: hostname)),
      (ShellVariable.userStartup.rawValue, String(startup)),
      ("KUBECONFIG", "\(folder)/none"),
      ("DOCKER_HOST", "unix://\(folder)/none"),
      ("BASH_ENV", "\(folder)/env"),
      ("ENV", "\(folder)/env"),
      ("PATH", "\(folder)/bin:" + (environmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin")),
    ]
    let names = Set(own.map(\.0))
    let kept = user.filter { entry in
      let name = String(entry.prefix { $0 != "=" })
      return !names.contains(name) && !Self.leadsOutside(name)
    }
    return kept + own.map { "\($0)=\($1)" }
  }

  /// Variables of the real tools, and functions that a shell exports under a lab command's name.
  private static func leadsOutside(_ name: String) -> Bool {
    let prefixes = ["CILIUM_", "HELM_", "HUBBLE_", "DOCKER_", "KUBERNETES_"]
    if prefixes.contains(where: name.hasPrefix) { return true }
    guard name.hasPrefix("BASH_FUNC_"), let end = name.firstIndex(of: "%") else { return false }
    return LabCommand.named(String(name[..<end].dropFirst("BASH_FUNC_".count))) != nil
  }
}
