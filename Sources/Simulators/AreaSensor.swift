import AdaptiveControl
import Formats
import SafetyGuard
import SignalModel
import TraCI

/// Sees what lane-area detectors count: nothing else of the simulation is asked for.
///
/// SUMO's detectors have no zones, and count a vehicle wherever a part of it is. So each of ours is several of SUMO's, which
/// all end where it ends and begin where one of its zones begins: what one counts more than the one before it are the
/// vehicles whose front is in the zone between.
struct AreaSensor: StreetSensor {
    /// By detector and zone.
    private let names: [[TraciID<Traci.LaneArea>]]
    private let isDead: [Bool]
    /// Links of which all is known that comes to them.
    private let watched: [LinkID]
    /// What the junctions believe.
    private var estimators: [AreaEstimator]
    private var readings: [AreaReading?] = []

    /// - Parameter deadShare: Share of the detectors that say nothing, which ones is drawn with the seed.
    init(
        layouts: [JunctionLayout], plan: AreaDetectorPlan, turns: [MovementID: Double], settings: AdaptiveSettings,
        deadShare: Double, seed: UInt64
    ) {
        names = plan.detectors.map { detector in (0..<detector.zoneCount).map { TraciID(Self.name($0, of: detector)) } }
        watched = plan.watchedLinks.keys.sorted { $0.text < $1.text }
        isDead = DeadDetectors.draw(names.count, share: deadShare, seed: seed)
        estimators = layouts.enumerated().map { number, layout in
            AreaEstimator(layout, plan: plan, junction: number, turns: turns, settings: settings)
        }
    }

    /// Has the detectors reported with every step.
    func start(_ sumo: TraciConnection) async throws -> TraciStep {
        try await sumo.subscribe(each: Array(names.joined()), to: .vehicleCount, .haltingCount, .meanSpeed)
    }

    mutating func look(at step: TraciStep, time: Int, in sumo: TraciConnection) throws {
        readings = try readings(of: step)
        tellEachOther()
    }

    /// Tells every junction whom the others have let go.
    private mutating func tellEachOther() {
        var sent = Dictionary(uniqueKeysWithValues: watched.map { ($0, 0.0) })
        for estimator in estimators { for (link, count) in estimator.sent { sent[link]? += count } }
        for number in estimators.indices { estimators[number].receive(sent) }
    }

    mutating func picture(of junction: Int, aspects: [Aspect], crossed: [Int?]) -> TrafficPicture {
        estimators[junction].observe(readings, aspects: aspects, crossed: crossed)
    }

    /// What the detectors say after a step.
    private func readings(of step: TraciStep) throws -> [AreaReading?] {
        try names.indices.map { number in
            guard !isDead[number] else { return nil }
            var zones: [AreaReading.Zone] = []
            var nearer = (vehicles: 0, halted: 0, speeds: 0.0)
            for name in names[number] {
                guard let vehicles = try step.value(.vehicleCount, of: name),
                    let halted = try step.value(.haltingCount, of: name),
                    let meanSpeed = try step.value(.meanSpeed, of: name)
                else { return nil }
                let speeds = vehicles > 0 ? Double(vehicles) * meanSpeed : 0
                let more = max(0, vehicles - nearer.vehicles)
                zones.append(
                    AreaReading.Zone(
                        vehicles: more, halted: min(more, max(0, halted - nearer.halted)),
                        meanSpeed: more > 0 ? max(0, speeds - nearer.speeds) / Double(more) : 0))
                nearer = (vehicles, halted, speeds)
            }
            return AreaReading(zones: zones)
        }
    }

    /// The additional file that has SUMO make the detectors.
    static func additionalFile(_ plan: AreaDetectorPlan) -> String {
        var text = "<additional>\n"
        for detector in plan.detectors {
            for zone in 0..<detector.zoneCount {
                let length = detector.zoneLength * Double(zone + 1)
                text +=
                    "    <laneAreaDetector id=\"\(XMLText.escaped(name(zone, of: detector)))\""
                    + " lane=\"\(XMLText.escaped(detector.lane.text))\""
                    + " pos=\"\(detector.start + detector.length - length)\" length=\"\(length)\""
                    + " friendlyPos=\"true\" period=\"86400\" file=\"NUL\"/>\n"
            }
        }
        return text + "</additional>\n"
    }

    private static func name(_ zone: Int, of detector: AreaDetector) -> String { "\(detector.id)/\(zone)" }
}
