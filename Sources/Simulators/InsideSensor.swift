import AdaptiveControl
import SafetyGuard
import TraCI

/// Sees who stands inside junctions, as lane areas on the ways over them do: vehicles and their mean speed on each way.
struct InsideSensor: Sendable {
    /// The lanes of one way over a junction.
    private struct Way {
        var junction: Int
        var stream: Int
        var group: Int
        var lanes: [TraciID<Traci.Lane>]
        var count: PassageCount
    }

    private var ways: [Way]
    private let creepSpeed: Double
    /// By junction: groups whose vehicles stand or creep inside.
    private(set) var inside: [GroupSet]
    /// By junction and stream: vehicles that have come onto its ways in the last second; nil where one of them is not seen.
    private(set) var crossed: [[Int?]]
    private let nobody: [[Int?]]

    /// Finds the ways of all streams, and has what is on them reported with every step.
    ///
    /// - Parameter deadShare: Share of the ways that nothing is seen of, which ones is drawn with the seed.
    init(
        _ layouts: [JunctionLayout], creepSpeed: Double, deadShare: Double, seed: UInt64, in sumo: TraciConnection
    ) async throws {
        self.creepSpeed = creepSpeed
        inside = Array(repeating: GroupSet(), count: layouts.count)
        var ways: [Way] = []
        for (number, layout) in layouts.enumerated() {
            let links = try await sumo.get(.links, of: TraciID<Traci.TrafficLight>(layout.junction.text))
            for (index, stream) in layout.streams.enumerated() {
                let lane = layout.lanes[stream.lane].id.text
                for signal in stream.signals where links.indices.contains(signal) {
                    for link in links[signal] where link.incoming.text == lane && !link.inside.text.isEmpty {
                        let lanes = try await sumo.lanesInside(link)
                        var length = 0.0
                        for lane in lanes { length += try await sumo.get(.length, of: lane) }
                        ways.append(
                            Way(
                                junction: number, stream: index, group: stream.group, lanes: lanes,
                                count: PassageCount(length: length)))
                    }
                }
            }
        }
        let isDead = DeadDetectors.draw(ways.count, share: deadShare, seed: seed)
        self.ways = zip(ways, isDead).filter { !$1 }.map(\.0)
        var seen = layouts.map { layout in layout.streams.map { _ in nil as Int? } }
        for way in self.ways { seen[way.junction][way.stream] = 0 }
        for (way, isDead) in zip(ways, isDead) where isDead { seen[way.junction][way.stream] = nil }
        nobody = seen
        crossed = seen
        try await sumo.subscribe(each: Set(self.ways.flatMap(\.lanes)).sorted(), to: .vehicleCount, .meanSpeed)
    }

    /// Takes in what a step reports.
    mutating func look(at step: TraciStep) throws {
        for number in inside.indices { inside[number] = GroupSet() }
        crossed = nobody
        for number in ways.indices {
            let way = ways[number]
            var vehicles = 0
            var speeds = 0.0
            for lane in way.lanes {
                guard let count = try step.value(.vehicleCount, of: lane), count > 0,
                    let speed = try step.value(.meanSpeed, of: lane)
                else { continue }
                if speed < creepSpeed { inside[way.junction].insert(way.group) }
                vehicles += count
                speeds += Double(count) * speed
            }
            let passed = ways[number].count.observe(
                vehicles: vehicles, meanSpeed: vehicles > 0 ? speeds / Double(vehicles) : 0)
            if let others = crossed[way.junction][way.stream] { crossed[way.junction][way.stream] = others + passed }
        }
    }
}
