import CursesBackend
import LabSocket
import NetModel
import Presentation

extension InspectorLoop {
  /// Gives the terminal to a shell on a host of the lab, until that ends.
  mutating func openShell(on host: StackID) {
    guard let server else { return }
    let ending = terminal.suspended { () -> Child.Ending? in
      do throws(Complaint) {
        return try server.runShell(on: host.description)
      } catch {
        writeAll("packetwalk: \(visible(error.description))\n", to: .standardError)
        return nil
      }
    }
    guard let signal = ending?.signal else { return }
    terminal.close()
    server.close()
    Terminal.die(of: signal)
  }
}
