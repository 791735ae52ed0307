import ControlPlane
import NetModel

/// `wget -q -O FILE URL`: the body of one page, as GNU's fetches it on machines and BusyBox's in pods.
///
/// Source: GNU Wget 1.21.4 `src/http.c`, `src/exits.h`; BusyBox 1.37 `networking/wget.c`.
struct WgetJob: Job {
  private var transfer: CurlJob
  private let voice: Voice
  private let host: String

  /// Whose words errors are told in.
  private enum Voice: Sendable {
    case gnu
    case busyBox(CLibrary)

    var agent: String {
      switch self {
      case .gnu: "Wget/1.21.4"
      case .busyBox: "Wget"
      }
    }
  }

  /// Whose names system errors bear.
  private enum CLibrary: Sendable {
    case glibc, musl
  }

  private static let table = CommandOptions.Table(
    flags: "q", valued: "OTt",
    long: [
      .flag("quiet", as: "q"), .value("output-document", as: "O"), .value("timeout", as: "T"),
      .value("tries", as: "t"),
    ])

  init(_ invocation: Invocation, in lab: RunningLab) throws(Refusal) {
    let options: CommandOptions
    do throws(CommandOptions.Failure) {
      options = try CommandOptions(invocation.arguments, WgetJob.table)
    } catch {
      throw error.refusal(of: "wget", status: 2)
    }
    guard let url = options.operands.first else { throw .notModelled("without a URL") }
    guard options.operands.count == 1 else { throw .notModelled(options.operands[1]) }
    guard options.has("q") else { throw .notModelled("without -q") }
    guard let file = options.value("O") else { throw .notModelled("without -O") }
    if case .pod = invocation.stack, file != "-", file != "/dev/null" { throw .notModelled("-O \(file)") }
    voice = WgetJob.voice(on: invocation.stack, in: lab)
    do throws(Refusal) {
      host = try CurlTarget(url).host
      let words = try ["-s", "-A", voice.agent] + WgetJob.headers(of: voice) + WgetJob.limit(options, voice)
      var request = invocation
      request.arguments = words + ["-o", file, url]
      transfer = try CurlJob(request, in: lab)
    } catch {
      if case .notModelled = error { throw error }
      throw .notModelled(url)
    }
  }

  /// Machines have Ubuntu's; an image has BusyBox's.
  private static func voice(on stack: StackID, in lab: RunningLab) -> Voice {
    guard case .pod(let id) = stack else { return .gnu }
    let pod = lab.network?.cluster?.pods.first { $0.id == id }
    let image = pod?.template.containers.first?.image ?? ""
    return .busyBox(image.split(separator: "/").last?.hasPrefix("busybox") == true ? .glibc : .musl)
  }

  private static func headers(of voice: Voice) -> [String] {
    switch voice {
    case .gnu: ["-H", "Accept-Encoding: identity", "-H", "Connection: Keep-Alive"]
    case .busyBox: ["-H", "Accept:", "-H", "Connection: close"]
    }
  }

  private static func limit(_ options: CommandOptions, _ voice: Voice) throws(Refusal) -> [String] {
    guard let text = options.value("T") else { return [] }
    guard seconds(parsing: text) != nil else { throw .notModelled("-T \(text)") }
    switch voice {
    case .gnu: return ["--connect-timeout", text]
    case .busyBox: return ["-m", text]
    }
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    var inner = JobOutput()
    let state = transfer.resume(event, in: &lab, output: &inner)
    for chunk in inner.chunks where chunk.stream != .standardError {
      output.write(chunk.bytes, to: chunk.stream)
    }
    guard case .ended(let status) = state, status != 0, status != 130 else { return state }
    guard let failure = transfer.failure else {
      output.writeError(inner.text(of: .standardError).replacing("curl: ", with: "wget: "))
      return .ended(status: status)
    }
    switch voice {
    case .gnu: return .ended(status: WgetJob.networkFailure)
    case .busyBox(let library):
      output.writeError("wget: \(text(of: failure, library))\n")
      return .ended(status: 1)
    }
  }

  /// Source: GNU Wget `src/exits.h`, `WGET_EXIT_NETWORK_FAIL`.
  private static let networkFailure: Int32 = 4

  private func text(of failure: CurlFailure, _ library: CLibrary) -> String {
    switch failure {
    case .unresolved, .resolvingTimedOut: "bad address '\(host)'"
    case .connectTimedOut, .connectionTimedOut, .operationTimedOut: "download timed out"
    case .refused(let address, _): "can't connect to remote host (\(address)): Connection refused"
    case .unreachable(let address, _):
      "can't connect to remote host (\(address)): "
        + (library == .glibc ? "No route to host" : "Host is unreachable")
    case .kernelTimedOut(let address):
      "can't connect to remote host (\(address)): "
        + (library == .glibc ? "Connection timed out" : "Operation timed out")
    }
  }
}
