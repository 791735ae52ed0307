/// Source: Kubernetes 1.33 `staging/src/k8s.io/api/{core,apps,networking,discovery,coordination}/v1/types.go`,
/// `apimachinery/pkg/apis/meta/v1/types.go`: fields, `patchMergeKey` and enums as validation names them.
extension Schema {
  static let kubernetesTypes = """
    Service: apiVersion:str kind:str metadata:ObjectMeta spec:ServiceSpec status:any
    Pod: apiVersion:str kind:str metadata:ObjectMeta spec:PodSpec status:any
    Deployment: apiVersion:str kind:str metadata:ObjectMeta spec:DeploymentSpec status:any
    DaemonSet: apiVersion:str kind:str metadata:ObjectMeta spec:DaemonSetSpec status:any
    ReplicaSet: apiVersion:str kind:str metadata:ObjectMeta spec:ReplicaSetSpec status:any
    Namespace: apiVersion:str kind:str metadata:ObjectMeta spec:NamespaceSpec status:any
    Node: apiVersion:str kind:str metadata:ObjectMeta spec:NodeSpec status:any
    ConfigMap: apiVersion:str kind:str metadata:ObjectMeta data:map(str) binaryData:map(str) immutable:bool
    Lease: apiVersion:str kind:str metadata:ObjectMeta spec:LeaseSpec
    Endpoints: apiVersion:str kind:str metadata:ObjectMeta subsets:[EndpointSubset]
    EndpointSlice: apiVersion:str kind:str metadata:ObjectMeta addressType:str(IPv4|IPv6|FQDN) endpoints:[Endpoint] ports:[EndpointPort]
    NetworkPolicy: apiVersion:str kind:str metadata:ObjectMeta spec:NetworkPolicySpec

    ObjectMeta: annotations:map(str) creationTimestamp:str deletionGracePeriodSeconds:int64 deletionTimestamp:str finalizers:[str]@* generateName:str generation:int64 labels:map(str) managedFields:any name:str namespace:str ownerReferences:[OwnerReference]@uid resourceVersion:str selfLink:str uid:str
    OwnerReference: apiVersion:str blockOwnerDeletion:bool controller:bool kind:str name:str uid:str
    LabelSelector: matchExpressions:[LabelSelectorRequirement] matchLabels:map(str)
    LabelSelectorRequirement: key:str operator:str values:[str]

    ServiceSpec: allocateLoadBalancerNodePorts:bool clusterIP:str clusterIPs:[str] externalIPs:[str] externalName:str externalTrafficPolicy:str(Cluster|Local) healthCheckNodePort:int internalTrafficPolicy:str(Cluster|Local) ipFamilies:[str] ipFamilyPolicy:str(SingleStack|PreferDualStack|RequireDualStack) loadBalancerClass:str loadBalancerIP:str loadBalancerSourceRanges:[str] ports:[ServicePort]@port publishNotReadyAddresses:bool selector:map(str) sessionAffinity:str(ClientIP|None) sessionAffinityConfig:SessionAffinityConfig trafficDistribution:str type:str(ClusterIP|ExternalName|LoadBalancer|NodePort)
    ServicePort: appProtocol:str name:str nodePort:int port:int protocol:str(SCTP|TCP|UDP) targetPort:intstr
    SessionAffinityConfig: clientIP:ClientIPConfig
    ClientIPConfig: timeoutSeconds:int

    DeploymentSpec: minReadySeconds:int paused:bool progressDeadlineSeconds:int replicas:int revisionHistoryLimit:int selector:LabelSelector strategy:DeploymentStrategy template:PodTemplateSpec
    DeploymentStrategy: rollingUpdate:RollingUpdate type:str(Recreate|RollingUpdate)
    RollingUpdate: maxSurge:intstr maxUnavailable:intstr
    DaemonSetSpec: minReadySeconds:int revisionHistoryLimit:int selector:LabelSelector template:PodTemplateSpec updateStrategy:DaemonSetUpdateStrategy
    DaemonSetUpdateStrategy: rollingUpdate:RollingUpdate type:str(OnDelete|RollingUpdate)
    ReplicaSetSpec: minReadySeconds:int replicas:int selector:LabelSelector template:PodTemplateSpec
    PodTemplateSpec: metadata:ObjectMeta spec:PodSpec

    PodSpec: activeDeadlineSeconds:int64 affinity:Affinity automountServiceAccountToken:bool containers:[Container]@name dnsConfig:PodDNSConfig dnsPolicy:str(ClusterFirst|ClusterFirstWithHostNet|Default|None) enableServiceLinks:bool ephemeralContainers:any hostAliases:[HostAlias]@ip hostIPC:bool hostNetwork:bool hostPID:bool hostUsers:bool hostname:str imagePullSecrets:[LocalObjectReference]@name initContainers:[Container]@name nodeName:str nodeSelector:map(str) os:any overhead:map(qty) preemptionPolicy:str priority:int priorityClassName:str readinessGates:any resourceClaims:any resources:ResourceRequirements restartPolicy:str(Always|OnFailure|Never) runtimeClassName:str schedulerName:str schedulingGates:any securityContext:any serviceAccount:str serviceAccountName:str setHostnameAsFQDN:bool shareProcessNamespace:bool subdomain:str terminationGracePeriodSeconds:int64 tolerations:[Toleration] topologySpreadConstraints:[TopologySpreadConstraint]@topologyKey volumes:[Volume]@name
    Container: args:[str] command:[str] env:[EnvVar]@name envFrom:any image:str imagePullPolicy:str(Always|IfNotPresent|Never) lifecycle:any livenessProbe:Probe name:str ports:[ContainerPort]@containerPort readinessProbe:Probe resizePolicy:any resources:ResourceRequirements restartPolicy:str securityContext:any startupProbe:Probe stdin:bool stdinOnce:bool terminationMessagePath:str terminationMessagePolicy:str(FallbackToLogsOnError|File) tty:bool volumeDevices:any volumeMounts:[VolumeMount]@mountPath workingDir:str
    ContainerPort: containerPort:int hostIP:str hostPort:int name:str protocol:str(SCTP|TCP|UDP)
    EnvVar: name:str value:str valueFrom:any
    Probe: exec:any failureThreshold:int grpc:any httpGet:any initialDelaySeconds:int periodSeconds:int successThreshold:int tcpSocket:any terminationGracePeriodSeconds:int64 timeoutSeconds:int
    ResourceRequirements: claims:any limits:map(qty) requests:map(qty)
    VolumeMount: mountPath:str mountPropagation:str name:str readOnly:bool recursiveReadOnly:str subPath:str subPathExpr:str
    Volume: awsElasticBlockStore:any azureDisk:any azureFile:any cephfs:any cinder:any configMap:any csi:any downwardAPI:any emptyDir:any ephemeral:any fc:any flexVolume:any flocker:any gcePersistentDisk:any gitRepo:any glusterfs:any hostPath:any image:any iscsi:any name:str nfs:any persistentVolumeClaim:any photonPersistentDisk:any portworxVolume:any projected:any quobyte:any rbd:any scaleIO:any secret:any storageos:any vsphereVolume:any
    LocalObjectReference: name:str
    HostAlias: hostnames:[str] ip:str
    PodDNSConfig: nameservers:[str] options:any searches:[str]
    Toleration: effect:str(NoSchedule|PreferNoSchedule|NoExecute) key:str operator:str(Equal|Exists) tolerationSeconds:int64 value:str
    TopologySpreadConstraint: labelSelector:LabelSelector matchLabelKeys:[str] maxSkew:int minDomains:int nodeAffinityPolicy:str nodeTaintsPolicy:str topologyKey:str whenUnsatisfiable:str(DoNotSchedule|ScheduleAnyway)
    Affinity: nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAffinity
    NodeAffinity: preferredDuringSchedulingIgnoredDuringExecution:any requiredDuringSchedulingIgnoredDuringExecution:NodeSelector
    NodeSelector: nodeSelectorTerms:[NodeSelectorTerm]
    NodeSelectorTerm: matchExpressions:[LabelSelectorRequirement] matchFields:[LabelSelectorRequirement]
    PodAffinity: preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm] requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]
    WeightedPodAffinityTerm: podAffinityTerm:PodAffinityTerm weight:int
    PodAffinityTerm: labelSelector:LabelSelector matchLabelKeys:[str] mismatchLabelKeys:[str] namespaceSelector:LabelSelector namespaces:[str] topologyKey:str

    NamespaceSpec: finalizers:[str]
    NodeSpec: configSource:any externalID:str podCIDR:str podCIDRs:[str] providerID:str taints:[Taint] unschedulable:bool
    Taint: effect:str(NoSchedule|PreferNoSchedule|NoExecute) key:str timeAdded:str value:str
    LeaseSpec: acquireTime:str holderIdentity:str leaseDurationSeconds:int leaseTransitions:int preferredHolder:str renewTime:str strategy:str
    EndpointSubset: addresses:[EndpointAddress] notReadyAddresses:[EndpointAddress] ports:[EndpointPort]
    EndpointAddress: hostname:str ip:str nodeName:str targetRef:any
    EndpointPort: appProtocol:str name:str port:int protocol:str(SCTP|TCP|UDP)
    Endpoint: addresses:[str] conditions:EndpointConditions deprecatedTopology:map(str) hints:any hostname:str nodeName:str targetRef:any zone:str
    EndpointConditions: ready:bool serving:bool terminating:bool

    NetworkPolicySpec: egress:[NetworkPolicyEgressRule] ingress:[NetworkPolicyIngressRule] podSelector:LabelSelector policyTypes:[str(Egress|Ingress)]
    NetworkPolicyIngressRule: from:[NetworkPolicyPeer] ports:[NetworkPolicyPort]
    NetworkPolicyEgressRule: ports:[NetworkPolicyPort] to:[NetworkPolicyPeer]
    NetworkPolicyPeer: ipBlock:IPBlock namespaceSelector:LabelSelector podSelector:LabelSelector
    NetworkPolicyPort: endPort:int port:intstr protocol:str(SCTP|TCP|UDP)
    IPBlock: cidr:str except:[str]
    """
}
