import ArgumentParser
import ControlPlane
import Importing
import Presentation

/// What every command takes: which lab, in which state, and how it is told.
struct LabOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A built-in lab or the path of a lab file.", valueName: "name|path"))
  var lab = LabRequest().lab

  @Option(help: "The state of the lab; without it the lab's own default.")
  var chapter: String?

  @Option(help: "The routing mode of all nodes; without it the chapter's own.")
  var mode: Mode?

  @Option(help: ArgumentHelp("What stands for everything that is drawn at random.", valueName: "n"))
  var seed: UInt64?

  @Option(help: "How time passes.")
  var clock: Clock?

  @Option(help: "The language of sentences; without it the locale's.")
  var lang: Language?

  @Flag(help: "Draw with ASCII characters alone.")
  var ascii = false

  /// The routing modes by the words of `--mode`.
  enum Mode: String, ExpressibleByArgument, CaseIterable {
    case native, vxlan, geneve

    var routing: CiliumSettings.RoutingMode {
      switch self {
      case .native: .native
      case .vxlan: .tunnel(.vxlan)
      case .geneve: .tunnel(.geneve)
      }
    }
  }

  enum Clock: String, ExpressibleByArgument, CaseIterable {
    /// Before a command returns, what it began has run to its end.
    case settled
    /// Recorded or documented durations pass.
    case real
    /// Time moves by command or key.
    case paused
  }

  /// The language that was asked for, else that of the locale.
  var language: Language { lang ?? LabOptions.localeLanguage }

  static var localeLanguage: Language {
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environmentVariable($0) }
    return Language(locale: variables.first)
  }
}

extension Language: ExpressibleByArgument {}
