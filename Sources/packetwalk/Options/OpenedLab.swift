import ControlPlane
import Foundation
import Importing
import PacketTrace
import Presentation

/// The lab that the options name, in the state that they ask for.
struct OpenedLab {
  let lab: Lab
  /// The chapter's own name, also where an alias was asked for.
  let chapter: String
  let network: Network

  /// - Throws: `Complaint` where the lab cannot be read or lacks what was asked for.
  init(_ options: LabOptions) throws {
    do {
      lab = try Self.read(options.lab, seed: options.seed)
      let asked = options.chapter ?? lab.defaultChapter
      var network = try lab.network(chapter: asked)
      for edit in options.mode?.routing.edits ?? [] { try network.apply(edit, at: .start) }
      self.network = network
      chapter = lab.chapters.first { $0.isNamed(asked) }?.name ?? asked
    } catch let error as LabErrors {
      throw Complaint(description: options.language.phrasebook.error(error))
    } catch let error as LabError {
      throw Complaint(description: options.language.phrasebook.error(error))
    } catch let error as EditError {
      throw Complaint(description: options.language.phrasebook.error(error))
    } catch let error as Complaint {
      throw error
    } catch {
      throw Complaint(description: "\(error)")
    }
  }

  private static func read(_ name: String, seed: UInt64?) throws -> Lab {
    let looksLikePath = name.contains("/") || FileManager.default.fileExists(atPath: name)
    if Lab.builtInNames.contains(name) || !looksLikePath { return try Lab.builtIn(name, seed: seed) }
    do {
      return try Lab(yaml: String(contentsOfFile: name, encoding: .utf8), file: name, seed: seed)
    } catch let error as CocoaError {
      throw Complaint(description: "\(name): \(error.localizedDescription)")
    }
  }

  /// The walk to begin with: the lab's own, else, where this chapter lacks its ends, from the first machine to
  /// the last.
  func opening() throws(FlowError) -> Flow {
    let snapshot = network.snapshot()
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
