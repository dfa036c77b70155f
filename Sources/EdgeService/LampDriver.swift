import ControllerLink
import SignalModel

/// What makes lamps show aspects.
public protocol LampDriver: Sendable {
    /// Has the lamps show aspects from now on.
    ///
    /// - Parameters:
    ///   - aspects: One for each group, in the junction's order.
    ///   - time: The second, s of network time.
    /// - Throws: Where the lamps may still show what they showed before.
    func show(_ aspects: [LampAspect], at time: Double) async throws
}
