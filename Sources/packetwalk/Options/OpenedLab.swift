import Console
import ControlPlane
import Importing
import PacketTrace
import Presentation

/// The lab that the options name, in the state that they ask for.
struct OpenedLab {
  let lab: Importing.Lab
  /// The chapter's own name, also where an alias was asked for.
  let chapter: String
  let network: Network
  /// What a lab file of its edits begins with.
  let beginning: LabBeginning
  /// It is a lab that the inspector saved.
  var isSaved: Bool { lab.chapters.contains { $0.name == chapter && $0.end != nil } }

  /// - Throws: `Complaint` where the lab cannot be read or lacks what was asked for.
  init(_ options: LabOptions) throws {
    try self.init(options.request)
  }

  /// - Throws: `Complaint` where the lab cannot be read or lacks what was asked for.
  init(_ request: LabRequest) throws {
    do {
      lab = try Self.read(request.lab, seed: request.seed)
      chapter = try Self.chapter(request.chapter, of: lab)
      var network = try lab.network(chapter: chapter)
      var beginning = lab.beginning(named: request.lab, chapter: chapter, seed: request.seed)
      for edit in request.mode?.routing.edits ?? [] {
        beginning.edits.append(PastEdit(edit, at: network.now))
        try network.apply(edit, at: network.now)
      }
      self.network = network
      self.beginning = beginning
    } catch {
      throw Complaint(description: request.language.phrasebook.sentence(for: error))
    }
  }

  private static func read(_ name: String, seed: UInt64?) throws -> Importing.Lab {
    if Importing.Lab.builtInNames.contains(name) { return try .builtIn(name, seed: seed) }
    let yaml: String
    do throws(FileError) {
      if let files = try DumpFolder.read(name),
        let lab = Importing.Lab(hosts: HostsImport(files: files), file: name)
      {
        return lab
      }
      yaml = try TextFile.read(name)
    } catch {
      let builtIn = Importing.Lab.builtInNames
      throw LabChoiceError.unreadableLab(name, reason: error.reason, builtIn: builtIn)
    }
    return try Importing.Lab(yaml: yaml, file: name, seed: seed) { name, seed throws(LabErrors) in
      try base(name, seed: seed)
    }
  }

  /// The lab that an edited one began with: built in, or a file that names no further one.
  private static func base(_ name: String, seed: UInt64?) throws(LabErrors) -> Importing.Lab {
    guard !Importing.Lab.builtInNames.contains(name) else { return try .builtIn(name, seed: seed) }
    let yaml: String
    do throws(FileError) {
      yaml = try TextFile.read(name)
    } catch {
      throw LabErrors([LabError(file: name, position: nil, problem: .unreadable(error.reason))])
    }
    return try Importing.Lab(yaml: yaml, file: name, seed: seed)
  }

  /// The chapter's own name, whatever it was asked for by.
  private static func chapter(_ name: String?, of lab: Importing.Lab) throws(LabChoiceError) -> String {
    guard let name else { return lab.defaultChapter }
    guard let chapter = lab.chapters.first(where: { $0.isNamed(name) }) else {
      throw .unknownChapter(name, known: lab.chapters.map(\.name))
    }
    return chapter.name
  }

  /// The walk to begin with: the lab's own, else, where this chapter lacks its ends, from the first machine to
  /// the last.
  func opening(in snapshot: Snapshot) throws(FlowError) -> Flow {
    if let opening = lab.opening {
      let request = FlowRequest(source: opening.source, destination: opening.destination)
      if let named = try? snapshot.flow(request) { return named.flow }
    }
    let machines = network.machines.map(\.stack.id.description)
    return try snapshot.flow(
      FlowRequest(source: machines.first ?? "", destination: machines.last ?? "")
    ).flow
  }
}

extension Phrasebook {
  /// Why a lab could not be opened.
  fileprivate func sentence(for failure: any Error) -> String {
    switch failure {
    case let choice as LabChoiceError: error(choice)
    case let faults as LabErrors: error(faults)
    case let fault as LabError: error(fault)
    case let refusal as EditError: error(refusal)
    default: visible("\(failure)")
    }
  }
}
