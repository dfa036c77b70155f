import AdaptiveControl
import SafetyGuard
import TraCI

/// Sees a street, second by second.
protocol StreetSensor {
    /// Has SUMO report what is looked at with every step.
    mutating func start(_ sumo: TraciConnection) async throws -> TraciStep
    /// Takes in what a step reports of the second that ends at a time.
    mutating func look(at step: TraciStep, time: Int, in sumo: TraciConnection) async throws
    /// What is known then of a junction, by its number, whose lamps showed these aspects.
    ///
    /// - Parameter crossed: By stream, vehicles that were seen to come over the stop line in that second; nil where unknown.
    mutating func picture(of junction: Int, aspects: [Aspect], crossed: [Int?]) -> TrafficPicture
}
