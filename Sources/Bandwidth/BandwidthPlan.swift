import IntegerProgram
import PerformanceModel
import PlanOptimizer
import SignalModel

/// A plan of a whole network by green bands: what an engineer makes with MAXBAND.
///
/// The present stages with splits by Webster's rule; cycle, offsets and sequence of the left-turn stages by ``MaxBand`` on
/// each arterial that ``ArterialFinder`` finds. Junctions in no arterial have offset 0.
public struct BandwidthPlan: Sendable {
    /// The plan, in whole seconds.
    public let plan: Plan
    /// The arterials with their bands, in the order in which they were found.
    public let arterials: [CoordinatedArterial]

    /// Makes the plan.
    ///
    /// - Parameter model: The network with its demand.
    /// - Throws: ``BandwidthError/noLegalPlan(_:)`` for a junction whose rules no timing of its cycle keeps;
    ///   ``BandwidthError/unfit(value:expected:found:)`` for settings without a meaning.
    public init(model: NetworkModel, settings: BandwidthSettings = .init()) throws(BandwidthError) {
        try Self.check(settings)
        let maker = try BandwidthPlanner(model: model, settings: settings)
        let found = try maker.arterials()
        let plans = try maker.plans(with: found)
        plan = Plan(
            network: model.network.name, name: "bandwidth",
            junctions: zip(model.network.junctions, plans).enumerated().map { number, pair in
                pair.1.junctionPlan(for: pair.0.id, under: model.rules[number])
            })
        arterials = found.map(\.result)
    }

    private static func check(_ settings: BandwidthSettings) throws(BandwidthError) {
        func expect(_ isMet: Bool, _ value: String, _ expected: String, _ found: Any) throws(BandwidthError) {
            if !isMet { throw .unfit(value: value, expected: expected, found: "\(found)") }
        }
        let range = settings.cycleRange
        try expect((1...3600).contains(settings.leastCycle), "leastCycle", "1 to 3600 s", settings.leastCycle)
        try expect(
            (settings.leastCycle...3600).contains(settings.greatestCycle), "greatestCycle",
            "leastCycle to 3600 s", settings.greatestCycle)
        try expect(
            (1...settings.greatestCycle).contains(settings.leastStageGreen), "leastStageGreen", "1 s to greatestCycle",
            settings.leastStageGreen)
        try expect(range.lowerBound > 0 && range.upperBound <= 100, "cycleRange", "above 0 and up to 100", range)
        try expect(
            settings.leastSpeedShare > 0 && settings.leastSpeedShare <= 1, "leastSpeedShare", "above 0 and up to 1",
            settings.leastSpeedShare)
        try expect(settings.greatestNodes > 0, "greatestNodes", "above 0", settings.greatestNodes)
    }
}
