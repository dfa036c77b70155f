import Formats
import PerformanceModel
import SignalModel

/// Which vehicles a run in SUMO has.
public enum SUMODemand: Sendable {
    /// Those of the scenario's routes.
    case given
    /// Those of the routes, drawn anew for every seed.
    case redrawn(SUMODepartureDraw)
    /// Another day of these flows for every seed.
    case counted(Flows)

    /// Which they are, in words.
    public var description: String {
        switch self {
        case .given: "as in the routes"
        case .redrawn(let draw): "drawn anew for every seed: \(draw.description)"
        case .counted:
            "drawn anew for every seed: a Poisson number of vehicles about what was counted in each interval, with turns by luck"
        }
    }

    /// The text of a route file with vehicles of a day as it was counted.
    ///
    /// - Throws: ``FormatError`` of "flows" where they are too many.
    public static func asCounted(
        _ flows: Flows, in network: Network, seed: UInt64
    ) throws(FormatError) -> String {
        try routes(of: .asCounted, flows, network, seed)
    }

    /// The text of the route file of a run; nil where it is the scenario's own.
    func routes(for scenario: SUMOScenario, in network: Network, seed: UInt64) throws(FormatError) -> String? {
        switch self {
        case .given: nil
        case .redrawn(let draw):
            try draw.routes(from: scenario.routes, begin: scenario.begin, end: scenario.end, seed: seed)
        case .counted(let flows): try Self.routes(of: .another, flows, network, seed)
        }
    }

    private static func routes(
        of day: TripDemand.Day, _ flows: Flows, _ network: Network, _ seed: UInt64
    ) throws(FormatError) -> String {
        SUMORoutesWriter.text(
            of: try .sampled(from: flows, in: network, day: day, seed: seed), vehicles: network.vehicles,
            timeHeadways: DriversAsStated.timeHeadways(of: network))
    }
}
