extension English {
  package func remark(_ remark: Remark) -> String {
    switch remark {
    case .translatedBeforeSending:
      "The address is replaced inside the program's own call, before there is a packet: no capture ever "
        + "shows the Service's address."
    case .bpfAnswersARP:
      "BPF answers every ARP request of a pod with the MAC of the veth's host side; the gateway itself is "
        + "never asked."
    case .podKnowsOnlyItsGateway:
      "A pod's table is the same for all destinations: everything goes to the gateway on its own node."
    case .routeLimitsSegments:
      "The MTU on the pod's route limits its TCP segments; in tunnel mode it is 50 bytes less than the link's, "
        + "so that the outer headers fit."
    case .policyDefaultsToOpen:
      "Without a policy that selects a pod in a direction, everything is allowed in that direction."
    case .selectionDeniesTheRest:
      "As soon as one policy selects a pod in a direction, all that no rule allows is denied there. Nobody tells "
        + "the sender: a client waits until its time is up."
    case .denyBeatsAllow:
      "A deny rule wins over every allow rule, however exact. Nobody tells the sender: a client waits until its "
        + "time is up."
    case .hostReachesItsPods:
      "A node's own programs reach its pods unless a rule denies it, so that the kubelet's probes pass."
    case .substituteBringsAnswerBack:
      "The backend is on another node: only with this node's address as the source does its answer come back "
        + "here, where the translation can be undone."
    case .podReachesItself:
      "The pod was chosen by its own call. With one address as source and destination its kernel would drop the "
        + "packet as martian, so it sees another source; policy does not ask."
    case .nativeNeedsRoutes:
      "The pod's own address stands in the packet on the wire: every router on the way must know the pod "
        + "CIDR."
    case .tunnelHidesPods:
      "Routers on the way see only the nodes' addresses; they need to know nothing of pods."
    case .withoutEndpointNoTunnel:
      "Only addresses of pods on other nodes have a tunnel endpoint; all others leave as they are."
    case .encapsulationKeepsTTL:
      "Putting headers around a packet is no forwarding: the inner TTL stays, and the outer header has one "
        + "of its own."
    case .keyIsIdentity:
      "Cilium puts the sender's identity into the tunnel key: the receiver need not look the address up."
    case .redirectSkipsHostStack:
      "BPF asks the kernel's routing tables but sends by itself: netfilter and captures on cilium_host see "
        + "nothing, and the TTL goes down once."
    case .deliveryLowersTTL:
      "Delivery to a local pod counts as a router: here Cilium lowers the TTL, in every mode."
    case .onlyOuterTTL:
      "Only the outer header's TTL goes down; the inner packet crosses the tunnel as if it were one link."
    case .defaultRouteTakesTheUnknown:
      "The default route contains every address: it takes whatever no longer prefix contains."
    case .podKeepsItsAddress:
      "Inside that range pods are reached by their own addresses: the other side sees, and can answer, the "
        + "pod itself."
    case .outsideSeesTheNode:
      "Nobody outside has a route to pod addresses: the answer comes back to the node, which "
        + "remembers the pod."
    case .peerSkipsHostSide:
      "The packet appears inside the pod at once: a capture on the veth's host side does not see it."
    case .closedPortIsDelivered:
      "The network has done its part: the packet reached the host, and the host says no."
    case .bpfDropsInSilence:
      "BPF sends no ICMP time exceeded for IPv4: a traceroute shows a star here."
    case .nobodyTellsTheSender:
      "No program of the cluster drops the packet, so no drop is reported anywhere; the sender only waits."
    }
  }
}
