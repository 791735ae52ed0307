import ControlPlane
import YAML

/// The policies of a YAML file of one or several documents.
package struct PolicyDocuments: Sendable {
  /// In the order of the file.
  package var policies: [PlacedPolicy]

  /// A policy, where its document begins, and what of it the model does not know.
  package struct PlacedPolicy: Hashable, Sendable {
    package var policy: Policy
    package var position: LabError.Position?

    package var findings: [PolicyFinding] { policy.findings }
  }

  /// Reads a file; documents of other kinds are passed over.
  ///
  /// - Throws: every fault of the policies, in the order of their places.
  package init(yaml: String, file: String) throws(LabErrors) {
    let documents: [Node]
    do throws(YAMLError) {
      documents = try YAML.documents(yaml)
    } catch {
      throw LabErrors([LabError(file: file, parser: error)])
    }
    var reader = LabReader(file: file)
    policies = documents.filter(\.isPolicy).compactMap { node in
      guard case .object(.policy(let policy)) = reader.manifest(node) else { return nil }
      return PlacedPolicy(policy: policy, position: node.position)
    }
    guard reader.errors.isEmpty else { throw LabErrors(reader.errors.sorted(by: LabError.precedes)) }
  }
}

extension LabError {
  fileprivate static func precedes(_ left: LabError, _ right: LabError) -> Bool {
    let start = Position(line: 0, column: 0)
    return (left.position ?? start) < (right.position ?? start)
  }
}

extension Node {
  fileprivate var isPolicy: Bool {
    guard let kind = mapping?["kind"]?.string else { return false }
    return PolicyID.Kind(rawValue: kind) != nil
  }
}
