import NetModel

/// What a pod is made from.
package struct PodTemplate: Hashable, Sendable {
  package var labels: Labels
  package var containers: [Container]
  /// The pod lives in its node's own network namespace (`hostNetwork`).
  package var usesHostNetwork: Bool
  /// The node that the pod asks for by name; `nil` leaves it to the scheduler.
  package var nodeName: NodeID?
  package var annotations = Labels()
  package var placement = Placement()
  /// The `spec` as its author sent it; `nil` where no manifest told of it.
  package var manifest: JSONValue?

  package init(
    labels: Labels, containers: [Container], usesHostNetwork: Bool = false, nodeName: NodeID? = nil
  ) {
    self.labels = labels
    self.containers = containers
    self.usesHostNetwork = usesHostNetwork
    self.nodeName = nodeName
  }

  /// One container of a pod.
  package struct Container: Hashable, Sendable {
    package var name: String
    package var image: String
    package var command: [String]
    package var arguments: [String]
    package var ports: [Port]
    /// In the order in which they are set.
    package var environment: [Variable]

    package init(
      name: String, image: String, command: [String] = [], arguments: [String] = [], ports: [Port] = [],
      environment: [Variable] = []
    ) {
      self.name = name
      self.image = image
      self.command = command
      self.arguments = arguments
      self.ports = ports
      self.environment = environment
    }
  }

  /// One variable of a container's environment.
  package struct Variable: Hashable, Sendable {
    package var name: String
    package var value: String
    /// The field of the pod that it gets its value from (`valueFrom.fieldRef`), such as `metadata.name`.
    package var field: String?

    package init(name: String, value: String = "", field: String? = nil) {
      self.name = name
      self.value = value
      self.field = field
    }

    /// The variable with what its field holds in a pod; fields that are not modelled are empty.
    package func resolved(in pod: PodID) -> Variable {
      switch field {
      case "metadata.name": Variable(name: name, value: pod.name)
      case "metadata.namespace": Variable(name: name, value: pod.namespace)
      case nil: self
      default: Variable(name: name)
      }
    }
  }

  /// A port that a container declares; declaring opens nothing.
  package struct Port: Hashable, Sendable {
    /// Empty where it has none.
    package var name: String
    package var number: UInt16
    package var transport: Transport

    package init(name: String = "", number: UInt16, transport: Transport = .tcp) {
      self.name = name
      self.number = number
      self.transport = transport
    }
  }

  /// The number of the port that a container declares under `name`; `nil` where none does.
  package func port(named name: String) -> UInt16? {
    containers.lazy.flatMap(\.ports).first { $0.name == name }?.number
  }
}
