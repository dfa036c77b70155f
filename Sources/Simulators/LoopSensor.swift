import AdaptiveControl
import Formats
import SafetyGuard
import SignalModel
import TraCI

/// Sees what induction loops count and whether they are covered: nothing else of the simulation is asked for.
struct LoopSensor: StreetSensor {
    private let names: [TraciID<Traci.InductionLoop>]
    private let isDead: [Bool]
    /// What the junctions believe.
    private var estimators: [LoopEstimator]
    private var readings: [LoopReading?] = []

    /// - Parameter deadShare: Share of the loops that say nothing, which ones is drawn with the seed.
    init(
        layouts: [JunctionLayout], plan: LoopDetectorPlan, turns: [MovementID: Double], settings: AdaptiveSettings,
        deadShare: Double, seed: UInt64
    ) {
        names = plan.loops.map { TraciID($0.id.text) }
        isDead = DeadDetectors.draw(names.count, share: deadShare, seed: seed)
        estimators = layouts.enumerated().map { number, layout in
            LoopEstimator(layout, plan: plan, junction: number, turns: turns, settings: settings)
        }
    }

    /// Has the loops reported with every step.
    func start(_ sumo: TraciConnection) async throws -> TraciStep {
        try await sumo.subscribe(each: names, to: .passages, .occupancyPercent)
    }

    mutating func look(at step: TraciStep, time: Int, in sumo: TraciConnection) throws {
        readings = try readings(of: step, at: time)
    }

    mutating func picture(of junction: Int, aspects: [Aspect], crossed: [Int?]) -> TrafficPicture {
        estimators[junction].observe(readings, aspects: aspects, crossed: crossed)
    }

    /// What the loops say of the second that ends at a time.
    private func readings(of step: TraciStep, at time: Int) throws -> [LoopReading?] {
        try names.indices.map { number in
            guard !isDead[number], let passages = try step.value(.passages, of: names[number]),
                let occupancy = try step.value(.occupancyPercent, of: names[number])
            else { return nil }
            let passed = passages.count { $0.entry > Double(time) - 1 && $0.entry <= Double(time) }
            return LoopReading(
                passed: passed, isCovered: occupancy > 99, isOccupied: passages.contains { $0.exit == nil })
        }
    }

    /// The additional file that has SUMO make the loops.
    static func additionalFile(_ plan: LoopDetectorPlan) -> String {
        plan.loops.reduce("<additional>\n") { text, loop in
            text
                + "    <inductionLoop id=\"\(XMLText.escaped(loop.id.text))\" lane=\"\(XMLText.escaped(loop.lane.text))\""
                + " pos=\"\(loop.position)\" friendlyPos=\"true\" period=\"86400\" file=\"NUL\"/>\n"
        } + "</additional>\n"
    }
}
