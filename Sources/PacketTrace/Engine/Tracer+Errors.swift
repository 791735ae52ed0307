import ControlPlane
import NetModel

extension Tracer {
  /// The kernel gives up a packet that it was to forward, and tells the sender where it tells at all.
  ///
  /// Source: Linux `net/ipv4/icmp.c`; the replies were recorded with the kernel vectors, seedlab icmp.
  mutating func refuse(
    _ disposition: Disposition, _ reason: Reason, _ hook: Step.Hook, on device: String? = nil,
    limit: Int? = nil, by rule: Rule
  ) -> Stage? {
    let stage = journey.end(disposition, reason, hook, on: device, by: rule)
    if let message = reason.notice(limit: limit) { notify(message) }
    return stage
  }

  private mutating func notify(_ message: ICMPHeader.Message) {
    guard let source = ownAddress else { return }
    journey.notice = FirstPacket.error(message, about: journey.packet, from: source)
  }

  /// Where a word about the packet comes from; `nil` where nothing may be said.
  private var ownAddress: IPv4Address? {
    guard !journey.packet.isICMPError, let stack = hostStack, let sender = journey.packet.outerIP?.source
    else { return nil }
    return stack.lookup(RouteQuery(destination: sender, ipProtocol: 1)).selection?.preferredSource
  }

  /// The kernel tells a sender on the same link that it could have sent to `gateway` itself.
  ///
  /// Source: Linux `net/ipv4/ip_forward.c`, `net/ipv4/route.c`, `ip_rt_send_redirect`.
  mutating func redirectSender(to gateway: IPv4Address, arrivingBy device: String) {
    guard let router = ownAddress, let sender = journey.packet.outerIP?.source else { return }
    let notice = RedirectNotice(router: router, sender: sender, gateway: gateway)
    journey.record(.redirect, .sendRedirect, on: device, .redirect(notice), by: .redirect)
  }

  /// The host's kernel was forwarding the packet, not sending one of its own.
  var isForwarding: Bool {
    journey.hops.last?.steps.contains { $0.hook == .forward } == true
  }
}

extension Reason {
  /// What a router tells the sender; `nil` where it is silent. `limit` is the size that would have passed.
  ///
  /// Source: RFC 1812, section 5.2.7; Linux `net/ipv4/route.c`, `ip_error`.
  fileprivate func notice(limit: Int?) -> ICMPHeader.Message? {
    switch self {
    case .packetTooBig: .destinationUnreachable(.fragmentationNeeded(mtu: UInt16(clamping: limit ?? 0)))
    case .ttlExceeded, .forwardingLoop: .timeExceeded
    case .noRoute: .destinationUnreachable(.network)
    case .unreachableRoute, .noARPAnswer: .destinationUnreachable(.host)
    case .prohibitRoute: .destinationUnreachable(.administrativelyProhibited)
    default: nil
    }
  }
}
