/// Source: Cilium 1.18 `pkg/k8s/apis/cilium.io/client/crds/`.
extension Schema {
  static let ciliumTypes = """
    CiliumLoadBalancerIPPool: apiVersion:str kind:str metadata:ObjectMeta spec!:LoadBalancerIPPoolSpec status:any
    CiliumL2AnnouncementPolicy: apiVersion:str kind:str metadata:ObjectMeta spec:L2AnnouncementPolicySpec status:any
    CiliumBGPClusterConfig: apiVersion:str kind:str metadata:ObjectMeta spec!:BGPClusterConfigSpec status:any
    CiliumBGPPeerConfig: apiVersion:str kind:str metadata:ObjectMeta spec!:BGPPeerConfigSpec status:any
    CiliumBGPAdvertisement: apiVersion:str kind:str metadata:ObjectMeta spec!:BGPAdvertisementSpec
    CiliumBGPNodeConfig: apiVersion:str kind:str metadata:ObjectMeta spec!:any status:any
    CiliumBGPNodeConfigOverride: apiVersion:str kind:str metadata:ObjectMeta spec!:BGPNodeConfigOverrideSpec
    CiliumNetworkPolicy: apiVersion:str kind:str metadata:ObjectMeta spec:PolicyRule specs:[PolicyRule] status:any
    CiliumClusterwideNetworkPolicy: apiVersion:str kind:str metadata:ObjectMeta spec:PolicyRule specs:[PolicyRule] status:any
    CiliumNode: apiVersion:str kind:str metadata:ObjectMeta spec!:any status:any
    CiliumEndpoint: apiVersion:str kind:str metadata:ObjectMeta status:any
    CiliumIdentity: apiVersion:str kind:str metadata:ObjectMeta security-labels!:map(str)

    Selector: matchExpressions:[SelectorRequirement] matchLabels:map(str)
    SelectorRequirement: key!:str operator!:str(In|NotIn|Exists|DoesNotExist) values:[str]

    LoadBalancerIPPoolSpec: allowFirstLastIPs:str(Yes|No) blocks:[IPBlockRange] disabled:bool=false serviceSelector:Selector
    IPBlockRange: cidr:cidr start:str stop:str
    L2AnnouncementPolicySpec: externalIPs:bool interfaces:[str] loadBalancerIPs:bool nodeSelector:Selector serviceSelector:Selector

    BGPClusterConfigSpec: bgpInstances!:[BGPInstance] nodeSelector:Selector
    BGPInstance: localASN:int64(1..4294967295) localPort:int(1..65535) name!:str peers:[BGPPeer]
    BGPPeer: autoDiscovery:any name!:str peerASN:int64(0..4294967295)=0 peerAddress:str peerConfigRef:BGPPeerConfigRef
    BGPPeerConfigRef: name!:str
    BGPPeerConfigSpec: authSecretRef:str ebgpMultihop:int(1..255)=1 families:[BGPFamily] gracefulRestart:BGPGracefulRestart timers:BGPTimers transport:BGPTransport
    BGPFamily: advertisements:Selector afi!:str(ipv4|ipv6|l2vpn|ls|opaque) safi!:str(unicast|multicast|mpls_label|encapsulation|vpls|evpn|ls|sr_policy|mup|mpls_vpn|mpls_vpn_multicast|route_target_constraints|flowspec_unicast|flowspec_vpn|key_value)
    BGPGracefulRestart: enabled!:bool restartTimeSeconds:int(1..4095)=120
    BGPTimers: connectRetryTimeSeconds:int(1..2147483647)=120 holdTimeSeconds:int(3..65535)=90 keepAliveTimeSeconds:int(1..65535)=30
    BGPTransport: peerPort:int(1..65535)=179
    BGPAdvertisementSpec: advertisements!:[BGPAdvertisement]
    BGPAdvertisement: advertisementType!:str(PodCIDR|CiliumPodIPPool|Service) attributes:BGPAttributes selector:Selector service:BGPServiceOptions
    BGPAttributes: communities:BGPCommunities localPreference:int64
    BGPCommunities: large:[str] standard:[str] wellKnown:[str]
    BGPServiceOptions: addresses!:[str(LoadBalancerIP|ClusterIP|ExternalIP)]
    BGPNodeConfigOverrideSpec: bgpInstances!:[BGPInstanceOverride]
    BGPInstanceOverride: localASN:int64(1..4294967295) localPort:int name!:str peers:[BGPPeerOverride] routerID:str
    BGPPeerOverride: localAddress:str localPort:int name!:str

    PolicyRule: description:str egress:[PolicyEgress] egressDeny:[PolicyEgress] enableDefaultDeny:DefaultDeny endpointSelector:Selector ingress:[PolicyIngress] ingressDeny:[PolicyIngress] labels:any log:any nodeSelector:Selector
    DefaultDeny: egress:bool ingress:bool
    PolicyIngress: authentication:any fromCIDR:[str] fromCIDRSet:[CIDRRule] fromEndpoints:[Selector] fromEntities:[str(all|world|cluster|host|init|ingress|unmanaged|remote-node|health|none|kube-apiserver|world-ipv4|world-ipv6)] fromGroups:any fromNodes:[Selector] fromRequires:[Selector] icmps:[ICMPRule] toPorts:[PortRule]
    PolicyEgress: authentication:any icmps:[ICMPRule] toCIDR:[str] toCIDRSet:[CIDRRule] toEndpoints:[Selector] toEntities:[str(all|world|cluster|host|init|ingress|unmanaged|remote-node|health|none|kube-apiserver|world-ipv4|world-ipv6)] toFQDNs:any toGroups:any toNodes:[Selector] toPorts:[PortRule] toRequires:[Selector] toServices:any
    CIDRRule: cidr:str cidrGroupRef:str cidrGroupSelector:Selector except:[str]
    ICMPRule: fields:[ICMPField]
    ICMPField: family:str(IPv4|IPv6) type!:intstr
    PortRule: listener:any originatingTLS:any ports:[PortProtocol] rules:any serverNames:[str] terminatingTLS:any
    PortProtocol: endPort:int(0..65535) port!:str protocol:str(TCP|UDP|SCTP|ANY)
    """
}
