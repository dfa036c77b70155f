import AdaptiveControl
import SafetyGuard
import SignalModel
import TraCI

/// Sees what lane-area detectors count: nothing else of the simulation is asked for.
struct AreaSensor: StreetSensor {
    private let names: [TraciID<Traci.LaneArea>]
    private let isDead: [Bool]
    /// What the junctions believe.
    private var estimators: [AreaEstimator]
    private var readings: [AreaReading?] = []

    /// - Parameter deadShare: Share of the detectors that say nothing, which ones is drawn with the seed.
    init(
        layouts: [JunctionLayout], plan: AreaDetectorPlan, turns: [MovementID: Double], settings: AdaptiveSettings,
        deadShare: Double, seed: UInt64
    ) {
        names = plan.detectors.map { TraciID($0.id.text) }
        isDead = DeadDetectors.draw(names.count, share: deadShare, seed: seed)
        estimators = layouts.enumerated().map { number, layout in
            AreaEstimator(layout, plan: plan, junction: number, turns: turns, settings: settings)
        }
    }

    /// Has the detectors reported with every step.
    func start(_ sumo: TraciConnection) async throws -> TraciStep {
        try await sumo.subscribe(each: names, to: .vehicleCount, .haltingCount, .meanSpeed)
    }

    mutating func look(at step: TraciStep, time: Int, in sumo: TraciConnection) throws {
        readings = try readings(of: step)
    }

    mutating func picture(of junction: Int, aspects: [Aspect]) -> TrafficPicture {
        estimators[junction].observe(readings, aspects: aspects)
    }

    /// What the detectors say after a step.
    private func readings(of step: TraciStep) throws -> [AreaReading?] {
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
        plan.detectors.reduce("<additional>\n") { text, detector in
            text + "    <laneAreaDetector id=\"\(detector.id.text.xmlAttribute)\""
                + " lane=\"\(detector.lane.text.xmlAttribute)\" pos=\"\(detector.start)\" length=\"\(detector.length)\""
                + " friendlyPos=\"true\" period=\"86400\" file=\"NUL\"/>\n"
        } + "</additional>\n"
    }
}
