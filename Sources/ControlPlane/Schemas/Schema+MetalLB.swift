/// Source: MetalLB v0.15 `config/crd/bases/`.
extension Schema {
  static let metalLBTypes = """
    IPAddressPool: apiVersion:str kind:str metadata:ObjectMeta spec!:IPAddressPoolSpec status:any
    L2Advertisement: apiVersion:str kind:str metadata:ObjectMeta spec:L2AdvertisementSpec status:any
    ServiceL2Status: apiVersion:str kind:str metadata:ObjectMeta spec:any status:any

    IPAddressPoolSpec: addresses!:[str] autoAssign:bool=true avoidBuggyIPs:bool=false serviceAllocation:IPAddressPoolAllocation
    IPAddressPoolAllocation: namespaceSelectors:[Selector] namespaces:[str] priority:int serviceSelectors:[Selector]
    L2AdvertisementSpec: interfaces:[str] ipAddressPoolSelectors:[Selector] ipAddressPools:[str] nodeSelectors:[Selector]
    """
}
