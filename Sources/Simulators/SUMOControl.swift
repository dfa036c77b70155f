/// What runs the signals in SUMO.
public enum SUMOControl: Equatable, Sendable {
    /// The network's own programs.
    case own
    /// Programs of additional files, whose texts these are, in their order.
    case programs([String])
    /// Greedy max-pressure over TraCI (``MaxPressure``).
    case maxPressure
}
