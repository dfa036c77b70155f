import AdaptiveControl
import SafetyGuard
import SignalModel
import TraCI

/// Sees what lane-area detectors count: nothing else of the simulation is asked for.
struct AreaSensor {
    private let names: [TraciID<Traci.LaneArea>]
    private let isDead: [Bool]
    /// What the junctions believe.
    var estimators: [AreaEstimator]

    /// - Parameter deadShare: Share of the detectors that say nothing, which ones is drawn with the seed.
    init(
        layouts: [JunctionLayout], plan: AreaDetectorPlan, turns: [MovementID: Double], settings: AdaptiveSettings,
        deadShare: Double, seed: UInt64
    ) {
        names = plan.detectors.map { TraciID($0.id.text) }
        var generator = SeededGenerator(seed: seed)
        isDead = names.map { _ in Double.random(in: 0..<1, using: &generator) < deadShare }
        estimators = layouts.enumerated().map { number, layout in
            AreaEstimator(layout, plan: plan, junction: number, turns: turns, settings: settings)
        }
    }

    /// Has the detectors reported with every step.
    func start(_ sumo: TraciConnection) async throws -> TraciStep {
        try await sumo.subscribe(each: names, to: .vehicleCount, .haltingCount, .meanSpeed)
    }

    /// What the detectors say after a step.
    func readings(of step: TraciStep) throws -> [AreaReading?] {
        try names.indices.map { number in
            guard !isDead[number], let vehicles = try step.value(.vehicleCount, of: names[number]),
                let halted = try step.value(.haltingCount, of: names[number]),
                let speed = try step.value(.meanSpeed, of: names[number])
            else { return nil }
            return AreaReading(vehicles: vehicles, halted: halted, meanSpeed: speed)
        }
    }

    /// The additional file that has SUMO make the detectors.
    static func additionalFile(_ plan: AreaDetectorPlan) -> String {
        var text = "<additional>\n"
        for detector in plan.detectors {
            text += "    <laneAreaDetector id=\"\(escaped(detector.id.text))\" lane=\"\(escaped(detector.lane.text))\""
            text += " pos=\"\(detector.start)\" length=\"\(detector.length)\" friendlyPos=\"true\""
            text += " period=\"86400\" file=\"NUL\"/>\n"
        }
        return text + "</additional>\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }
}
