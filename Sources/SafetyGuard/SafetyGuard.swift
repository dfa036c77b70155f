import SignalModel

/// Judges plans against the junctions' rules; shares no code with what makes them.
public enum SafetyGuard {
    /// Every violation of a plan in a network.
    public static func violations(of plan: Plan, in network: Network) -> [Violation] { [] }
}
