import NetModel

/// `ss` and `netstat` for sockets that wait: the model knows of the ports that programs wait on, for all
/// addresses, and of no connection between two questions.
enum SocketTool {
  /// Which of them are shown.
  private struct Choice {
    var transports: Set<Transport> = []
    var isNumeric = false
    var showsProcesses = false
    var hidesHead = false

    init(_ options: CommandOptions) throws(Refusal) {
      guard options.has("l") else { throw .notModelled("without -l") }
      if options.has("t") { transports.insert(.tcp) }
      if options.has("u") { transports.insert(.udp) }
      if transports.isEmpty { transports = [.tcp, .udp] }
      isNumeric = options.has("n")
      showsProcesses = options.has("p")
      hidesHead = options.has("H")
      if let filter = options.operands.first { throw .notModelled(filter) }
    }

    func listeners(in lab: RunningLab, on stack: StackID) -> [Listener] {
      let all = lab.snapshot.stack(stack)?.listeners ?? []
      return all.filter { transports.contains($0.transport) }
    }

    func text(of port: UInt16) -> String {
      isNumeric ? "\(port)" : ServiceNames.name(of: port) ?? "\(port)"
    }
  }

  private static func options(
    _ words: [String], of command: String, flags: String
  ) throws(Refusal) -> CommandOptions {
    do throws(CommandOptions.Failure) {
      return try CommandOptions(words, table(flags))
    } catch {
      throw error.refusal(of: command, status: 255)
    }
  }

  private static func table(_ flags: String) -> CommandOptions.Table {
    CommandOptions.Table(
      flags: flags, valued: "",
      long: [
        .flag("listening", as: "l"), .flag("tcp", as: "t"), .flag("udp", as: "u"), .flag("numeric", as: "n"),
        .flag("processes", as: "p"), .flag("program", as: "p"), .flag("programs", as: "p"),
        .flag("no-header", as: "H"), .flag("ipv4", as: "4"),
      ])
  }

  /// Source: iproute2 6.1 `misc/ss.c`; a socket that waits shows how many may wait for it, which programs in Go
  /// and the kernel set to 4096 (`net.core.somaxconn`).
  static func socketStatistics(_ invocation: Invocation, in lab: RunningLab) -> CommandResult {
    do throws(Refusal) {
      let choice = try Choice(options(invocation.arguments, of: "ss", flags: "ltunpH4O"))
      let showsProtocol = choice.transports.count > 1
      let rows = choice.listeners(in: lab, on: invocation.stack).sorted {
        ($1.transport, $0.port) < ($0.transport, $1.port)
      }.map { listener in
        (showsProtocol ? [listener.transport.name.lowercased()] : [])
          + [
            listener.transport == .tcp ? "LISTEN" : "UNCONN", "0",
            listener.transport == .tcp ? "4096" : "0", "0.0.0.0", choice.text(of: listener.port), "0.0.0.0",
            "*", "",
          ]
      }
      let head =
        (showsProtocol ? ["Netid"] : [])
        + ["State", "Recv-Q", "Send-Q", "Local Address", "Port", "Peer Address", "Port", "Process"]
      return CommandResult(
        standardOutput: layOut(choice.hidesHead ? rows : [head] + rows, from: showsProtocol ? 4 : 3))
    } catch {
      return error.result(of: "ss")
    }
  }

  /// Addresses stand to the right before their ports.
  private static func layOut(_ rows: [[String]], from address: Int) -> String {
    guard let count = rows.first?.count else { return "" }
    let widths = (0..<count).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { column, cell in
        let room = widths[column] - cell.count
        switch column {
        case address, address + 2: return String(repeating: " ", count: room) + cell + ":"
        case count - 1, count - 2: return padded(cell, to: widths[column])
        default: return padded(cell, to: widths[column]) + " "
        }
      }.joined() + "\n"
    }.joined()
  }

  /// Source: net-tools 2.10 `netstat.c`, `tcp_do_one`, `udp_do_one`.
  static func netstat(_ invocation: Invocation, in lab: RunningLab) -> CommandResult {
    do throws(Refusal) {
      let choice = try Choice(options(invocation.arguments, of: "netstat", flags: "ltunp4W"))
      let head =
        "Proto Recv-Q Send-Q Local Address           Foreign Address         State      "
        + (choice.showsProcesses ? " PID/Program name    " : "")
      let rows = choice.listeners(in: lab, on: invocation.stack).map { listener in
        let local = padded("0.0.0.0:\(choice.text(of: listener.port))", to: 23)
        let state = padded(listener.transport == .tcp ? "LISTEN" : "", to: 11)
        return padded(listener.transport.name.lowercased(), to: 5) + "      0      0 \(local) "
          + padded("0.0.0.0:*", to: 23) + " \(state)" + (choice.showsProcesses ? padded(" -", to: 21) : "")
      }
      let lines = ["Active Internet connections (only servers)", head] + rows
      return CommandResult(standardOutput: lines.map { $0 + "\n" }.joined())
    } catch {
      return error.result(of: "netstat")
    }
  }
}
