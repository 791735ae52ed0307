import ControlPlane
import NetModel

/// What Cilium's chart refuses to render.
///
/// Source: Cilium v1.18.0 `install/kubernetes/cilium/templates/cilium-configmap.yaml`, `validate.yaml`.
enum HelmChecks {
  /// Why the chart renders nothing, in Helm's words; `nil` where it renders.
  static func refusal(of values: HelmValues) -> String? {
    checks.first { $0.fails(values) }.map {
      "execution error at (cilium/templates/\($0.place)): \($0.message)"
    }
  }

  private struct Check: Sendable {
    /// File, line and column of the template's `fail`.
    let place: String
    let message: String
    let fails: @Sendable (HelmValues) -> Bool
  }

  private static let checks = [
    Check(
      place: "cilium-configmap.yaml:82:5",
      message: "kubeProxyReplacement must be explicitly set to a valid value (true or false) to continue."
    ) { values in
      let text = values["kubeProxyReplacement"]?.description ?? "false"
      return !["true", "false", ""].contains(text)
    },
    Check(
      place: "cilium-configmap.yaml:536:12",
      message: " ipv4NativeRoutingCIDR must be set when routingMode is native"
    ) { values in
      values["routingMode"]?.description == "native" && !values.isOn("ipv4NativeRoutingCIDR")
        && values.isOn("enableIPv4Masquerade", byDefault: true) && !values.isOn("ipMasqAgent.enabled")
        && values.isOn("ipv4.enabled", byDefault: true)
    },
    Check(place: "validate.yaml:61:7", message: "Hubble UI requires .Values.hubble.relay.enabled=true") {
      $0.isOn("hubble.ui.enabled") && !$0.isOn("hubble.relay.enabled")
        && !$0.isOn("hubble.ui.standalone.enabled")
    },
    Check(place: "validate.yaml:71:7", message: "Hubble Relay requires .Values.hubble.enabled=true") {
      $0.isOn("hubble.relay.enabled") && !$0.isOn("hubble.enabled", byDefault: true)
    },
  ]
}
