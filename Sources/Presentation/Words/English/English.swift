import ControlPlane
import NetModel
import PacketTrace

/// The words in English.
package struct English: Phrasebook {
  package init() {}

  package func title(_ kind: Step.Kind) -> String {
    switch kind {
    case .send: "Send"
    case .socketTranslation: "Socket load balancing"
    case .routeLookup: "Route lookup"
    case .neighborLookup: "Neighbor lookup"
    case .sourceCheck: "Source check"
    case .identityLookup: "Identity lookup"
    case .conntrackLookup: "Connection tracking"
    case .policyVerdict: "Network policy"
    case .serviceLookup: "Service lookup"
    case .serviceTranslation: "Service translation"
    case .directReturn: "Direct server return"
    case .endpointLookup: "Endpoint lookup"
    case .tunnelDecision: "Tunnel decision"
    case .encapsulation: "Encapsulation"
    case .decapsulation: "Decapsulation"
    case .masquerade: "Masquerading (SNAT)"
    case .reverseTranslation: "Reverse translation"
    case .forward: "Forwarding"
    case .sizeCheck: "Size"
    case .redirect: "Redirect"
    case .localDelivery: "Delivery to the pod"
    case .hostDelivery: "Delivery to the host"
    case .transmit: "Onto the wire"
    case .leaveNetwork: "Out of the network"
    case .accept: "Acceptance"
    case .drop: "End"
    }
  }

  package func disposition(_ disposition: Disposition) -> String {
    switch disposition {
    case .delivered: "delivered"
    case .exitsNetwork: "leaves the network"
    case .noRoute: "no route"
    case .nullRouted: "refused by a route"
    case .neighborUnreachable: "neighbor unreachable"
    case .denied: "denied by policy"
    case .dropped: "dropped"
    case .loop: "goes in circles"
    case .undecided: "undecided"
    }
  }

  package func outcome(_ outcome: Outcome) -> String {
    let node = visible(outcome.node.name)
    let place = outcome.interface.map { "\(node), \(visible($0))" } ?? node
    let code = outcome.code.map { " (code \($0))" } ?? ""
    return "\(outcome.disposition.rawValue) at \(place): \(reason(outcome.reason))\(code)"
  }

  package func reason(_ reason: Reason) -> String {
    switch reason {
    case .accepted: "somebody listens and takes the packet"
    case .tcpPortClosed: "nobody listens on the port; the host answers with a TCP reset"
    case .udpPortClosed: "nobody listens on the port; the host answers with ICMP port unreachable"
    case .answered: "the answer has reached the one who asked"
    case .leftNetwork: "the packet has left the modelled network"
    case .noRoute: "no routing table has a route to the destination"
    case .unreachableRoute: "the best route is of type unreachable"
    case .prohibitRoute: "the best route is of type prohibit"
    case .blackholeRoute: "the best route is of type blackhole"
    case .forwardingDisabled: "the machine does not forward packets (ip_forward is 0)"
    case .reversePathFilter: "the way back to the source leads through another interface (rp_filter)"
    case .martian: "an address that must not occur there (martian)"
    case .ttlExceeded: "the time to live is used up"
    case .forwardingLoop: "the packet comes back to where it has been, unchanged"
    case .fibLookupFailed: "BPF found no usable route (FIB lookup failed)"
    case .noARPAnswer: "nobody answers ARP for the next hop"
    case .linkDown: "the interface is down"
    case .nodeDown: "the machine is switched off"
    case .notAddressedToHost: "nobody takes a packet to that address"
    case .portBlocked: "something on the wire discards that UDP port"
    case .packetTooBig: "the packet is larger than the link's MTU"
    case .noServiceBackend: "the Service has no backend"
    case .serviceBackendNotFound: "the Service's backend was not found"
    case .invalidSource: "the source is not the pod's own address"
    case .policyDenied: "no policy allows it"
    case .policyDeniedByDenylist: "a policy denies it"
    case .staleOrUnroutable: "a pod address that no pod has (stale or unroutable IP)"
    case .noTunnelDevice: "the node has no tunnel device for this port"
    case .invalidIdentity: "the tunnel header carries an identity that may not arrive there"
    case .deniedBySourceRange: "the client is in none of the Service's source ranges"
    case .isClusterIP: "a ClusterIP cannot be reached from outside the cluster"
    case .pathTooLong: "more machines than the model follows"
    case .unknownAttachment: "the model does not know what is behind the interface"
    case .notModelled: "not modelled"
    }
  }

  package func why(_ why: EvidenceTable.Why, asked: String) -> String {
    switch why {
    case .onlyMatch: "the only one that contains \(asked)"
    case .longestPrefix: "the longest prefix that contains \(asked)"
    case .matchingTOS: "its tos is the packet's own"
    case .lowestMetric: "the lowest metric"
    case .firstInTable: "the first of equals in the table"
    case .gatewayReachable: "its gateway is not known to be unreachable"
    case .exactMatch: "exactly \(asked)"
    case .shorterPrefix: "contains \(asked), but its prefix is shorter"
    case .higherMetric: "its metric is higher"
    case .otherTOS: "asks for another tos"
    case .laterInTable: "the same, but later in the table"
    case .wouldNotMatch: "does not contain \(asked)"
    case .deadNextHop: "its interface is down"
    case .linkDown: "its link has no carrier"
    case .otherInterface: "leads through another interface"
    case .scopeTooWide: "its scope is too wide"
    case .gatewayUnreachable: "its gateway is known to be unreachable"
    case .overruled: "the best of its table, but another table decided"
    case .otherAddress: "another address"
    case .otherPort: "the same address, but another port"
    case .otherTransport: "the same address and port, but another protocol"
    case .notUsable: "exactly \(asked), but not usable in this state"
    case .onlyEntry: "the only entry for this packet"
    case .deny: "a deny entry comes first"
    case .longestPort: "the longest match of protocol and port"
    case .exactIdentity: "it names this peer"
    case .denyWins: "matches, but a deny entry decides"
    case .shorterPort: "matches, but fewer bits of protocol and port"
    case .everyIdentity: "matches as well, but is for every peer"
    case .coveredByDeny: "a deny entry covers it, so it is not in the map"
    case .otherIdentity: "another peer"
    case .otherPolicyProtocol: "another protocol"
    case .otherPolicyPort: "another port"
    }
  }
}
