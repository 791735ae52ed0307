import ControlPlane
import NetModel

extension IPTool {
  /// Source: iproute2 `ip/ipaddress.c`, `do_ipaddr`.
  mutating func runAddress(
    _ arguments: inout IPArguments, view: StackView, in lab: inout RunningLab
  ) throws(IPFailure) {
    let words: [IPKeyword<Command>] = [
      .short("add", .add), .short("change", .notModelled), .full("chg", .notModelled),
      .short("replace", .notModelled), .short("delete", .delete), .short("list", .show),
      .short("show", .show), .short("lst", .show), .short("flush", .notModelled),
      .short("save", .notModelled), .short("showdump", .notModelled), .short("restore", .notModelled),
      .short("help", .help),
    ]
    let (command, word) = try Self.command(&arguments, of: .address, in: words)
    switch command {
    case .show:
      let filter = try AddressFilter(&arguments, family: options.family)
      output += try AddressListing(view: view, filter: filter, style: options.style).output()
    case .add:
      let change = try AddressChange(&arguments, family: options.family, view: view)
      try apply([change.addition(on: view.stack)], in: &lab)
    case .delete:
      let change = try AddressChange(&arguments, family: options.family, view: view)
      errors += change.deletionWarning
      try apply([change.deletion(on: view.stack)], in: &lab)
    default: throw .notModelled("address \(word)")
    }
  }

  /// Source: iproute2 `ip/iplink.c`, `do_iplink`.
  mutating func runLink(
    _ arguments: inout IPArguments, view: StackView, in lab: inout RunningLab
  ) throws(IPFailure) {
    let words: [IPKeyword<Command>] = [
      .short("add", .notModelled), .short("set", .change), .short("change", .change),
      .short("replace", .notModelled), .short("delete", .notModelled), .short("show", .show),
      .short("lst", .show), .short("list", .show), .short("xstats", .notModelled),
      .short("afstats", .notModelled), .short("property", .notModelled), .short("help", .help),
    ]
    let (command, word) = try Self.command(&arguments, of: .link, in: words)
    switch command {
    case .show:
      let filter = try AddressFilter(&arguments, family: .link)
      output += try AddressListing(
        view: view, filter: filter, style: options.style, isLinkCommand: true
      ).output()
    case .change:
      try apply(LinkChange(&arguments, view: view).edits(on: view.stack), in: &lab)
    default: throw .notModelled("link \(word)")
    }
  }

  /// Source: iproute2 `ip/iproute.c`, `do_iproute`.
  mutating func runRoute(
    _ arguments: inout IPArguments, view: StackView, in lab: inout RunningLab
  ) throws(IPFailure) {
    let words: [IPKeyword<Command>] = [
      .short("add", .add), .short("change", .change), .full("chg", .change), .short("replace", .replace),
      .short("prepend", .prepend), .short("append", .append), .short("test", .notModelled),
      .short("delete", .delete), .short("list", .show), .short("show", .show), .short("lst", .show),
      .short("get", .get), .short("flush", .flush), .short("save", .notModelled),
      .short("restore", .notModelled), .short("showdump", .notModelled), .short("help", .help),
    ]
    let (command, word) = try Self.command(&arguments, of: .route, in: words)
    switch command {
    case .show:
      let filter = try RouteFilter(&arguments, family: options.family)
      output += try RouteListing(view: view, filter: filter, style: options.style).output()
    case .get:
      if options.showsStatistics { throw .notModelled("-s") }
      let get = try RouteGet(&arguments, family: options.family, view: view)
      errors += get.warning
      output += try get.output(view: view, style: options.style)
    case .flush:
      if arguments.first == nil {
        throw .refused("\"ip route flush\" requires arguments.", status: 1)
      }
      if arguments.first == "cache" {
        lab.traffic.pathMTUs.forget(from: view.stack.id)
        return
      }
      let filter = try RouteFilter(&arguments, family: options.family)
      let listing = RouteListing(view: view, filter: filter, style: options.style)
      try apply(listing.selected().map { .deleteRoute(RouteSelector($0), on: view.stack.id) }, in: &lab)
    default:
      guard let verb = command.routeVerb else { throw .notModelled("route \(word)") }
      let change = try RouteChange(&arguments, family: options.family, view: view)
      try apply([change.edit(verb, on: view.stack)], in: &lab)
    }
  }

