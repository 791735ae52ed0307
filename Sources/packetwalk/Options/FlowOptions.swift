import ArgumentParser
import ControlPlane
import PacketTrace
import Presentation

/// What is sent.
struct FlowOptions: ParsableArguments {
  @Option(
    help: "What is sent: a connection's first segment, a datagram, or an echo request (tcp, if it can be).")
  var proto: FlowRequest.Content?

  @Option(
    help: ArgumentHelp("The backend of a Service: its address, ADDRESS:PORT, or a pod.", valueName: "b"))
  var backend: String?

  /// - Throws: `Complaint` where the names stand for nothing.
  func flow(
    from source: String, to destination: String, in snapshot: Snapshot, _ options: LabOptions
  ) throws -> NamedFlow {
    let request = FlowRequest(source: source, destination: destination, content: proto, backend: backend)
    do throws(FlowError) {
      return try snapshot.flow(request)
    } catch {
      throw Complaint(description: options.language.phrasebook.error(error))
    }
  }
}

extension FlowRequest.Content: ExpressibleByArgument {}
