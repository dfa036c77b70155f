/// What runs the signals in SUMO.
public enum SUMOControl: Equatable, Sendable {
    /// The network's own programs.
    case own
    /// Programs of additional files, whose texts these are, in their order.
    case programs([String])
    /// Greedy max-pressure over TraCI (``MaxPressure``), with the intergreens of the network's own programs or without.
    case maxPressure(MaxPressure.Settings, keepsIntergreens: Bool = false)
    /// Our own law over TraCI (``AdaptiveRun``).
    ///
    /// Of the detectors a share, 0 to 1, is dead.
    case adaptive(AdaptiveSensing, deadShare: Double = 0)
}

extension SUMOControl {
    /// What messages call it.
    var name: String {
        switch self {
        case .own: "the network's own programs"
        case .programs: "given programs"
        case .maxPressure: "max-pressure"
        case .adaptive: "adaptive control"
        }
    }
}
