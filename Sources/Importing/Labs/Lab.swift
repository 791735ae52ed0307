import ControlPlane
import NetModel
import YAML

/// A lab: a network as it begins, and chapters that each change it further.
package struct Lab: Sendable {
  /// The path or the name that it was asked for by; errors bear it.
  package var file: String
  package var name: String
  package var title: String
  /// The network before the first chapter, with its agents started and its objects made.
  package var base: Network
  /// In order; each builds on the one before.
  package var chapters: [Chapter]
  package var defaultChapter: String
  /// The walk that is shown first where nothing else is asked; `nil` where the file names none.
  package var opening: Opening?
  /// What an edited lab began with; `nil` for a lab of its own.
  package var beginning: LabBeginning?

  /// Who sends to whom, in words that every command understands.
  package struct Opening: Hashable, Sendable {
    package var source: String
    package var destination: String
  }

  /// A named state of the lab.
  package struct Chapter: Hashable, Sendable {
    package var name: String
    /// Other names of the same state.
    package var aliases: [String]
    package var title: String
    /// What it changes on the chapter before.
    package var edits: [PlacedEdit]
    /// When a saved state was saved; its edits were made one by one at moments of their own.
    package var end: Instant?

    /// True for the chapter's name and for its aliases.
    package func isNamed(_ text: String) -> Bool {
      name == text || aliases.contains(text)
    }
  }

  /// An edit and where the file has it.
  package struct PlacedEdit: Hashable, Sendable {
    package var edit: Edit
    package var position: LabError.Position?
    /// When a saved edit was made.
    package var instant: Instant?
  }

  /// Another lab by its name or path, with a seed that takes the place of its own.
  package typealias LabSource = @Sendable (String, UInt64?) throws(LabErrors) -> Lab

  /// Reads a lab file; `source` gives the lab that it begins with, where it names one; `seed` takes the place of the file's own.
  ///
  /// - Throws: every fault of the file, in the order of their places.
  package init(
    yaml: String, file: String, seed: UInt64? = nil,
    source: @escaping LabSource = { name, seed throws(LabErrors) in try Lab.builtIn(name, seed: seed) }
  ) throws(LabErrors) {
    let root: Node?
    do throws(YAMLError) {
      root = try YAML.document(yaml)
    } catch {
      throw LabErrors([LabError(file: file, parser: error)])
    }
    try self.init(root: root, file: file, seed: seed, source: source)
  }

  /// Reads the nodes of a lab file.
  ///
  /// - Throws: every fault of the file, in the order of their places.
  init(
    root: Node?, file: String, seed: UInt64?,
    source: @escaping LabSource = { name, seed throws(LabErrors) in try Lab.builtIn(name, seed: seed) }
  ) throws(LabErrors) {
    var reader = LabReader(file: file, source: source)
    let lab = root.flatMap { reader.lab($0, seed: seed) }
    guard let lab, reader.errors.isEmpty else {
      throw LabErrors(reader.errors.inOrder(orMissingIn: file))
    }
    self = lab
  }

  /// The network as it is in a chapter; `nil` for the default one.
  ///
  /// - Throws: `unknownName` where no chapter has the name, `refused` where one of the edits cannot be done.
  package func network(chapter name: String? = nil) throws(LabError) -> Network {
    let name = name ?? defaultChapter
    guard let last = chapters.firstIndex(where: { $0.isNamed(name) }) else {
      let names = chapters.flatMap { [$0.name] + $0.aliases }
      let similar = similarName(to: name, among: names)
      throw LabError(file: file, position: nil, problem: .unknownName(name, of: .chapter, similar: similar))
    }
    var network = base
    for chapter in chapters[...last] {
      network =
        if let end = chapter.end {
          try replaying(chapter.edits, until: end, on: network)
        } else {
          try applying(chapter.edits, to: network)
        }
    }
    return network
  }

  /// Everything happens again as it did, at its time.
  private func replaying(
    _ edits: [PlacedEdit], until end: Instant, on network: Network
  ) throws(LabError) -> Network {
    var network = network
    for placed in edits {
      do throws(EditError) {
        try network.apply(placed.edit, at: placed.instant ?? network.now)
      } catch {
        throw LabError(file: file, position: placed.position, problem: .refused(error))
      }
    }
    network.advance(to: end)
    return network
  }

  private func applying(_ edits: [PlacedEdit], to network: Network) throws(LabError) -> Network {
    var network = network
    do {
      try network.apply(edits.map(\.edit), at: .start)
    } catch {
      throw LabError(file: file, position: edits[error.index].position, problem: .refused(error.error))
    }
    return network
  }

  fileprivate init(
    file: String, name: String, title: String, network: Network, objects: PlacedEdit?, chapters: [Chapter],
    defaultChapter: String
  ) throws(LabError) {
    self.file = file
    self.name = name
    self.title = title
    self.chapters = chapters
    self.defaultChapter = defaultChapter
    base = network
    let start = network.cluster == nil ? [] : [PlacedEdit(edit: .restartAgents(.all), position: nil)]
    base = try applying(start + (objects.map { [$0] } ?? []), to: network)
    base.revision = 0
  }
}

