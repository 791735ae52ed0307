import Console
import Importing
import Presentation

/// The files that the inspector reads when it starts and writes when the reader quits.
enum InspectorFiles {
  /// The settings, and what is wrong with them; defaults where there is no file.
  static func config() -> (config: InspectorConfig, faults: [LabError]) {
    guard let path = UserFolders.config, let text = try? TextFile.read(path) else {
      return (InspectorConfig(), [])
    }
    var faults: [LabError] = []
    let config = InspectorConfig(ConfigFile(yaml: text, file: path), named: path, faults: &faults)
    return (faults.isEmpty ? config : InspectorConfig(), faults)
  }

  /// What the run before left; `nil` where there was none, or it was about another lab.
  static func memory(of origin: LabOrigin) -> Memory? {
    guard let path = UserFolders.state, let text = try? TextFile.read(path),
      let memory = Memory(parsing: text)
    else { return nil }
    return memory.origin == origin ? memory : nil
  }

  /// Keeps what the next run shall know; that it cannot be written stops nobody.
  static func keep(_ memory: Memory) {
    guard let path = UserFolders.state else { return }
    UserFolders.makeFolders(for: path)
    try? WholeFile.write(Array(memory.text.utf8), to: path)
  }
}