  /// Source: iproute2 `ip/iprule.c`, `do_iprule`.
  mutating func runRule(
    _ arguments: inout IPArguments, view: StackView, in lab: inout RunningLab
  ) throws(IPFailure) {
    let words: [IPKeyword<Command>] = [
      .short("list", .show), .short("lst", .show), .short("show", .show), .short("save", .notModelled),
      .short("restore", .notModelled), .short("add", .add), .short("delete", .delete),
      .short("flush", .notModelled), .short("help", .help),
    ]
    let (command, word) = try Self.command(&arguments, of: .rule, in: words)
    switch command {
    case .show: output += try RuleFilter(&arguments).output(of: view.stack, style: options.style)
    case .add:
      if arguments.first == nil { throw .refused("\"ip rule add\" requires arguments.", status: 255) }
      try apply([RuleChange(&arguments).addition(to: view.stack)], in: &lab)
    case .delete:
      if arguments.first == nil { throw .refused("\"ip rule del\" requires arguments.", status: 255) }
      try apply([RuleChange(&arguments).deletion(from: view.stack)], in: &lab)
    default: throw .notModelled("rule \(word)")
    }
  }

  /// Source: iproute2 `ip/ipneigh.c`, `do_ipneigh`.
  mutating func runNeighbor(
    _ arguments: inout IPArguments, view: StackView, in lab: inout RunningLab
  ) throws(IPFailure) {
    let words: [IPKeyword<Command>] = [
      .short("add", .add), .short("change", .change), .full("chg", .change), .short("replace", .replace),
      .short("delete", .delete), .short("get", .get), .short("show", .show), .short("lst", .show),
      .short("list", .show), .short("flush", .flush), .short("help", .help),
    ]
    let (command, word) = try Self.command(&arguments, of: .neighbor, in: words)
    switch command {
    case .show:
      if options.showsStatistics { throw .notModelled("-s") }
      let filter = try NeighborFilter(&arguments, family: options.family, view: view)
      output += filter.output(of: view.stack, style: options.style)
    case .get:
      let filter = try NeighborFilter(&arguments, family: options.family, view: view)
      guard filter.device != nil, filter.prefix?.hasAddress == true else {
        throw .refused("Device and address are required arguments.", status: 1)
      }
      let found = filter.all.selected(of: view.stack)
      if found.isEmpty { throw .kernel(.errno("No such file or directory")) }
      output += NeighborFilter.output(of: found, hidesInterface: false, style: options.style)
    case .flush:
      if arguments.first == nil { throw .refused("Flush requires arguments.", status: 1) }
      let filter = try NeighborFilter(&arguments, family: options.family, view: view)
      let found = filter.selected(of: view.stack).filter { $0.state != .permanent }
      try apply(
        found.map { .deleteNeighbor($0.address, interface: $0.interface, on: view.stack.id) }, in: &lab)
    default:
      guard let verb = command.neighborVerb else { throw .notModelled("neighbor \(word)") }
      let change = try NeighborChange(&arguments, family: options.family, view: view)
      try apply([change.edit(verb, on: view.stack)], in: &lab)
    }
  }

  private enum Command {
    case show, get, add, append, prepend, replace, change, delete, flush, help, notModelled

    var routeVerb: RouteChange.Verb? {
      switch self {
      case .add: .add
      case .append: .append
      case .prepend: .prepend
      case .replace: .replace
      case .change: .change
      case .delete: .delete
      case .show, .get, .flush, .help, .notModelled: nil
      }
    }

    var neighborVerb: NeighborChange.Verb? {
      switch self {
      case .add: .add
      case .change: .change
      case .replace: .replace
      case .delete: .delete
      case .show, .get, .append, .prepend, .flush, .help, .notModelled: nil
      }
    }
  }

  /// - Throws: what the kernel would say, or `notModelled` in a recording.
  private func apply(_ edits: [Edit], in lab: inout RunningLab) throws(IPFailure) {
    if lab.network == nil { throw .notModelled("changes of a recording") }
    for edit in edits {
      do throws(EditError) {
        try lab.apply(edit)
      } catch {
        throw IPFailure(error)
      }
    }
  }

  /// The command that stands next, and the word for it; without one, `show`.
  private static func command(
    _ arguments: inout IPArguments, of object: IPObject, in words: [IPKeyword<Command>]
  ) throws(IPFailure) -> (Command, String) {
    guard let word = arguments.next() else { return (.show, "show") }
    guard let command = words.meaning(of: word) else { throw .unknownCommand(word, of: object) }
    if command == .help { throw .help }
    return (command, word)
  }
}