extension LabReader {
  private static let labKeys = [
    "lab", "title", "seed", "base", "defaultChapter", "opening", "wires", "machines", "kernelModules",
    "cluster", "chapters",
  ]

  fileprivate mutating func lab(_ root: Node, seed wanted: UInt64?) -> Lab? {
    guard let fields = fields(root, keys: LabReader.labKeys), let name = requiredText(fields, "lab") else {
      return nil
    }
    if let base = fields["base"] { return edited(base, fields, name: name, seed: wanted) }
    let seed = wanted ?? UInt64(number(fields, "seed", in: 0...Int.max) ?? 1)
    let wires = wires(list(fields, "wires"))
    let machines = machines(list(fields, "machines"), wires: wires, seed: seed)
    let clusterFields = fields["cluster"].flatMap { self.fields($0, keys: LabReader.clusterKeys) }
    var network = Network(
      name: name, seed: seed, wires: wires, machines: machines,
      cluster: clusterFields.flatMap { cluster($0, machines: machines) })
    network.kernelModules = list(fields, "kernelModules").compactMap { kernelModule($0) }
    let objects = clusterFields?["objects"].map { node in
      Lab.PlacedEdit(edit: .create(self.objects(list(node))), position: node.position)
    }
    let chapters = chapters(list(fields, "chapters"), machines: machines)
    let title = text(fields, "title") ?? name
    let opening = fields["opening"].flatMap { self.opening($0) }
    guard let first = defaultChapter(fields, among: chapters), errors.isEmpty else { return nil }
    do {
      var lab = try Lab(
        file: file, name: name, title: title, network: network, objects: objects, chapters: chapters,
        defaultChapter: first)
      lab.opening = opening
      return lab
    } catch {
      errors.append(error)
      return nil
    }
  }

  /// A lab that begins with a chapter of another one.
  private mutating func edited(_ node: Node, _ fields: Fields, name: String, seed: UInt64?) -> Lab? {
    guard let base = self.fields(node, keys: ["lab", "chapter", "seed"]),
      let file = requiredText(base, "lab")
    else { return nil }
    let seed = seed ?? number(base, "seed", in: 0...Int.max).map(UInt64.init)
    do throws(LabErrors) {
      var lab = try source(file, seed)
      do throws(LabError) {
        let chapter = text(base, "chapter") ?? lab.defaultChapter
        lab.base = try lab.network(chapter: chapter)
        lab.beginning = LabBeginning(lab: file, chapter: chapter, seed: seed)
      } catch {
        throw LabErrors([error])
      }
      lab.base.revision = 0
      lab.chapters = chapters(list(fields, "chapters"), machines: lab.base.machines)
      guard let first = defaultChapter(fields, among: lab.chapters), errors.isEmpty else { return nil }
      (lab.file, lab.name, lab.defaultChapter) = (self.file, name, first)
      lab.title = text(fields, "title") ?? name
      return lab
    } catch {
      errors += error.errors
      return nil
    }
  }

  private mutating func opening(_ node: Node) -> Lab.Opening? {
    guard let fields = fields(node, keys: ["from", "to"]),
      let source = requiredText(fields, "from"), let destination = requiredText(fields, "to")
    else { return nil }
    return Lab.Opening(source: source, destination: destination)
  }

  private mutating func defaultChapter(_ fields: Fields, among chapters: [Lab.Chapter]) -> String? {
    guard let node = fields["defaultChapter"] else {
      if let first = chapters.first { return first.name }
      report(.missingKey("chapters"), at: fields.node)
      return nil
    }
    guard let name = text(node) else { return nil }
    if chapters.contains(where: { $0.isNamed(name) }) { return name }
    let similar = similarName(to: name, among: chapters.map(\.name))
    report(.unknownName(name, of: .chapter, similar: similar), at: node)
    return nil
  }
}

extension [LabError] {
  fileprivate func inOrder(orMissingIn file: String) -> [LabError] {
    guard !isEmpty else { return [LabError(file: file, position: nil, problem: .missingKey("lab"))] }
    return sorted {
      ($0.position?.line ?? 0, $0.position?.column ?? 0) < ($1.position?.line ?? 0, $1.position?.column ?? 0)
    }
  }
}
